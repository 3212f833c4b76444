package mock

import (
	"crypto/rsa"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/platform"
)

// Option shapes a world, or a server and its default world. The docs of those that are for servers alone say so.
type Option func(*options) error

// options is what options shape.
type options struct {
	parts  parts
	world  platform.Config
	server *serverOptions // nil: a world is made
	shelf  *shelf         // scenarios that have a name
	stage  []byte         // the scenario that was laid
	again  bool           // they are applied once more, for what has a name in them to be read anew
}

// serverOptions are those of a server alone.
type serverOptions struct {
	errors *contract.Errors
	strict bool
	log    *slog.Logger

	reach        reach
	controlToken string
	bodyTimeout  time.Duration
	state        string
}

// apply runs options in order.
func (o *options) apply(opts []Option) error {
	for _, opt := range opts {
		if err := opt(o); err != nil {
			return err
		}
	}
	return nil
}

// forServer makes an option that is refused for a world.
func forServer(name string, set func(*serverOptions) error) Option {
	return func(o *options) error {
		if o.server == nil {
			return fmt.Errorf("%s is an option of a server, not of a world", name)
		}
		if o.again {
			return nil
		}
		return set(o.server)
	}
}

// WithScenario lays the `given` of a scenario file: a name of [WithScenarios], a path, or the name of a shipped scenario
// such as "vendor-lounge-example". Errors name file, line, column and what was expected.
func WithScenario(nameOrPath string) Option {
	return func(o *options) error {
		file, err := findScenario(o.shelf, nameOrPath)
		if err != nil {
			return err
		}
		o.stage = file.data
		return o.loadScenario(file.path, file.data)
	}
}

// WithClock freezes the world's clock at t, cut to the second, in the years 1970 to 2199.
func WithClock(t time.Time) Option {
	return func(o *options) error {
		o.world.Clock = platform.FrozenAt(t)
		return platform.CheckClock(t)
	}
}

// WithSeed makes ids, tokens and made-up values come from another seed. Seed 0 is the default: its ids begin with those
// of the vendor's examples.
func WithSeed(seed uint64) Option {
	return func(o *options) error { o.world.Seed = seed; return nil }
}

// WithLifetime ends the world when nobody has used it for so long, by the wall clock. The default world does not end.
func WithLifetime(d time.Duration) Option {
	return func(o *options) error {
		if d <= 0 {
			return fmt.Errorf("expected a lifetime of more than 0, got %s", d)
		}
		o.world.Lifetime = d
		return nil
	}
}

// WithPrograms gives the client other programmes than the documentation's samples; the first is the default one.
func WithPrograms(ids ...string) Option {
	return func(o *options) error {
		if len(ids) == 0 || slices.Contains(ids, "") {
			return errors.New("expected at least one programme, and none empty")
		}
		o.world.Client.Programs = ids
		return nil
	}
}

// WithOperations lets the client call these operations alone; others answer OPERATION_NOT_PERMITTED. An unknown
// operationId is an error.
func WithOperations(ids ...string) Option {
	return func(o *options) error {
		var known []string
		for _, op := range o.parts.operations() {
			known = append(known, op.ID)
		}
		for _, id := range ids {
			if !slices.Contains(known, id) {
				return fmt.Errorf("no operation %s, did you mean %s?", id, contract.Nearest(id, known))
			}
		}
		o.world.Client.Operations = ids
		return nil
	}
}

// WithLanguages authorises the client for languages beside the default one: tags such as fr-FR. Texts stay English.
func WithLanguages(tags ...string) Option {
	return func(o *options) error {
		for _, tag := range tags {
			if language, region, ok := strings.Cut(tag, "-"); !ok || len(language) != 2 || len(region) != 2 {
				return fmt.Errorf("expected a language tag such as fr-FR, got %q", tag)
			}
		}
		o.world.Client.Languages = tags
		return nil
	}
}

// WithPublicKey takes the client's RSA public key, PEM, so that it can sign its tokens with RS256 too.
func WithPublicKey(pem string) Option {
	return func(o *options) (err error) {
		var key *rsa.PublicKey
		if key, err = jwt.ParseRSAPublicKeyFromPEM([]byte(pem)); err != nil {
			return fmt.Errorf("expected an RSA public key in PEM: %w", err)
		}
		o.world.Client.PublicKey = key
		return nil
	}
}

// WithCallbackURL has the world's order synchronisation POSTed there: each redemption order created or taken back.
func WithCallbackURL(to string) Option {
	return func(o *options) error {
		u, err := url.Parse(to)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return fmt.Errorf("expected an absolute http or https URL, got %q", to)
		}
		o.world.CallbackURL = to
		return nil
	}
}

// WithErrors puts the rows of a file in place of those of the shipped error catalogue. For servers.
func WithErrors(path string) Option {
	return forServer("WithErrors", func(s *serverOptions) error {
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if s.errors, err = s.errors.With(data); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		return nil
	})
}

// WithLog sends the server's log there. Without it, [New] is silent and [Start] logs errors to the test. For servers.
func WithLog(log *slog.Logger) Option {
	return forServer("WithLog", func(s *serverOptions) error { s.log = log; return nil })
}

// WithControlToken lets nobody into the control plane over HTTP who does not send it as a bearer token; its health stays
// open. Without a token all may call it but browsers on pages of other origins. For servers.
func WithControlToken(token string) Option {
	return forServer("WithControlToken", func(s *serverOptions) error {
		if token == "" || strings.ContainsAny(token, " \t\r\n") {
			return errors.New("expected a control token of one word")
		}
		s.controlToken = token
		return nil
	})
}

// WithControlApart takes the control plane, all but its health, off the vendor's port: [Server.ControlHandler] serves
// it. For servers.
func WithControlApart() Option {
	return forServer("WithControlApart", func(s *serverOptions) error { s.reach = apart; return nil })
}

// WithoutControl serves nothing of the control plane but its health. The methods of [World] stay. For servers.
func WithoutControl() Option {
	return forServer("WithoutControl", func(s *serverOptions) error { s.reach = off; return nil })
}

// WithBodyTimeout cuts off a request whose body is not whole after d; without it, after 30 s. For servers.
func WithBodyTimeout(d time.Duration) Option {
	return forServer("WithBodyTimeout", func(s *serverOptions) error {
		if d <= 0 {
			return fmt.Errorf("expected a timeout of more than 0, got %s", d)
		}
		s.bodyTimeout = d
		return nil
	})
}

// WithContract says what happens when an answer of the mock breaks its own contract: with strict it is a 500 and changes
// nothing, which is the default of [Start]; otherwise it is only logged. For servers.
func WithContract(strict bool) Option {
	return forServer("WithContract", func(s *serverOptions) error { s.strict = strict; return nil })
}

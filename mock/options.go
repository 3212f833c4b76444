package mock

import (
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"time"

	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/platform"
)

// Option shapes a server or its default world.
type Option func(*options) error

type options struct {
	errors *contract.Errors
	strict bool
	log    *slog.Logger
	world  platform.Config
}

// WithScenario lays the `given` of a scenario file: a path, or the name of a shipped scenario such as
// "vendor-lounge-example". Errors name file, line, column and what was expected.
func WithScenario(nameOrPath string) Option {
	return func(o *options) error { return o.loadScenario(nameOrPath) }
}

// WithClock freezes the world's clock at t, cut to the second.
func WithClock(t time.Time) Option {
	return func(o *options) error { o.world.Clock = platform.FrozenAt(t); return nil }
}

// WithSeed makes ids, tokens and made-up values come from another seed. Seed 0 is the default: its ids begin with those
// of the vendor's examples.
func WithSeed(seed uint64) Option {
	return func(o *options) error { o.world.Seed = seed; return nil }
}

// WithCallbackURL has the world's order synchronisation POSTed there: each redemption order created or taken back.
func WithCallbackURL(to string) Option {
	return func(o *options) error {
		u, err := url.Parse(to)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return fmt.Errorf("callback URL: expected an absolute http or https URL, got %q", to)
		}
		o.world.CallbackURL = to
		return nil
	}
}

// WithErrors puts the rows of a file in place of those of the shipped error catalogue.
func WithErrors(path string) Option {
	return func(o *options) error {
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if o.errors, err = o.errors.With(data); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		return nil
	}
}

// WithLog sends the server's log there. Without it, [New] is silent and [Start] logs errors to the test.
func WithLog(log *slog.Logger) Option {
	return func(o *options) error { o.log = log; return nil }
}

// WithContract says what happens when an answer of the mock breaks its own contract: with strict it is a 500 and changes
// nothing, which is the default of [Start]; otherwise it is only logged.
func WithContract(strict bool) Option {
	return func(o *options) error { o.strict = strict; return nil }
}

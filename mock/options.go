package mock

import (
	"log/slog"
	"time"

	"dragonmock/mock/internal/server"
	"dragonmock/mock/internal/stage"
)

// ServerOption shapes a server. Every [WorldOption] is one: it shapes the server's default world.
type ServerOption interface {
	applyToServer(*server.Config) error
}

// WorldOption shapes a world. Options are applied in their order.
type WorldOption interface {
	ServerOption
	applyToWorld(*stage.Settings) error
}

// serverOption is an option of a server alone.
type serverOption func(*server.Config) error

func (o serverOption) applyToServer(c *server.Config) error { return o(c) }

// worldOption is an option of a world.
type worldOption func(*stage.Settings) error

func (o worldOption) applyToServer(c *server.Config) error {
	c.World = append(c.World, server.Setting(o))
	return nil
}

func (o worldOption) applyToWorld(s *stage.Settings) error { return o(s) }

// settings are what options say of a world; a nil one stays nil, and is refused.
func settings(opts []WorldOption) []server.Setting {
	said := make([]server.Setting, len(opts))
	for i, o := range opts {
		if o != nil {
			said[i] = o.applyToWorld
		}
	}
	return said
}

// WithScenario begins the world with the `given` and the faults of a scenario file: a name of [WithScenarios], a path, or
// the name of a shipped scenario such as "vendor-lounge-example". Errors name file, line, column and what was expected.
func WithScenario(nameOrPath string) WorldOption {
	return worldOption(func(s *stage.Settings) error { return s.SetScenario(nameOrPath) })
}

// WithClock freezes the world's clock at t, cut to the second, in the years 1970 to 2199.
func WithClock(t time.Time) WorldOption {
	return worldOption(func(s *stage.Settings) error { return s.SetClock(t) })
}

// WithSeed makes ids, tokens and made-up values come from another seed. Seed 0 is the default: its ids begin with those
// of the vendor's examples.
func WithSeed(seed uint64) WorldOption {
	return worldOption(func(s *stage.Settings) error { return s.SetSeed(seed) })
}

// WithLifetime ends the world when nobody has used it for so long, by the wall clock. The default world does not end.
func WithLifetime(d time.Duration) WorldOption {
	return worldOption(func(s *stage.Settings) error { return s.SetLifetime(d) })
}

// WithPrograms gives the client other programmes than the documentation's samples; the first is the default one. None is an
// error, and so is one that is empty, longer than 64 characters or there twice.
func WithPrograms(ids ...string) WorldOption {
	return worldOption(func(s *stage.Settings) error { return s.SetPrograms(ids...) })
}

// WithOperations lets the client call these operations alone; others are refused with OPERATION_NOT_PERMITTED. None, an
// unknown operationId, and one that comes twice is an error.
func WithOperations(ids ...string) WorldOption {
	return worldOption(func(s *stage.Settings) error { return s.SetOperations(ids...) })
}

// WithLanguages authorises the client for languages beside the default one: tags such as fr-FR
// (D/339140m0). The texts of v1 stay English, those of v2 are marked with their language. None takes back those of a
// scenario. Another tag, and one that comes twice, is an error.
func WithLanguages(tags ...string) WorldOption {
	return worldOption(func(s *stage.Settings) error { return s.SetLanguages(tags...) })
}

// WithPublicKey takes the client's RSA public key, PEM and of 2,048 bits or more, so that it can sign its tokens with RS256
// too (D/338386m0).
func WithPublicKey(pem string) WorldOption {
	return worldOption(func(s *stage.Settings) error { return s.SetPublicKey(pem) })
}

// WithReadings says which readings v2 follows where its pages contradict themselves:
//   - "pendingAsActive": passes and memberships whose activation is still to come are shown with status 1, as in the
//     examples (D/338667m0, D/338664m0), and not with 0, Pending Activation. Either way they cannot be used.
//   - "localUsageDate": usageDate of walkin.redemption has no offset behind the local time (D/339352m0, A-092).
//   - "withoutCategory": walkin.redemption has no category, as in its example (D/339352m0, A-092).
//
// None takes back those of a scenario. Another name, and one that comes twice, is an error.
func WithReadings(names ...string) WorldOption {
	return worldOption(func(s *stage.Settings) error { return s.SetReadings(names...) })
}

// WithSandboxLimits holds the simulation operations of v2 to what the vendor's sandbox lets clients simulate: lounge
// N00012 and fast track lane C10826 alone (D/338945m0, A-036). Without it they work at every resource.
func WithSandboxLimits() WorldOption {
	return worldOption(func(s *stage.Settings) error { return s.SetSandboxLimits(true) })
}

// WithCallbackURL has the world's order synchronisation POSTed there: each redemption order created or taken back. It is
// an absolute http or https URL, or "sink": then the world takes them itself, see [World.Deliveries].
func WithCallbackURL(to string) WorldOption {
	return worldOption(func(s *stage.Settings) error { return s.SetCallbackURL(to) })
}

// WithEventURL has an event of v2 POSTed there, such as "walkin.redemption", signed with RS256. It is an absolute http
// or https URL, or "sink": then the world takes it itself. The metadata topics are one subscription: those without a
// URL of their own go where "resource.metadata.updated" does. Without it the event is not told.
func WithEventURL(event, to string) WorldOption {
	return worldOption(func(s *stage.Settings) error { return s.SetEventURL(event, to) })
}

// WithScenarios makes the scenario files of a folder and its subfolders known by their names, before the shipped ones:
// to [WithScenario] and to the control plane. They are read and checked when the server is made; see [Server.Reload].
func WithScenarios(folder string) ServerOption {
	return serverOption(func(c *server.Config) error { return c.SetFolder(folder) })
}

// WithCallbackProxy sends the callbacks of all worlds through an HTTP proxy, by its absolute URL. Without it they use
// none, not even one that HTTP_PROXY names.
func WithCallbackProxy(at string) ServerOption {
	return serverOption(func(c *server.Config) error { return c.SetProxy(at) })
}

// WithCA has callbacks trust the certificates of a file (PEM) too, beside those that the system trusts: an authority of
// one's own. A file without a certificate is an error.
func WithCA(path string) ServerOption {
	return serverOption(func(c *server.Config) error { return c.SetRoots(path) })
}

// WithErrors puts the rows of a file in place of those of the shipped error catalogue.
func WithErrors(path string) ServerOption {
	return serverOption(func(c *server.Config) error { return c.SetErrors(path) })
}

// WithLog sends the server's log there: a refusal is one line at level info, any other request one at debug. Without it,
// [New] is silent and [Start] logs errors to the test.
func WithLog(log *slog.Logger) ServerOption {
	return serverOption(func(c *server.Config) error { c.Log = log; return nil })
}

// WithState begins with the worlds that a file holds, if it is there: credentials, state, clocks, checkpoints, fault
// rules. [Server.SaveState] writes it. The default world of a file is as it was saved: what other options say of it
// counts for a new file only.
func WithState(path string) ServerOption {
	return serverOption(func(c *server.Config) error { return c.SetState(path) })
}

// WithControlToken lets nobody into the control plane over HTTP who does not send it as a bearer token; its health stays
// open. Without a token all may call it but browsers on pages of other origins.
func WithControlToken(token string) ServerOption {
	return serverOption(func(c *server.Config) error { return c.SetControlToken(token) })
}

// WithControlApart takes the control plane, all but its health, off the vendor's port: [Server.ControlHandler] serves
// it.
func WithControlApart() ServerOption {
	return serverOption(func(c *server.Config) error { return c.SetReach(server.Apart) })
}

// WithoutControl serves nothing of the control plane but its health. The methods of [World] stay. It is an error beside
// [WithControlApart] and [WithControlToken].
func WithoutControl() ServerOption {
	return serverOption(func(c *server.Config) error { return c.SetReach(server.Off) })
}

// WithContract says what happens when an answer of the mock breaks its own contract: with strict it is a 500 and changes
// nothing, which is the default of [Start]; otherwise it is only logged.
func WithContract(strict bool) ServerOption {
	return serverOption(func(c *server.Config) error { c.Strict = strict; return nil })
}

// WithBodyTimeout is how long the body of a request may take to arrive: 30 s unless told otherwise. A client that stalls
// is answered, and its connection closed.
func WithBodyTimeout(d time.Duration) ServerOption {
	return serverOption(func(c *server.Config) error { return c.SetBodyTimeout(d) })
}

package saved

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/check"
	"dragonmock/mock/dragonpass/news"
	"dragonmock/mock/dragonpass/reading"
	"dragonmock/mock/internal/caller"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/nearest"
	"dragonmock/mock/internal/symbols"
)

// World is what a world was made with, beside its states. It has nothing of a scenario's `given`, which became of states: a
// reset goes back to exactly what it went back to before, whatever a later version makes of the same scenario.
type World struct {
	ID        string        `json:"id"`
	Number    int           `json:"number"`
	Client    Client        `json:"client"`
	Seed      uint64        `json:"seed,string"`
	Lifetime  time.Duration `json:"lifetime"`
	Receivers `json:",embed"`
	Programs  []dragonpass.Program `json:"programs"`

	Errors  map[dragonpass.Code]symbols.Row `json:"errors"`
	Named   map[string]map[string]string    `json:"named"`
	Commits uint64                          `json:"commits"`
}

// Client is who may call into the world.
type Client struct {
	ClientID   string   `json:"clientId"`
	Secret     string   `json:"secret"`
	Issuer     string   `json:"issuer"`
	Key        string   `json:"key"`
	PublicKey  string   `json:"publicKey"` // PEM
	Programs   []string `json:"programs"`
	Operations []string `json:"operations"`
	Languages  []string `json:"languages"`

	SandboxLimits bool        `json:"sandboxLimits,omitzero"`
	Readings      reading.Set `json:"readings,omitzero"`
}

// Receivers are where a world's events go: absolute URLs, or [Sink]; empty: nowhere.
type Receivers struct {
	CallbackURL string               `json:"callbackUrl"` // the order synchronisation of v1
	EventURLs   map[news.Kind]string `json:"eventUrls,omitzero"`
}

// Of is where events of a kind go; those of v1 have none. The metadata topics are one subscription (D/339355m0): those
// without a URL of their own go where [news.ResourcesUpdated] does.
func (r Receivers) Of(kind news.Kind) string {
	switch to, ok := r.EventURLs[kind]; {
	case kind == "":
		return r.CallbackURL
	case !ok && kind.Batched():
		return r.EventURLs[news.ResourcesUpdated]
	default:
		return to
	}
}

// Any says whether anybody is told of anything: in the world itself, or outside.
func (r Receivers) Any(inside bool) bool {
	is := func(to string) bool { return to != "" && (to == Sink) == inside }
	return is(r.CallbackURL) || slices.ContainsFunc(slices.Collect(maps.Values(r.EventURLs)), is)
}

// Sink is the callback URL of a world that is its own receiver.
const Sink = "sink"

// CheckURL refuses what no event can be sent to.
func CheckURL(to string) error {
	if to == Sink {
		return nil
	}
	if _, err := caller.AbsoluteURL(to); err != nil {
		return fmt.Errorf("%w, or %q", err, Sink)
	}
	return nil
}

// maxCommits leaves so much room above it that no world counts to the end.
const maxCommits = 1 << 62

// Check says what is wrong with what a world was made with, beginning with a JSON pointer. The names are those that fault
// rules may use, which are those of the documents.
func (w World) Check(known fault.Known) error {
	c := w.Client
	if w.ID == "" || c.Issuer == "" || c.ClientID == "" || len(c.Programs) == 0 || slices.Contains(c.Programs, "") {
		return errors.New(": expected an id, and a client with clientId, issuer and programs")
	}
	for i, id := range c.Programs {
		if err := check.Length(id, 1, dragonpass.MaxProgramID); err != nil {
			return fmt.Errorf("/client/programs/%d: %w", i, err)
		}
	}
	for i, id := range c.Operations {
		if known.Operations == nil {
			break
		}
		if err := known.Operations.CheckOperation(id); err != nil {
			return fmt.Errorf("/client/operations/%d: %w", i, err)
		}
	}
	switch {
	case w.Number < 0:
		return fmt.Errorf("/number: expected 0 or more, got %d", w.Number)
	case w.Commits > maxCommits:
		return fmt.Errorf("/commits: expected at most %d, got %d", uint64(maxCommits), w.Commits)
	case w.Lifetime < 0:
		return fmt.Errorf("/lifetime: expected 0s or more, got %s", w.Lifetime)
	}
	if err := CheckURL(w.CallbackURL); w.CallbackURL != "" && err != nil {
		return fmt.Errorf("/callbackUrl: %w", err)
	}
	for _, kind := range slices.Sorted(maps.Keys(w.EventURLs)) {
		if !kind.Known() {
			return fmt.Errorf("/eventUrls/%s: expected the name of an event%s", kind, nearest.DidYouMean(string(kind), news.Names()))
		}
		if err := CheckURL(w.EventURLs[kind]); err != nil {
			return fmt.Errorf("/eventUrls/%s: %w", kind, err)
		}
	}
	for i, p := range w.Programs {
		if err := check.Program(p); err != nil {
			return fmt.Errorf("/programs/%d%w", i, err)
		}
	}
	for _, symbol := range slices.Sorted(maps.Keys(w.Errors)) {
		row := w.Errors[symbol]
		if err := row.Check(); err != nil {
			return fmt.Errorf("/errors/%s/%w", symbol, err)
		}
		if symbols := known.Symbols(); row.Symbol != symbol || symbols != nil && !slices.Contains(symbols, string(symbol)) {
			return fmt.Errorf("/errors/%s: expected the symbol of an error, in its row too", symbol)
		}
	}
	return nil
}

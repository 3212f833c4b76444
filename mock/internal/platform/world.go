package platform

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"dragonmock/mock/internal/catalog"
)

// The default bounds of a world's memory (rules: Prebooking 10).
const (
	defaultMaxTokens  = 100_000
	defaultMaxAnswers = 10_000
)

// Client is who may call into a world. The documentation's sample values are [SampleClient].
type Client struct {
	ClientID string // for the token endpoint
	Secret   string
	Issuer   string // `iss` of tokens, issued or signed by the client itself
	Key      string // HS256 key of those tokens; its characters are the key bytes
	Programs []string
	// Languages that the client may ask for; empty means the default language only.
	Languages []string
}

// DefaultProgram is the programme of calls without X-Program-ID.
func (c Client) DefaultProgram() string { return c.Programs[0] }

// HasProgram says whether a programme is the client's.
func (c Client) HasProgram(id string) bool { return slices.Contains(c.Programs, id) }

// Speaks says whether the client may ask for a language: the default one, or one it is authorised for (D/339140m0).
func (c Client) Speaks(language string) bool {
	return language == DefaultLanguage || slices.Contains(c.Languages, language)
}

// DefaultLanguage is the language of answers unless another is asked for.
const DefaultLanguage = "en-US"

// SampleClient has the sample credentials of the documentation (D/v1/338386m0) and its sample programmes.
func SampleClient() Client {
	return Client{
		ClientID: "DragonPass", Secret: "dpSecretKey12345",
		Issuer: "6A909655CF67444A93262A665CDD235F", Key: "60B118779DD14B0990692B51BF8B93DC",
		Programs: []string{"18943", "1876920048220766208"},
	}
}

// Config is how a world is made, and what a reset goes back to.
type Config struct {
	Client Client
	Clock  Clock
	Seed   uint64
	Given  Given

	MaxTokens  int // prebooking tokens remembered; 0: 100,000
	MaxAnswers int // idempotent answers remembered; 0: 10,000

	// Observe is told every commit, with the world's lock held; nil: nobody is.
	Observe func(WriteSet)
}

// World is everything that one client of the vendor has. All methods are safe for concurrent use.
type World struct {
	id       string
	config   Config
	catalog  *catalog.Catalog
	machine  func() time.Time
	observe  func(WriteSet)
	programs []Program // those of `given`; another gives what A-026 says

	mu      sync.Mutex // guards the rest
	state   state
	commits uint64
	initial state
}

// newWorld makes a world. An error names the field of Given that is wrong.
func newWorld(id string, c *catalog.Catalog, config Config) (*World, error) {
	if config.MaxTokens == 0 {
		config.MaxTokens = defaultMaxTokens
	}
	if config.MaxAnswers == 0 {
		config.MaxAnswers = defaultMaxAnswers
	}
	w := &World{id: id, config: config, catalog: c, machine: machineTime, state: newState(config.Clock, config.Seed)}
	for i, given := range config.Given.Programs {
		p, err := given.program()
		if err != nil {
			return nil, &GivenError{fmt.Sprintf("/programs/%d/validity", i), err.Error()}
		}
		w.programs = append(w.programs, p)
	}
	if len(w.programs) > 0 {
		w.config.Client.Programs = nil
		for _, p := range w.programs {
			w.config.Client.Programs = append(w.config.Client.Programs, p.ProgramID)
		}
	}
	tx := w.begin(w.state.clock.Now(w.machine()))
	tx.given = true
	if err := tx.lay(config.Given); err != nil {
		return nil, err
	}
	tx.given = false
	w.commit(tx, "given")
	w.initial, w.observe = w.state, config.Observe
	return w, nil
}

// ID names the world.
func (w *World) ID() string { return w.id }

// Client is who may call into the world.
func (w *World) Client() Client { return w.config.Client }

// Reset returns the world to how it was made: state, clock and ids, not to empty.
func (w *World) Reset() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.state = w.initial
}

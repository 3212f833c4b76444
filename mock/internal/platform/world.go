package platform

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/journal"
)

// The default bounds of a world's memory (rules: Prebooking 10).
const (
	defaultMaxTokens  = 100_000
	defaultMaxAnswers = 10_000
)

// Config is how a world is made, and what a reset goes back to.
type Config struct {
	Client Client
	Clock  Clock
	Seed   uint64
	Given  Given

	Lifetime    time.Duration // of wall time without use after which the world ends; 0: it does not
	CallbackURL string        // where events go; empty: nowhere

	// Deliver is told, without the world's lock, that events wait to be delivered; nil: nobody is. When wait is set it
	// delivers before it returns, else later.
	Deliver func(w *World, wait bool)

	// Ended is told, with the platform's lock held, that the world is gone; nil: nobody is.
	Ended func(w *World)

	Errors map[dragonpass.Code]contract.ErrorRow // in place of the server's rows

	Names   fault.Known     // what fault rules may name
	Faults  []fault.Rule    // armed from the start
	Journal journal.Limits  // zero: the journal is off
	Budget  *journal.Budget // shared by the journals of a server

	MaxTokens  int // prebooking tokens remembered; 0: 100,000
	MaxAnswers int // idempotent answers remembered; 0: 10,000

	// Observe is told every commit, with the world's lock held; nil: nobody is.
	Observe func(WriteSet)
}

// World is everything that one client of the vendor has. All methods are safe for concurrent use.
type World struct {
	id       string
	number   int           // in the order in which worlds were made
	used     atomic.Int64  // wall time of the last use, where there is a lifetime
	slows    atomic.Uint64 // operations that looked at a slow test venue
	requests atomic.Uint64 // request ids that were made
	ended    atomic.Bool
	config   Config
	catalog  *catalog.Catalog
	machine  func() time.Time
	observe  func(WriteSet)
	named    map[string]map[string]string // what `given` names, by its name
	faults   *fault.Engine
	journal  *journal.Journal
	programs []Program // those of `given`; another gives what A-026 says

	mu      sync.Mutex // guards the rest
	state   state
	tx      Tx // the one at work, or the last one
	commits uint64
	initial checkpoint

	checkpoints map[string]checkpoint
}

// newWorld makes a world. An error names the field of Given that is wrong.
func newWorld(id string, c *catalog.Catalog, config Config) (*World, error) {
	if config.MaxTokens == 0 {
		config.MaxTokens = defaultMaxTokens
	}
	if config.MaxAnswers == 0 {
		config.MaxAnswers = defaultMaxAnswers
	}
	w := &World{
		id: id, config: config, catalog: c, machine: machineTime, state: newState(config.Clock, config.Seed), named: map[string]map[string]string{},
		checkpoints: map[string]checkpoint{},
		faults:      fault.New(config.Seed, config.Names), journal: journal.New(config.Journal, config.Budget),
	}
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
	if _, err := w.faults.Add(config.Faults...); err != nil {
		return nil, err
	}
	w.initial, w.observe = w.keep(), config.Observe
	return w, nil
}

// ID names the world.
func (w *World) ID() string { return w.id }

// Named answers the entities that `given` gave a name, with the members that steps speak of.
func (w *World) Named() map[string]map[string]string { return w.named }

// Error is the world's own row of an error, if it has one.
func (w *World) Error(code dragonpass.Code) (contract.ErrorRow, bool) {
	row, ok := w.config.Errors[code]
	return row, ok
}

// Seed is what the world's ids and made-up values come from.
func (w *World) Seed() uint64 { return w.config.Seed }

// Client is who may call into the world.
func (w *World) Client() Client { return w.config.Client }

// Faults are the world's fault rules.
func (w *World) Faults() *fault.Engine { return w.faults }

// Journal is the world's journal.
func (w *World) Journal() *journal.Journal { return w.journal }

// Now reads the world's clock.
func (w *World) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.state.clock.Now(w.machine())
}

// Reset returns the world to how it was made, not to empty: state, clock, ids and fault rules. The journal is cleared.
func (w *World) Reset() {
	w.mu.Lock()
	w.back(w.initial)
	w.journal.Clear()
	w.mu.Unlock()
	w.deliver(false)
}

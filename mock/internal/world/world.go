package world

import (
	"cmp"
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/client"
	"dragonmock/mock/internal/clock"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/journal"
	"dragonmock/mock/internal/memory"
	"dragonmock/mock/internal/saved"
	"dragonmock/mock/internal/seed"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/symbols"
)

// The default bounds of a world's memory.
const (
	defaultMaxTokens  = 20_000
	defaultMaxAnswers = 10_000
	defaultMaxKept    = 1 << 30
)

// Config is how a world is made, and what a reset goes back to.
type Config struct {
	ID       string // that its host is to give it; empty: one that nobody can guess
	Client   client.Client
	Clock    clock.Clock
	Seed     uint64
	Programs []dragonpass.Program // beside the standard one

	// Give puts into a new world what it begins with, and returns the entities that have a name, with the members that
	// steps speak of. Nil: nothing.
	Give func(*Tx) (named map[string]map[string]string, err error)

	Lifetime        time.Duration // of wall time without use after which the world ends; 0: it does not
	saved.Receivers               // where events go; [Sink]: into the world itself

	Errors map[dragonpass.Code]symbols.Row // in place of the server's rows

	Shared
}

// Sink is the callback URL of a world that is its own receiver.
const Sink = saved.Sink

// Shared is what the worlds of a server have in common.
type Shared struct {
	Due      map[string]DueHandler // what to do when something becomes due, by its kind
	Returned func(*Tx)             // puts in order a state that was kept and is back, in the transaction that brings it; nil: nothing
	Forget   func(*Tx)             // takes out of what the world remembers what nobody can count on any more; nil: nothing is
	Names    fault.Known           // what fault rules may name
	Journal  journal.Limits        // zero: the journal is off
	Budget   *journal.Budget       // shared by the journals of a server
	Memory   *memory.Pool          // of what the worlds of a server remember
	Log      *slog.Logger          // nil: nowhere

	MaxTokens  int // prebooking tokens remembered, and QR codes; 0: 20,000
	MaxAnswers int // idempotent answers remembered; 0: 10,000
	MaxKept    int // bytes of checkpoints, see [memory.Checkpoints]; 0: 1 GiB

	// Deliver is told, without the world's lock, that events wait to be delivered; nil: nobody is. When wait is set it
	// delivers before it returns, else later.
	Deliver func(ctx context.Context, w *World, wait bool)
	// Absorb delivers what is to be delivered now in a world that is its own receiver, at the end of a transaction; nil: it
	// stays.
	Absorb func(*Tx)

	// Leaving is told, with the world's lock held, that the world ends, while its journal is still there; nil: nobody is.
	Leaving func(*World)

	// Observe is told every commit from [World.Enter] on, with the world's lock held, so it must not call the world; nil:
	// nobody is.
	Observe func(store.WriteSet)
}

// World is everything that one client of the vendor has. All methods are safe for concurrent use.
type World struct {
	id       string
	number   int          // in the order in which worlds were made
	used     atomic.Int64 // wall time of the last use, where there is a lifetime
	armed    atomic.Bool  // there are fault rules
	requests atomic.Uint64
	config   Config
	catalog  *catalog.Catalog
	named    map[string]map[string]string // what was given a name, by its name
	journal  *journal.Journal

	mu      sync.Mutex // guards the rest
	ended   bool
	state   *store.State
	tx      Tx           // the one at work
	nothing *store.State // what a transaction that has ended holds: empty, and only to be read
	commits uint64
	initial *store.State
	place   *string // why the clock, or the whole state, is where it is: another pointer each time that it was put somewhere

	said   []func()        // what is to be logged when the lock is given back
	warned map[string]bool // of what the log says once

	checkpoints map[string]*store.State
	kept        memory.Checkpoints
	share       memory.Share         // from [World.Enter] on
	observe     func(store.WriteSet) // nil: nobody is told, or the world is not entered yet
}

// goneWrong has the log say something of the world, once the lock is given back: a log may be slow, and others wait.
func (w *World) goneWrong(what string, more ...any) {
	w.said = append(w.said, w.line(slog.LevelError, what, more))
}

// line is a line of the log that is not written yet.
func (w *World) line(level slog.Level, what string, more []any) func() {
	return func() { w.config.Log.With("world", w.id).Log(context.Background(), level, what, more...) }
}

// unlock gives the lock back, and only then logs what was said under it.
func (w *World) unlock() {
	said := w.said
	w.said = nil
	w.mu.Unlock()
	for _, say := range said {
		say()
	}
}

// newWorld makes a world with nothing in it.
func newWorld(id string, c *catalog.Catalog, config Config) *World {
	config.MaxTokens = cmp.Or(config.MaxTokens, defaultMaxTokens)
	config.MaxAnswers = cmp.Or(config.MaxAnswers, defaultMaxAnswers)
	config.MaxKept = cmp.Or(config.MaxKept, defaultMaxKept)
	if config.Log == nil {
		config.Log = slog.New(slog.DiscardHandler)
	}
	return &World{
		id: id, config: config, catalog: c, state: store.New(config.Clock, config.Seed), nothing: store.New(clock.Clock{}, 0).Copy(),
		named: map[string]map[string]string{}, warned: map[string]bool{}, checkpoints: map[string]*store.State{}, journal: journal.New(config.Journal, config.Budget),
	}
}

// Create makes a world with what its config gives. An error says what cannot be given.
func Create(id string, c *catalog.Catalog, config Config) (*World, error) {
	if len(config.Programs) > 0 {
		config.Client.Programs = nil
		for _, p := range config.Programs {
			config.Client.Programs = append(config.Client.Programs, p.ProgramID)
		}
	}
	w := newWorld(id, c, config)
	w.mu.Lock()
	defer w.unlock()
	err := w.try(w.state.Clock.Now(machineTime()), "give", func(tx *Tx) error {
		if config.Give != nil {
			tx.State.Given()
			named, err := config.Give(tx)
			if err != nil {
				return err
			}
			if named != nil {
				w.named = named
			}
		}
		return nil
	})
	w.initial = w.state.Copy()
	return w, err
}

// ID names the world.
func (w *World) ID() string { return w.id }

// Named returns the entities that were given a name, with the members that steps speak of.
func (w *World) Named() map[string]map[string]string { return w.named }

// Error is the world's own row of an error, if it has one.
func (w *World) Error(code dragonpass.Code) (symbols.Row, bool) {
	row, ok := w.config.Errors[code]
	return row, ok
}

// FaultNames are what fault rules, and filters of the journal, may name.
func (w *World) FaultNames() fault.Known { return w.config.Names }

// Client is who may call into the world.
func (w *World) Client() client.Client { return w.config.Client }

// Journal is the world's journal.
func (w *World) Journal() *journal.Journal { return w.journal }

// Now reads the world's clock.
func (w *World) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.state.Clock.Now(machineTime())
}

// NextRequestID makes the id of a request that came without one. Of the same seed the nth after a [World.Reset] is always
// the same.
func (w *World) NextRequestID() string {
	return seed.UUID(w.config.Seed, seed.RequestIDs, w.requests.Add(1))
}

// deliver has the world's events delivered. The lock is not held.
func (w *World) deliver(ctx context.Context, wait bool) {
	if w.config.Receivers.Any(false) && w.config.Deliver != nil {
		w.config.Deliver(ctx, w, wait)
	}
}

// returned puts a state in order that is back.
func (w *World) returned(tx *Tx) {
	if w.config.Returned != nil {
		w.config.Returned(tx)
	}
}

// Armed says whether there are fault rules, for callers that save themselves the making of a [fault.Call].
func (w *World) Armed() bool { return w.armed.Load() }

// Receivers are where the world's events go.
func (w *World) Receivers() saved.Receivers { return w.config.Receivers }

// Ended says that the world is gone: deleted, replaced or beyond its lifetime. All operations of it are WORLD_ENDED.
func (w *World) Ended() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.checkEnded() != nil
}

// CheckEnded refuses a world that has ended: WORLD_ENDED.
func (w *World) CheckEnded() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.checkEnded()
}

// checkEnded refuses a world that has ended. The lock is held.
func (w *World) checkEnded() error {
	if w.ended || w.Idle() {
		return dragonpass.Refuse(dragonpass.WorldEnded, "the world %s has ended: it was deleted or replaced, or nobody used it for its lifetime", w.id).Unless("a world that is there")
	}
	return nil
}

// End ends the world for good. Its journal is closed.
func (w *World) End() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ended {
		return
	}
	w.end()
	w.tell(store.WriteSet{Operation: "end", Ended: true}, w.state.Clock.Now(machineTime()))
}

// end closes the world. The lock is held.
func (w *World) end() {
	w.ended = true
	if w.config.Leaving != nil {
		w.config.Leaving(w)
	}
	w.commits++
	w.share.Leave()
	w.journal.Close()
}

// Enter numbers a new world among others, and tells those who observe it that it is there: all of it, since what it did
// before was told to nobody. Its lifetime begins.
func (w *World) Enter(number int) {
	w.mu.Lock()
	w.number = number
	w.share = w.config.Memory.Join(w.state.Remembered())
	w.Touch()
	w.tellMade()
	w.unlock()
	w.deliver(context.Background(), false)
}

// Number is the place of the world in the order in which worlds were made.
func (w *World) Number() int { return w.number }

// Touch notes that somebody uses the world.
func (w *World) Touch() {
	if w.config.Lifetime > 0 {
		w.used.Store(machineTime().UnixNano())
	}
}

// Idle says that nobody has used the world for its lifetime, by the wall clock. One that is not entered yet is not idle.
func (w *World) Idle() bool {
	if w.config.Lifetime <= 0 {
		return false
	}
	used := w.used.Load()
	return used != 0 && machineTime().Sub(time.Unix(0, used)) > w.config.Lifetime
}

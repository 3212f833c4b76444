package world

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/client"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/panics"
	"dragonmock/mock/internal/saved"
	"dragonmock/mock/internal/store"
)

// Tx is one operation at work at one instant. Its tables are those of [store.Rows]; what it writes is taken back when it
// fails. It is good inside the function it was given to, and for one goroutine.
type Tx struct {
	*store.State
	world *World
	now   time.Time
	slow  bool // it has looked at the slow test venue
	said  []func(w *World)
	Hides func(dragonpass.Module) bool // the modules that the version of the call does not know; nil: it knows all
}

// Now is the instant of the operation, in UTC and whole seconds.
func (tx *Tx) Now() time.Time { return tx.now }

// Catalog is what hubs and resources there are, before the world's own changes.
func (tx *Tx) Catalog() *catalog.Catalog { return tx.world.catalog }

// Client is who may call into the world.
func (tx *Tx) Client() client.Client { return tx.world.config.Client }

// Receivers are where the world's events go.
func (tx *Tx) Receivers() saved.Receivers { return tx.world.config.Receivers }

// Seed is what the world's ids and made-up values come from. A state that is loaded brings its own.
func (tx *Tx) Seed() uint64 { return tx.Counters.Seed }

// FaultNames are what fault rules may name.
func (tx *Tx) FaultNames() fault.Known { return tx.world.config.Names }

// MaxTokens is how many prebooking tokens, and how many QR codes, the world remembers.
func (tx *Tx) MaxTokens() int { return tx.world.config.MaxTokens }

// MaxAnswers is how many answers the world remembers for requests that are sent again.
func (tx *Tx) MaxAnswers() int { return tx.world.config.MaxAnswers }

// Crowded says whether the worlds of the server remember too much together, and this one more than its part of a kind, of
// which there are so many bytes.
func (tx *Tx) Crowded(kind int) bool { return tx.world.share.Exceeded(tx.Remembered(), kind) }

// GoneWrong has the log say something of the world, once the operation is over and holds.
func (tx *Tx) GoneWrong(what string, more ...any) {
	tx.said = append(tx.said, func(w *World) { w.goneWrong(what, more...) })
}

// WarnOnce has the log warn of the world, once the operation is over and holds. What was said before is not said again.
func (tx *Tx) WarnOnce(what string, more ...any) {
	tx.said = append(tx.said, func(w *World) {
		if !w.warned[what] {
			w.warned[what] = true
			w.said = append(w.said, w.line(slog.LevelWarn, what, more))
		}
	})
}

// Program finds a programme of the world; one that nothing is said about is the standard one.
func (tx *Tx) Program(id string) dragonpass.Program {
	for _, p := range tx.world.config.Programs {
		if p.ProgramID == id {
			return p
		}
	}
	return dragonpass.StandardProgram(id)
}

// MarkSlow notes that the operation has looked at the slow test venue for a client.
func (tx *Tx) MarkSlow() { tx.slow = true }

// Slow says whether the operation has looked at the slow test venue, and numbers such operations.
func (tx *Tx) Slow() (nth uint64, slow bool) {
	if tx.slow {
		tx.Counters.Slow++
	}
	return tx.Counters.Slow, tx.slow
}

// Run does one operation that is not a client's: no idempotency. Errors: those of do; WORLD_ENDED.
func Run[T any](w *World, operation string, do func(*Tx) (T, error)) (T, error) {
	var answer T
	err := w.transact(operation, func(tx *Tx) (err error) {
		answer, err = do(tx)
		return err
	})
	return answer, err
}

// Look reads the state of a world as it stands: nothing happens that is due, nothing may be written, and it is no use of
// the world. Errors: WORLD_ENDED.
func Look[T any](w *World, read func(s *store.State, now time.Time) T) (answer T, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err = w.checkEnded(); err == nil {
		answer = read(w.state, w.state.Clock.Now(machineTime()))
	}
	return answer, err
}

// transact does what is due, runs do and commits what it did, or nothing. What it left to be delivered is delivered by
// others, after the lock is given back: no operation waits for a callback.
func (w *World) transact(operation string, do func(*Tx) error) error {
	w.Touch()
	pending, err := w.locked(operation, do)
	if pending {
		w.deliver(context.Background(), false)
	}
	return err
}

// Sweep does what is due in a world that nobody may be using, and forgets what nobody can count on any more. It is no use of
// the world. Errors: WORLD_ENDED; what went wrong, and then nothing is forgotten.
func (w *World) Sweep() error {
	var pending bool
	var err error
	panicked := panics.Caught(func() {
		pending, err = w.locked("sweep", func(tx *Tx) error {
			if w.config.Forget != nil {
				w.config.Forget(tx)
			}
			return nil
		})
	})
	if panicked != nil {
		w.line(slog.LevelError, "the world cannot be swept", []any{"error", panicked})()
	}
	if pending {
		w.deliver(context.Background(), false)
	}
	return errors.Join(err, panicked)
}

func (w *World) locked(operation string, do func(*Tx) error) (pending bool, err error) {
	w.mu.Lock()
	defer w.unlock()
	if err := w.checkEnded(); err != nil {
		return false, err
	}
	now := w.state.Clock.Now(machineTime())
	w.settle(now)
	err = w.try(now, operation, do)
	return w.state.Outbox.Len() > 0, err
}

// try runs do and commits what it did, or takes it back on an error or a panic. The lock is held.
func (w *World) try(now time.Time, operation string, do func(*Tx) error) error {
	return w.commit(now, store.WriteSet{Operation: operation}, do)
}

// commit is [World.try] for a commit that is more than rows: told has what else its write-set says.
func (w *World) commit(now time.Time, told store.WriteSet, do func(*Tx) error) error {
	w.state.Begin(w.observe != nil)
	w.tx = Tx{State: w.state, world: w, now: now}
	done := false
	defer func() {
		w.tx = Tx{State: w.nothing, world: w} // who keeps it finds nothing in it, and is told so when he writes
		if !done {
			w.state.RollBack()
		}
	}()
	if err := do(&w.tx); err != nil {
		return err
	}
	if w.config.Receivers.Any(true) && w.config.Absorb != nil && w.state.Outbox.Len() > 0 {
		w.absorb()
	}
	done = true
	for _, say := range w.tx.said {
		say(w)
	}
	changes, changed := w.state.Commit()
	w.share.Set(w.state.Remembered())
	if !changed && told.Checkpoint == nil && told.Returned == nil {
		return nil
	}
	w.commits++
	w.armed.Store(w.state.Faults.Len() > 0)
	told.Changes = changes
	w.tell(told, w.tx.now)
	return nil
}

// tell tells the observer what was committed at a time. The lock is held.
func (w *World) tell(ws store.WriteSet, at time.Time) {
	if w.observe == nil {
		return
	}
	ws.World, ws.Number, ws.At, ws.Clock, ws.Counters = w.id, w.commits, at, w.state.Clock, w.state.Counters
	if err := panics.Caught(func() { w.observe(ws) }); err != nil {
		w.goneWrong("who observes the world failed, and has missed a commit", "error", err)
	}
}

// absorb has the world's own receiver take what is to be delivered now. What one that fails has done is taken back, and
// waits in the outbox for the next operation; the one at work is not concerned. The lock is held.
func (w *World) absorb() {
	takeBack, said := w.state.Mark(), len(w.tx.said)
	if err := panics.Caught(func() { w.config.Absorb(&w.tx) }); err != nil {
		takeBack()
		w.tx.said = w.tx.said[:said]
		w.goneWrong("the world's own receiver failed, and takes its callbacks later", "error", err)
	}
}

package platform

import (
	"slices"
	"time"
)

// Tx is one operation at work at one instant. It writes rows in place, under the world's lock, and takes them back when
// it fails; clock and counters are its own until it is committed. It is good inside the function it was given to, and
// for one goroutine.
type Tx struct {
	world   *World
	now     time.Time
	state   state
	undo    []func()
	changes []Change // recorded only when somebody observes the world
	slow    bool     // it has looked at a slow test venue
	given   bool     // it lays a scenario's `given`: ids come from a range of their own
}

// Now is the instant of the operation, in UTC and whole seconds.
func (tx *Tx) Now() time.Time { return tx.now }

// Slow says that the operation has looked at a slow test venue, and in what order such operations came.
func (tx *Tx) Slow() (nth uint64, slow bool) {
	if tx.slow {
		nth = tx.world.slows.Add(1)
	}
	return nth, tx.slow
}

// Run does one operation that is not a client's: no idempotency.
func Run[T any](w *World, operation string, do func(*Tx) (T, error)) (T, error) {
	var answer T
	err := w.transact(operation, func(tx *Tx) (err error) {
		answer, err = do(tx)
		return err
	})
	return answer, err
}

// transact lets happen what is due, runs do and commits what it did, or nothing. What it left to be delivered is
// delivered by others, after the lock is given back: no operation waits for a callback.
func (w *World) transact(operation string, do func(*Tx) error) error {
	pending, err := w.locked(operation, do)
	if pending {
		w.deliver(false)
	}
	return err
}

func (w *World) locked(operation string, do func(*Tx) error) (pending bool, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := w.state.clock.Now(w.machine())
	w.settle(now)
	err = w.try(w.begin(now), operation, do)
	return w.state.outbox.len() > 0, err
}

// try runs do and commits what it did, or takes it back on an error or a panic.
func (w *World) try(tx *Tx, operation string, do func(*Tx) error) error {
	done := false
	defer func() {
		if !done {
			tx.rollBack()
		}
	}()
	if err := do(tx); err != nil {
		return err
	}
	w.commit(tx, operation)
	done = true
	return nil
}

func (tx *Tx) rollBack() {
	for _, undo := range slices.Backward(tx.undo) {
		undo()
	}
}

// keptUndo is how much room a world keeps for what a transaction notes.
const keptUndo = 64

// begin makes a transaction in the place of the one before, which has ended: the lock is held from here to its end.
func (w *World) begin(now time.Time) *Tx {
	undo := w.tx.undo
	clear(undo) // it holds rows of the one before
	if cap(undo) > keptUndo {
		undo = nil
	}
	w.tx = Tx{world: w, now: now, state: w.state, undo: undo[:0]}
	return &w.tx
}

func (w *World) commit(tx *Tx, operation string) {
	if len(tx.undo) == 0 && tx.state.counters == w.state.counters && tx.state.clock == w.state.clock {
		return
	}
	w.commits++
	w.state = tx.state
	if w.observe != nil {
		w.observe(WriteSet{
			Number: w.commits, At: tx.now, Operation: operation, Clock: w.state.clock, Changes: tx.changes, counters: w.state.counters,
		})
	}
}

package world

import (
	"fmt"
	"runtime/debug"
	"time"

	"dragonmock/mock/internal/store"
)

// DueHandler does what is due for the thing with an id, in a transaction at its own time. One that fails changes nothing.
type DueHandler func(tx *Tx, id string) error

// DueAt is something at a whole second: world time knows no others, and a frozen clock would never come to them.
func DueAt(at time.Time, what, id string) store.Due {
	return store.Due{At: at.Add(time.Second - time.Nanosecond).Truncate(time.Second), What: what, ID: id}
}

// Schedule has something of a registered kind happen at a time, unless no clock ever comes there. It panics for a kind
// that has no handler.
func (tx *Tx) Schedule(at time.Time, kind, id string) {
	if tx.world.config.Due[kind] == nil {
		panic("world: nothing is registered for what is due of the kind " + kind)
	}
	d := DueAt(at, kind, id)
	if store.CheckInstant(d.At) == nil || !d.At.After(tx.now) {
		tx.Due.Put(d.Key(), d)
	}
}

// Unschedule takes back a [Tx.Schedule].
func (tx *Tx) Unschedule(at time.Time, kind, id string) { tx.Due.Remove(DueAt(at, kind, id).Key()) }

// settle lets happen all that is due by now, each in a commit of its own and at its own time. The lock is held.
func (w *World) settle(now time.Time) []Fired {
	var fired []Fired
	for {
		key, d, ok := w.state.Due.First()
		if !ok || d.At.After(now) {
			return fired
		}
		if err := w.happen(key, d); err != nil {
			// What cannot be done would be due for ever, and stop the world with it.
			w.goneWrong("what was due failed and is dropped", "what", d.What, "id", d.ID, "at", d.At, "error", err)
			_ = w.try(d.At, d.What, func(*Tx) error { w.state.Due.Remove(key); return nil }) // nothing in it can fail
		}
		fired = append(fired, Fired(d))
	}
}

// happen does one thing that is due. A panic is an error.
func (w *World) happen(key string, d store.Due) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return w.try(d.At, d.What, func(tx *Tx) error {
		tx.Due.Remove(key)
		do := w.config.Due[d.What]
		if do == nil {
			return fmt.Errorf("nothing is registered for its kind")
		}
		return do(tx, d.ID)
	})
}

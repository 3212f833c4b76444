package world

import (
	"errors"
	"time"

	"dragonmock/mock/internal/clock"
	"dragonmock/mock/internal/panics"
	"dragonmock/mock/internal/store"
)

// DueHandler does what is due for the thing with an id, in a transaction at its own time. One that fails changes nothing.
type DueHandler func(tx *Tx, id string) error

// Schedule has something of a registered kind happen at a time, unless no clock ever comes there. It panics for a kind
// that has no handler.
func (tx *Tx) Schedule(at time.Time, kind, id string) {
	if tx.world.config.Due[kind] == nil {
		panic("world: nothing is registered for what is due of the kind " + kind)
	}
	d := store.DueAt(at, kind, id)
	if clock.CheckInstant(d.At) == nil || !d.At.After(tx.now) {
		tx.Due.Put(d.Key(), d)
	}
}

// Unschedule takes back a [Tx.Schedule].
func (tx *Tx) Unschedule(at time.Time, kind, id string) {
	tx.Due.Remove(store.DueAt(at, kind, id).Key())
}

// followers is how many things may become due, one after the other, because of one that was: a callback has its retries.
const followers = 16

// settle lets happen all that is due by now, each in a commit of its own and at its own time. The lock is held.
func (w *World) settle(now time.Time) []Fired {
	var fired []Fired
	most := followers * (w.state.Due.Len() + w.state.Events.Len() + 1)
	for {
		key, d, ok := w.state.Due.First()
		if !ok || d.At.After(now) {
			return fired
		}
		err := errors.New("what happens makes more become due, without an end")
		if len(fired) < most {
			err = w.happen(key, d)
		}
		if err != nil {
			// What cannot be done would be due for ever, and stop the world with it.
			w.goneWrong("what was due failed and is dropped", "what", d.What, "id", d.ID, "at", d.At, "error", err)
			_ = w.try(d.At, d.What, func(*Tx) error { w.state.Due.Remove(key); return nil })
		}
		fired = append(fired, Fired(d))
	}
}

// happen does one thing that is due. A panic is an error.
func (w *World) happen(key string, d store.Due) (err error) {
	panicked := panics.Caught(func() {
		err = w.try(d.At, d.What, func(tx *Tx) error {
			tx.Due.Remove(key)
			do := w.config.Due[d.What]
			if do == nil {
				return errors.New("nothing is registered for its kind")
			}
			return do(tx, d.ID)
		})
	})
	return errors.Join(err, panicked)
}

package world

import (
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/store"
)

// The bounds of an outbox.
const (
	maxEvents = 1000 // events that a world remembers

	// MaxAttempts is how many attempts of an event are remembered, the latest.
	MaxAttempts = 100
)

// CallbackOperation is what fault rules call the sending of a callback.
const CallbackOperation = "callback"

// Notify records what the vendor tells the client, and has it delivered where there is a callback URL.
func (tx *Tx) Notify(n dragonpass.Notice) {
	e := store.Event{ID: store.AgeKey(tx.Sequence()), At: tx.now, Notice: n, State: store.EventRecorded}
	if tx.world.config.CallbackURL != "" {
		e.State = store.EventPending
	}
	tx.putEvent(e)
	for tx.Events.Len() > maxEvents {
		oldest, forgotten, _ := tx.Events.First()
		tx.forgetRetry(forgotten)
		tx.Outbox.Remove(oldest)
		tx.Events.Remove(oldest)
	}
}

func (tx *Tx) putEvent(e store.Event) {
	tx.Events.Put(e.ID, e)
	if e.State == store.EventPending && !e.Sending {
		tx.Outbox.Put(e.ID, e.ID)
	} else if tx.Outbox.Has(e.ID) {
		tx.Outbox.Remove(e.ID)
	}
}

// sendAgainAt has an event wait until a time.
func (tx *Tx) sendAgainAt(e store.Event, at time.Time) {
	e.State, e.RetryAt = store.EventWaiting, at
	d := dueAt(at, CallbackRetry, e.ID)
	if store.CheckInstant(d.At) == nil {
		tx.Retries.Put(d.Key(), d)
	}
	tx.putEvent(e)
}

func (tx *Tx) forgetRetry(e store.Event) {
	if e.State == store.EventWaiting {
		tx.Retries.Remove(dueAt(e.RetryAt, CallbackRetry, e.ID).Key())
	}
}

// retry makes a waiting event pending again.
func (tx *Tx) retry(id string) {
	if e, ok := tx.Events.Get(id); ok && e.State == store.EventWaiting {
		e.State, e.RetryAt = store.EventPending, time.Time{}
		tx.putEvent(e)
	}
}

// ListEvents lists the events of the world, oldest first.
func (tx *Tx) ListEvents() []store.Event {
	events := []store.Event{}
	tx.Events.Each(func(_ string, e store.Event) bool {
		events = append(events, e)
		return true
	})
	return events
}

// TakePending takes the oldest event that is to be delivered now. Its deliverer tells how it went by [Tx.Attempted], or
// gives it back by [Tx.GiveBack].
func (tx *Tx) TakePending() (store.Event, bool) {
	id, _, ok := tx.Outbox.First()
	if !ok {
		return store.Event{}, false
	}
	e, _ := tx.Events.Get(id)
	e.Sending, e.Again = true, false
	tx.putEvent(e)
	return e, true
}

// Postpone has an event that was taken sent later by the world's clock; others may overtake it.
func (tx *Tx) Postpone(id string, d time.Duration) {
	if e, ok := tx.Events.Get(id); ok && e.Sending {
		e.Sending, e.Late = false, true
		tx.sendAgainAt(e, tx.now.Add(d))
	}
}

// GiveBack undoes [Tx.TakePending]: the event was not sent.
func (tx *Tx) GiveBack(id string) {
	if e, ok := tx.Events.Get(id); ok && e.Sending {
		e.Sending = false
		tx.putEvent(e)
	}
}

// giveAllBack gives back whatever was on its way when a state was kept: when the state returns, nobody carries it.
func (tx *Tx) giveAllBack() {
	var sending []string
	tx.Events.Each(func(id string, e store.Event) bool {
		if e.Sending {
			sending = append(sending, id)
		}
		return true
	})
	for _, id := range sending {
		tx.GiveBack(id)
	}
}

// Attempted notes an attempt to deliver an event: delivered, to be tried again, or failed for good.
func (tx *Tx) Attempted(id string, a store.Attempt) {
	e, ok := tx.Events.Get(id)
	if !ok || !e.Sending {
		return // forgotten meanwhile, or the world is back at a state that knows nothing of it
	}
	a.At = tx.now
	kept := e.Attempts[max(0, len(e.Attempts)-MaxAttempts+1):]
	e.Attempts = append(kept[:len(kept):len(kept)], a)
	e.RetryAt = time.Time{}
	e.Tries++
	again := e.Again
	e.Sending, e.Again = false, false
	wait, more := dragonpass.RetryAfter(e.Tries)
	switch {
	case again:
		e.State, e.Tries = store.EventPending, 0
	case a.Error == "":
		e.State = store.EventDelivered
	case more:
		tx.sendAgainAt(e, tx.now.Add(wait))
		return
	default:
		e.State = store.EventFailed
	}
	tx.putEvent(e)
}

// EventNotFound is the refusal of an event that was not, or is forgotten. The vendor has no such symbol.
const EventNotFound dragonpass.Code = "EVENT_NOT_FOUND"

// ReplayEvent makes an event pending again, whatever became of it: a client gets duplicates, late ones, and in what
// order the test author asks for them. Its retries begin anew. Errors: EVENT_NOT_FOUND, INVALID_REQUEST for a world
// without a callback URL.
func (tx *Tx) ReplayEvent(id string) error {
	e, ok := tx.Events.Get(id)
	switch {
	case !ok:
		return dragonpass.Refuse(EventNotFound, "no event %s", id)
	case tx.world.config.CallbackURL == "":
		return dragonpass.Refuse(dragonpass.InvalidRequest, "the world has no callback URL to replay to")
	}
	tx.forgetRetry(e)
	e.State, e.RetryAt, e.Again, e.Tries = store.EventPending, time.Time{}, e.Sending, 0
	tx.putEvent(e)
	return nil
}

// deliver has the world's events delivered. The lock is not held.
func (w *World) deliver(wait bool) {
	if w.config.CallbackURL != "" && w.config.Deliver != nil {
		w.config.Deliver(w, wait)
	}
}

// CallbackURL is where the world's events go; empty: nowhere.
func (w *World) CallbackURL() string { return w.config.CallbackURL }

// NextRetry is how long the world's running clock has until an event is to be tried again; false when no event waits, or
// the clock stands.
func (w *World) NextRetry() (time.Duration, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	_, d, ok := w.state.Retries.First()
	if !ok || w.state.Clock.Mode() == store.Frozen {
		return 0, false
	}
	return d.At.Sub(w.state.Clock.Now(w.machine())), true
}

package platform

import (
	"context"
	"slices"
	"time"

	"dragonmock/mock/dragonpass"
)

// EventState is how far a callback has come.
type EventState string

// The states of a callback.
const (
	EventRecorded  EventState = "recorded"  // the world has no callback URL: nobody is told
	EventPending   EventState = "pending"   // it is to be delivered now
	EventWaiting   EventState = "waiting"   // it failed, and is tried again later
	EventDelivered EventState = "delivered" // it was acknowledged
	EventFailed    EventState = "failed"    // no attempt was acknowledged
)

// Event is one callback of a world, and its delivery log. It is kept whether or not there is anybody to tell.
type Event struct {
	ID       string // by age, sorts
	At       time.Time
	Notice   dragonpass.Notice
	State    EventState
	Attempts []Attempt // the latest, oldest first
	Tries    int       // attempts since it was last to be sent for the first time: a replay begins anew
	RetryAt  time.Time // while waiting
	Sending  bool      // it is on its way: pending, and not in the outbox
	Again    bool      // it was replayed meanwhile
	Late     bool      // a fault rule has postponed it, which happens once
}

// Attempt is one try to deliver an event.
type Attempt struct {
	At     time.Time // world time
	Status int       // of the answer; 0: there was none
	Error  string    // why it was not acknowledged; empty: it was
}

// How much a world remembers.
const (
	maxEvents   = 1000
	maxAttempts = 100 // of one event; without replays there are never more than four
)

// notify records what the vendor tells about an order.
func (tx *Tx) notify(o dragonpass.Order) {
	r, _ := tx.resource(o.ResourceID)
	e := Event{ID: ageKey(tx.sequence()), At: tx.now, Notice: o.Notice(r), State: EventRecorded}
	if tx.world.config.CallbackURL != "" {
		e.State = EventPending
	}
	tx.putEvent(e)
	for tx.state.events.len() > maxEvents {
		oldest, forgotten, _ := tx.state.events.first()
		tx.unschedule(forgotten.RetryAt, callbackRetry, oldest)
		remove(tx, &tx.state.outbox, oldest)
		remove(tx, &tx.state.events, oldest)
	}
}

func (tx *Tx) putEvent(e Event) {
	put(tx, &tx.state.events, e.ID, e)
	if e.State == EventPending && !e.Sending {
		put(tx, &tx.state.outbox, e.ID, e.ID)
	} else if tx.state.outbox.has(e.ID) {
		remove(tx, &tx.state.outbox, e.ID)
	}
}

// Events lists the events of the world, oldest first.
func (tx *Tx) Events() []Event {
	events := []Event{}
	tx.state.events.each(func(_ string, e Event) bool {
		events = append(events, e)
		return true
	})
	return events
}

// TakePending takes the oldest event that is to be delivered now. Its deliverer tells how it went by [Tx.Attempted], or
// gives it back by [Tx.GiveBack].
func (tx *Tx) TakePending() (Event, bool) {
	id, _, ok := tx.state.outbox.first()
	if !ok {
		return Event{}, false
	}
	e, _ := tx.state.events.get(id)
	e.Sending, e.Again = true, false
	tx.putEvent(e)
	return e, true
}

// CallbackOperation is what fault rules call the sending of a callback.
const CallbackOperation = "callback"

// Postpone has an event that was taken sent later by the world's clock; others may overtake it.
func (tx *Tx) Postpone(id string, d time.Duration) {
	if e, ok := tx.state.events.get(id); ok && e.Sending {
		e.Sending, e.Late, e.State, e.RetryAt = false, true, EventWaiting, tx.now.Add(d)
		tx.schedule(e.RetryAt, callbackRetry, id)
		tx.putEvent(e)
	}
}

// GiveBack undoes [Tx.TakePending]: the event was not sent.
func (tx *Tx) GiveBack(id string) {
	if e, ok := tx.state.events.get(id); ok && e.Sending {
		e.Sending = false
		tx.putEvent(e)
	}
}

// ground gives back whatever was on its way when a state was kept: when the state returns, nobody carries it.
func (tx *Tx) ground() {
	var flying []string
	tx.state.events.each(func(id string, e Event) bool {
		if e.Sending {
			flying = append(flying, id)
		}
		return true
	})
	for _, id := range flying {
		tx.GiveBack(id)
	}
}

// Attempted notes an attempt to deliver an event: delivered, to be tried again, or failed for good.
func (tx *Tx) Attempted(id string, a Attempt) {
	e, ok := tx.state.events.get(id)
	if !ok || !e.Sending {
		return // forgotten meanwhile, or the world is back at a state that knows nothing of it
	}
	a.At = tx.now
	e.Attempts = append(slices.Clip(e.Attempts), a) // a copy: rows do not share what grows
	e.Attempts = e.Attempts[max(0, len(e.Attempts)-maxAttempts):]
	e.RetryAt = time.Time{}
	again := e.Again
	e.Sending, e.Again = false, false
	e.Tries++
	wait, more := dragonpass.RetryAfter(e.Tries)
	switch {
	case again:
		e.State, e.Tries = EventPending, 0
	case a.Error == "":
		e.State = EventDelivered
	case more:
		e.State, e.RetryAt = EventWaiting, tx.now.Add(wait)
		tx.schedule(e.RetryAt, callbackRetry, id)
	default:
		e.State = EventFailed
	}
	tx.putEvent(e)
}

// EventNotFound is the refusal of an event that was not, or is forgotten. The vendor has no such symbol.
const EventNotFound dragonpass.Code = "EVENT_NOT_FOUND"

// ReplayEvent makes an event pending again, whatever became of it: a client gets duplicates, late ones, and in what
// order the test author asks for them. Its retries are counted anew. Errors: EVENT_NOT_FOUND, INVALID_REQUEST for a world without a callback URL.
func (tx *Tx) ReplayEvent(id string) error {
	e, ok := tx.state.events.get(id)
	switch {
	case !ok:
		return dragonpass.Refuse(EventNotFound, "no event %s", id)
	case tx.world.config.CallbackURL == "":
		return dragonpass.Refuse(dragonpass.InvalidRequest, "the world has no callback URL to replay to")
	}
	if e.State == EventWaiting {
		tx.unschedule(e.RetryAt, callbackRetry, id)
	}
	e.State, e.RetryAt, e.Again, e.Tries = EventPending, time.Time{}, e.Sending, 0
	tx.putEvent(e)
	return nil
}

// retry makes a waiting event pending again.
func (tx *Tx) retry(id string) {
	if e, ok := tx.state.events.get(id); ok && e.State == EventWaiting {
		e.State, e.RetryAt = EventPending, time.Time{}
		tx.putEvent(e)
	}
}

// deliver has the world's events delivered. The lock is not held.
func (w *World) deliver(wait bool) {
	if w.config.CallbackURL != "" && w.config.Deliver != nil {
		w.config.Deliver(context.Background(), w, wait)
	}
}

// CallbackURL is where the world's events go; empty: nowhere.
func (w *World) CallbackURL() string { return w.config.CallbackURL }

// NextRetry is how long the world's running clock has until an event is to be tried again; false when no event waits, or
// the clock stands.
func (w *World) NextRetry() (time.Duration, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.state.clock.Mode() == Frozen {
		return 0, false
	}
	now := w.state.clock.Now(w.machine())
	var wait time.Duration
	found := false
	w.state.due.each(func(_ string, d due) bool {
		found = d.What == callbackRetry
		wait = d.At.Sub(now)
		return !found
	})
	return wait, found
}

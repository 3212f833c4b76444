package outbox

import (
	"cmp"
	"slices"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/news"
	"dragonmock/mock/internal/clock"
	"dragonmock/mock/internal/rowkey"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

// Operation is what fault rules call the sending of a callback.
const Operation = "callback"

// Due has what to do for what is due in here, by its kind.
func Due() map[string]world.DueHandler {
	return map[string]world.DueHandler{store.CallbackRetry: func(tx *world.Tx, id string) error {
		if e, ok := tx.Events.Get(id); ok && e.State == store.EventWaiting {
			forgetRetry(tx, e)
			e.State, e.RetryAt = store.EventPending, time.Time{}
			put(tx, e)
		}
		return nil
	}}
}

// Notify records what the vendor tells the client, and has it delivered where there is a callback URL.
func Notify(tx *world.Tx, n news.Notice) { record(tx, n, news.Event{}) }

// Tell has clients of v2 told of something, when they subscribed to it; a walk-in's redemption is told by a notice.
func Tell(tx *world.Tx, what news.Event, n news.Notice) {
	if tx.Receivers().Of(what.Kind) != "" {
		record(tx, n, what)
	}
}

// Announce tells clients of v2 of many things at once, in one batch: see [news.Batches]. No two batches have one id,
// whatever the clock does. It returns how many messages the batch has: none when nobody has subscribed.
func Announce(tx *world.Tx, kind news.Kind, groups ...news.Group) int {
	if tx.Receivers().Of(kind) == "" {
		return 0
	}
	tx.Counters.Batch = max(tx.Counters.Batch+1, uint64(max(tx.Now().Unix(), 0)))
	id := news.BatchID(time.Unix(int64(tx.Counters.Batch), 0))
	batches := news.Batches(id, tx.Client().DefaultProgram(), tx.Now(), groups)
	for _, b := range batches {
		Tell(tx, news.Event{Kind: kind, Batch: b}, news.Notice{})
	}
	return len(batches)
}

func record(tx *world.Tx, n news.Notice, what news.Event) {
	for tx.Events.Len() >= store.MaxEvents {
		forgetOne(tx)
	}
	Forget(tx)
	e := store.Event{ID: rowkey.Age(tx.Sequence()), At: tx.Now(), Notice: n, News: what, State: store.EventRecorded}
	if tx.Receivers().Of(what.Kind) != "" {
		e.State = store.EventPending
	}
	put(tx, e)
}

// Forget forgets events as long as they take too many bytes.
func Forget(tx *world.Tx) {
	for bytes := tx.Events.Size(); bytes > store.MaxEventBytes || tx.Events.Len() > 0 && tx.Crowded(bytes); bytes = tx.Events.Size() {
		forgetOne(tx)
	}
}

// forgetOne makes room for an event: the oldest leaves of those with which least is lost. What was not delivered does not
// leave in silence.
func forgetOne(tx *world.Tx) {
	var oldest store.Event
	least := worthMost + 1
	tx.Events.Each(func(_ string, e store.Event) bool {
		if w := worth(e); w < least {
			oldest, least = e, w
		}
		return least > worthLeast
	})
	remembered := tx.Events.Len()
	forgetRetry(tx, oldest)
	tx.Outbox.Remove(oldest.ID)
	tx.Events.Remove(oldest.ID)
	tx.Counters.Dropped++
	if least > worthLeast {
		tx.Counters.Missed++
		tx.WarnOnce("a callback that was not delivered is forgotten: a world remembers only so many; from now on they are counted",
			"event", oldest.ID, "order", oldest.Notice.OrderID, "state", oldest.State, "remembered", remembered)
	}
}

// What is lost with an event that is forgotten.
const (
	worthLeast = iota // nothing more is to come
	worthALog         // it was given up, and its log says why
	worthATry         // it is still to be delivered
	worthMost         // it is on its way, and may have arrived by now
)

func worth(e store.Event) int {
	switch {
	case e.State == store.EventDelivered, e.State == store.EventRecorded:
		return worthLeast
	case e.State == store.EventFailed:
		return worthALog
	case e.Sending:
		return worthMost
	}
	return worthATry
}

// put stores an event, and whether it is to be delivered now.
func put(tx *world.Tx, e store.Event) {
	tx.Events.Put(e.ID, e)
	if e.State == store.EventPending && !e.Sending {
		tx.Outbox.Put(e.ID, e.ID)
	} else if tx.Outbox.Has(e.ID) {
		tx.Outbox.Remove(e.ID)
	}
}

// waitUntil has an event wait until a time.
func waitUntil(tx *world.Tx, e store.Event, at time.Time) {
	e.State, e.RetryAt = store.EventWaiting, at
	tx.Schedule(at, store.CallbackRetry, e.ID)
	if key := store.RetryKey(e); tx.Due.Has(key) { // it is not beyond the years that clocks show
		tx.Retries.Put(key, e.ID)
	}
	put(tx, e)
}

// forgetRetry takes back what [waitUntil] planned.
func forgetRetry(tx *world.Tx, e store.Event) {
	if e.State == store.EventWaiting {
		tx.Unschedule(e.RetryAt, store.CallbackRetry, e.ID)
		tx.Retries.Remove(store.RetryKey(e))
	}
}

// Forgotten counts the events that a world has forgotten, because it remembers only so many.
type Forgotten struct {
	Dropped uint64
	Missed  uint64 // of those: not delivered
}

// Forgot counts what a world has forgotten. To ask is no use of it. Errors: WORLD_ENDED.
func Forgot(w *world.World) (Forgotten, error) {
	return world.Look(w, func(s *store.State, _ time.Time) Forgotten { return Forgotten{s.Counters.Dropped, s.Counters.Missed} })
}

// NextRetry is how long the running clock of a world has until an event is to be delivered again; false when none waits,
// the clock stands, or the world has ended.
func NextRetry(w *world.World) (in time.Duration, ok bool) {
	_, _ = world.Look(w, func(s *store.State, now time.Time) struct{} {
		if s.Clock.Mode() == clock.Frozen {
			return struct{}{}
		}
		s.Retries.Each(func(key, id string) bool {
			e, _ := s.Events.Get(id)
			in, ok = e.RetryAt.Sub(now), s.Due.Has(key)
			return !ok // what is not due any more never comes: its handler failed, and it was dropped
		})
		return struct{}{}
	})
	return in, ok
}

// List lists the events of a world, oldest first.
func List(tx *world.Tx) []store.Event {
	events := []store.Event{}
	tx.Events.Each(func(_ string, e store.Event) bool {
		events = append(events, e)
		return true
	})
	return events
}

// Delivery is an attempt that reached the client: it was answered.
type Delivery struct {
	Event store.Event
	store.Attempt
}

// Deliveries lists what reached the client, in the order in which it came: of each event that is remembered, the attempts
// that are.
func Deliveries(tx *world.Tx) []Delivery {
	deliveries := []Delivery{}
	for _, e := range List(tx) {
		for _, a := range e.Attempts {
			if a.Status != 0 {
				deliveries = append(deliveries, Delivery{e, a})
			}
		}
	}
	slices.SortFunc(deliveries, func(a, b Delivery) int { return cmp.Compare(a.Order, b.Order) })
	return deliveries
}

// Take takes the oldest event that is to be delivered now, inside the world itself or outside. Its deliverer tells how
// it went by [Attempted] or [Postpone], or gives it back by [GiveBack].
func Take(tx *world.Tx, inside bool) (taken store.Event, ok bool) {
	var gone []string
	tx.Outbox.Each(func(id, _ string) bool {
		e, there := tx.Events.Get(id)
		if !there || e.ID != id || e.State != store.EventPending || e.Sending {
			gone = append(gone, id)
			return true
		}
		if to := tx.Receivers().Of(e.News.Kind); to != "" && (to == world.Sink) == inside {
			taken, ok = e, true
		}
		return !ok
	})
	for _, id := range gone {
		tx.GoneWrong("there is no event to deliver, its place in the outbox is dropped", "event", id)
		tx.Outbox.Remove(id)
	}
	if ok {
		taken.Sending, taken.Again = true, false
		put(tx, taken)
	}
	return taken, ok
}

// Postpone has an event that was taken sent later by the world's clock; others may overtake it.
func Postpone(tx *world.Tx, id string, d time.Duration) {
	if e, ok := tx.Events.Get(id); ok && e.Sending {
		e.Sending, e.Again, e.Late = false, false, true
		waitUntil(tx, e, tx.Now().Add(d))
	}
}

// GiveBack undoes [Take]: the event was not sent.
func GiveBack(tx *world.Tx, id string) {
	if e, ok := tx.Events.Get(id); ok && e.Sending {
		e.Sending, e.Again = false, false // a replay that was asked for meanwhile is this one
		put(tx, e)
	}
}

// GiveAllBack gives back whatever was on its way when a state was kept: when the state returns, nobody carries it.
func GiveAllBack(tx *world.Tx) {
	var sending []string
	tx.Events.Each(func(id string, e store.Event) bool {
		if e.Sending {
			sending = append(sending, id)
		}
		return true
	})
	for _, id := range sending {
		GiveBack(tx, id)
	}
}

// Attempted notes an attempt to deliver an event: delivered, to be tried again, or failed for good.
func Attempted(tx *world.Tx, id string, a store.Attempt) {
	Forget(tx)
	e, ok := tx.Events.Get(id)
	if !ok || !e.Sending {
		return // forgotten meanwhile, or the world is back at a state that knows nothing of it
	}
	a.At, a.Number, a.Order = tx.Now(), 1, tx.Sequence()
	if n := len(e.Attempts); n > 0 {
		a.Number = e.Attempts[n-1].Number + 1
	}
	latest := e.Attempts[max(0, len(e.Attempts)-store.MaxAttempts+1):]
	e.Attempts = append(latest[:len(latest):len(latest)], a)
	e.RetryAt = time.Time{}
	e.Tries++
	again := e.Again
	e.Sending, e.Again = false, false
	wait, more := news.RetryAfter(e.Tries)
	switch {
	case again:
		e.State, e.Tries = store.EventPending, 0
	case a.Error == "":
		e.State = store.EventDelivered
	case more:
		waitUntil(tx, e, tx.Now().Add(wait))
		return
	default:
		e.State = store.EventFailed
	}
	put(tx, e)
}

// Replay makes an event pending again, whatever became of it: a client gets duplicates, late ones, and in what order the
// test author asks for them. Its retries begin anew. Errors: EVENT_NOT_FOUND, INVALID_REQUEST for a world without a
// callback URL.
func Replay(tx *world.Tx, id string) error {
	e, ok := tx.Events.Get(id)
	switch {
	case !ok:
		return dragonpass.Refuse(dragonpass.EventNotFound, "no event %s", id)
	case tx.Receivers().Of(e.News.Kind) == "":
		return dragonpass.Refuse(dragonpass.InvalidRequest, "the world has no callback URL to replay to")
	}
	forgetRetry(tx, e)
	e.State, e.RetryAt, e.Again, e.Tries = store.EventPending, time.Time{}, e.Sending, 0
	put(tx, e)
	return nil
}

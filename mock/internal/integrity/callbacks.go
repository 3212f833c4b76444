package integrity

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/clock"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/store"
)

func (c *checker) answer(requestID string, a store.Answer) {
	c.age("/value/Age", a.Age)
	if id, _ := c.AnswerAges.Get(store.AgeKey(a.Age)); id != requestID {
		c.wrong("/value/Age", "expected the age at which answerAge has it, got %d", a.Age)
	}
	if requestID == "" || a.Operation == "" {
		c.wrong("", "expected a request id and an operation")
	}
	if !jsontext.Value(a.Body).IsValid() {
		c.wrong("/value/Body", "expected the JSON of an answer")
	}
	c.instant("/value/At", a.At)
}

func (c *checker) allEvents() {
	each(c, &c.Events, c.event)
	if n := c.Events.Len(); n > store.MaxEvents {
		c.whole("expected at most %d, got %d", store.MaxEvents, n)
	}
}

// maxNumber bounds the numbers of attempts, which deliveries show in 32 bits, with as much room above it.
const maxNumber = 1 << 30

func (c *checker) event(key string, e store.Event) {
	c.ageKey(key)
	c.key(key, e.ID)
	c.instant("/value/At", e.At)
	c.notice(e.Notice)
	switch e.State {
	case store.EventRecorded, store.EventPending, store.EventWaiting, store.EventDelivered, store.EventFailed:
	default:
		c.wrong("/value/State", "expected recorded, pending, waiting, delivered or failed, got %q", e.State)
	}
	if e.Sending && e.State != store.EventPending {
		c.wrong("/value/Sending", "expected it of a pending event only")
	}
	if e.Again && !e.Sending {
		c.wrong("/value/Again", "expected it of an event on its way only")
	}
	if pending := e.State == store.EventPending && !e.Sending; pending != c.Outbox.Has(e.ID) {
		c.wrong("/value/State", "expected a row of outbox exactly when it is to be delivered")
	}
	c.instantIf("/value/RetryAt", e.RetryAt, e.State == store.EventWaiting)
	if e.State == store.EventWaiting && clock.CheckInstant(e.RetryAt) == nil && !c.Retries.Has(store.RetryKey(e)) {
		c.wrong("/value/RetryAt", "expected a row of retries for it")
	}
	c.within("/value/Tries", e.Tries, 0, dragonpass.MaxTries)
	c.within("/value/Attempts", len(e.Attempts), 0, store.MaxAttempts)
	for i, a := range e.Attempts {
		at := fmt.Sprintf("/value/Attempts/%d", i)
		c.instant(at+"/At", a.At)
		if a.Status != 0 {
			c.within(at+"/Status", a.Status, 100, 999)
		}
		c.age(at+"/Order", a.Order)
		c.within(at+"/Number", a.Number, 1, maxNumber)
		if i > 0 && a.Number != e.Attempts[i-1].Number+1 {
			c.wrong(at+"/Number", "expected %d, the next one, got %d", e.Attempts[i-1].Number+1, a.Number)
		}
	}
}

// notice holds what a callback tells to its order. It tells what was so then: the resource may have another name now, and
// a use that was told may have been taken back.
func (c *checker) notice(n dragonpass.Notice) {
	o, ok := c.Orders.Get(n.OrderID)
	if !ok {
		c.wrong("/value/Notice/OrderID", "expected an order, there is no %q", n.OrderID)
		return
	}
	r := c.resource(o.ResourceID)
	if r == nil {
		return // which the order says
	}
	want := o.Notice(*r)
	if n.Cancelled && !(want.Cancelled && n.CancelledAt.Equal(want.CancelledAt)) || !n.Cancelled && !n.CancelledAt.IsZero() {
		c.wrong("/value/Notice/Cancelled", "expected what the order %s says", n.OrderID)
	}
	c.text("/value/Notice/ResourceName", n.ResourceName, 1, 200)
	same := n.CreatedAt.Equal(want.CreatedAt)
	want.Cancelled, want.CancelledAt, want.CreatedAt, want.ResourceName = n.Cancelled, n.CancelledAt, n.CreatedAt, n.ResourceName
	if !same || n != want {
		c.wrong("/value/Notice", "expected what the order %s and its resource say", n.OrderID)
	}
}

func (c *checker) outbox(key, id string) {
	c.key(key, id)
	if e, ok := c.Events.Get(id); !ok || e.State != store.EventPending || e.Sending {
		c.wrong("/value", "expected an event that is to be delivered, got %q", id)
	}
}

func (c *checker) retry(key, id string) {
	e, ok := c.Events.Get(id)
	if !ok || e.State != store.EventWaiting {
		c.wrong("/value", "expected an event that waits, got %q", id)
		return
	}
	c.key(key, store.RetryKey(e)) // what was due may have failed, and be dropped
}

func (c *checker) due(key string, d store.Due) {
	c.key(key, d.Key())
	if err := clock.CheckInstant(d.At); err != nil {
		c.wrong("/value/At", "%s", err)
	}
	var at time.Time // when it is due, by what it is about; zero: it is not
	switch d.What {
	case store.ReservationReleased:
		if t, ok := c.Tokens.Get(d.ID); ok && t.Reserved {
			at = store.AfterEnd(t.ValidUntil)
		}
	case store.OrderConfirmed, store.OrderFailed:
		if o, ok := c.Orders.Get(d.ID); ok && o.Status == dragonpass.Pending {
			at = o.SettlesAt
		}
	case store.EPassExpired:
		if p, ok := c.EPasses.Get(d.ID); ok && p.CancelledAt.IsZero() {
			at = store.AfterEnd(p.ExpirationDate)
		}
	case store.MembershipExpired:
		if m, ok := c.Memberships.Get(d.ID); ok && m.Status != dragonpass.MembershipCancelled {
			at = store.AfterEnd(m.ExpirationDate)
		}
	case store.CallbackRetry:
		if e, ok := c.Events.Get(d.ID); ok && c.Retries.Has(key) {
			at = e.RetryAt
		}
	default:
		if !c.terms.Due(d.What) {
			c.wrong("/value/What", "expected a kind of which something happens, got %q", d.What)
		}
		return
	}
	switch want := store.DueAt(at, d.What, d.ID); {
	case at.IsZero():
		c.wrong("/value/ID", "expected something to which %s happens, got %q", d.What, d.ID)
	case !want.At.Equal(d.At):
		c.wrong("/value/At", "expected %s, got %s", want.At.UTC().Format(time.RFC3339), d.At.UTC().Format(time.RFC3339))
	}
}

// allFaults holds the fault rules to what rules may say.
func (c *checker) allFaults() {
	var all []fault.Armed
	each(c, &c.Faults, func(key string, r fault.Armed) {
		var n uint64
		if _, err := fmt.Sscanf(key, "%016x", &n); err != nil || store.AgeKey(n) != key || n < 1 || n > c.Counters.FaultRow {
			c.wrong("/key", "expected an age of 1 to %d in 16 hex digits, got %q", c.Counters.FaultRow, key)
		}
		if s := r.Status(); s.Seen > maxCounter || s.Hits > maxCounter {
			c.wrong("/value", "expected no counter above %d", maxCounter)
		}
		all = append(all, r)
	})
	found, ok := errors.AsType[*fault.Error](fault.CheckArmed(all, c.terms.Faults))
	if !ok {
		return
	}
	for _, p := range found.Problems {
		index, member, _ := strings.Cut(strings.TrimPrefix(string(p.Pointer), "/faults/"), "/")
		if n, err := strconv.Atoi(index); err == nil {
			c.row = n
			c.wrong(strings.TrimSuffix("/value/"+member, "/"), "%s", p.Message)
		} else {
			c.whole("%s", p.Message)
		}
	}
}

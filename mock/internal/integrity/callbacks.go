package integrity

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/news"
	"dragonmock/mock/internal/clock"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/rowkey"
	"dragonmock/mock/internal/store"
)

func (c *checker) answer(requestID string, a store.Answer) {
	c.age("/value/Age", a.Age)
	if id, _ := c.AnswerAges.Get(rowkey.Age(a.Age)); id != requestID {
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
	if e.News.Kind == "" || e.News.Kind == news.WalkInRedemption {
		c.notice(e.Notice)
	} else if e.Notice != (news.Notice{}) {
		c.wrong("/value/Notice", "expected none of %s", string(e.News.Kind))
	}
	c.news(e.News)
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
	c.within("/value/Tries", e.Tries, 0, news.MaxTries)
	c.within("/value/Attempts", len(e.Attempts), 0, store.MaxAttempts)
	for i, a := range e.Attempts {
		at := fmt.Sprintf("/value/Attempts/%d", i)
		c.instant(at+"/At", a.At)
		if a.Status != 0 {
			c.within(at+"/Status", a.Status, 100, 999)
		}
		c.age(at+"/Order", a.Order)
		c.within(at+"/Number", a.Number, 1, maxNumber)
		c.text(at+"/KeyID", a.KeyID, 0, maxID)
		if i > 0 && a.Number != e.Attempts[i-1].Number+1 {
			c.wrong(at+"/Number", "expected %d, the next one, got %d", e.Attempts[i-1].Number+1, a.Number)
		}
	}
}

// notice holds what a callback tells to its order. It tells what was so then: the resource may have another name now, and
// a use that was told may have been taken back.
func (c *checker) notice(n news.Notice) {
	o, ok := c.Order(n.OrderID)
	if !ok {
		c.wrong("/value/Notice/OrderID", "expected an order, there is no %q", n.OrderID)
		return
	}
	r := c.resource(o.ResourceID)
	if r == nil {
		return // which the order says
	}
	want := news.NoticeOf(o, *r)
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

// news holds what clients of v2 are told to what there is.
func (c *checker) news(n news.Event) {
	if n.Kind != "" && !n.Kind.Known() {
		c.wrong("/value/News/Kind", "expected the name of an event, got %q", string(n.Kind))
		return
	}
	if n.Kind != news.StatusChanged && n.Change != (news.Change{}) {
		c.wrong("/value/News/Change", "expected it of prebooking.statusChanged alone")
	}
	if n.Kind != news.WalkInRedemption && (n.Local || n.Untyped) {
		c.wrong("/value/News", "expected no Local or Untyped, since they are of walkin.redemption alone")
	}
	if b := n.Batch; !n.Kind.Batched() && (b.ID != "" || b.Sequence != 0 || b.Total != 0 || !b.At.IsZero() || b.ProgramID != "" || b.Module != 0 || len(b.IDs) > 0) {
		c.wrong("/value/News/Batch", "expected it of events in batches alone")
	}
	switch {
	case n.Kind == news.StatusChanged:
		c.change(n.Change)
	case n.Kind.Batched():
		c.batch(n.Kind, n.Batch)
	}
}

func (c *checker) change(n news.Change) {
	c.instant("/value/News/Change/At", n.At)
	c.text("/value/News/Change/Remarks", n.Remarks, 0, dragonpass.MaxRemarks)
	c.within("/value/News/Change/Previous", int(n.Previous), int(dragonpass.Pending), int(dragonpass.Modified))
	c.within("/value/News/Change/Current", int(n.Current), int(dragonpass.Pending), int(dragonpass.Modified))
	o, ok := c.Order(n.OrderID)
	switch want := news.ChangeOf(o, n.Previous, n.At, n.Remarks); {
	case !ok || o.Category != dragonpass.Prebooking:
		c.wrong("/value/News/Change/OrderID", "expected a prebooking, there is no %q", n.OrderID)
	default:
		if want.Current = n.Current; want != n { // it has gone on since
			c.wrong("/value/News/Change", "expected what the order %s says", n.OrderID)
		}
	}
}

func (c *checker) batch(kind news.Kind, b news.Batch) {
	const at = "/value/News/Batch"
	c.text(at+"/ID", b.ID, 1, maxID)
	c.text(at+"/ProgramID", b.ProgramID, 1, dragonpass.MaxProgramID)
	c.instant(at+"/At", b.At)
	c.within(at+"/Total", b.Total, 1, store.MaxEvents)
	c.within(at+"/Sequence", b.Sequence, 1, max(b.Total, 1))
	c.within(at+"/IDs", len(b.IDs), 1, news.MaxBatch)
	if kind != news.HubsUpdated {
		c.module(at+"/Module", b.Module)
	} else if b.Module != 0 {
		c.wrong(at+"/Module", "expected none of hubs, got %d", b.Module)
	}
	for i, id := range b.IDs {
		member := fmt.Sprintf("%s/IDs/%d", at, i)
		if kind == news.HubsUpdated {
			if _, ok := c.terms.Catalog.Hub(id); !ok {
				c.wrong(member, "expected a transport hub, there is no %q", id)
			}
		} else if r := c.resource(id); r == nil || r.Module != b.Module {
			c.wrong(member, "expected a resource of module %d, got %q", b.Module, id)
		}
	}
}

// keySets holds the key sets of an event to their bounds: a row is there once they were changed.
func (c *checker) keySets(event string, s store.KeySets) {
	if !news.Kind(event).Known() {
		c.wrong("/key", "expected the name of an event, got %q", event)
	}
	if s.Newest < 2 || s.Newest > store.MaxKeySets {
		c.wrong("/value/Newest", "expected 2 to %d, got %d", store.MaxKeySets, s.Newest)
	}
	c.maybe("/value/Until", s.Until)
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
		if o, ok := c.Order(d.ID); ok && o.Status == dragonpass.Pending {
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
		if _, err := fmt.Sscanf(key, "%016x", &n); err != nil || rowkey.Age(n) != key || n < 1 || n > c.Counters.FaultRow {
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

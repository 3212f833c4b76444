package platform

import (
	"fmt"
	"time"

	"dragonmock/mock/dragonpass"
)

// What can become due.
const (
	reservationReleased = "reservation.released"
	orderConfirmed      = "order.confirmed"
	orderFailed         = "order.failed"
	ePassExpired        = "ePass.expired"
	membershipExpired   = "membership.expired"
	callbackRetry       = "callback.retry"
)

// due is something that happens at a time of its own.
type due struct {
	At   time.Time
	What string
	ID   string // a token, an order or a pass
}

// key sorts by time, then kind and id.
func (d due) key() string { return fmt.Sprintf("%012d/%s/%s", d.At.Unix(), d.What, d.ID) }

// Fired is something that became due and happened.
type Fired struct {
	At   time.Time
	What string
	ID   string
}

// dueAt is something at a whole second: world time knows no others, and a frozen clock would never come to them.
func dueAt(at time.Time, what, id string) due {
	return due{at.Add(time.Second - time.Nanosecond).Truncate(time.Second), what, id}
}

// schedule has something happen at a time, unless no clock ever comes there.
func (tx *Tx) schedule(at time.Time, what, id string) {
	d := dueAt(at, what, id)
	if CheckClock(d.At) != nil && d.At.After(tx.now) {
		return
	}
	put(tx, &tx.state.due, d.key(), d)
}

func (tx *Tx) unschedule(at time.Time, what, id string) {
	remove(tx, &tx.state.due, dueAt(at, what, id).key())
}

// settle lets happen all that is due by now, each in a commit of its own and at its own time. The lock is held.
func (w *World) settle(now time.Time) []Fired {
	var fired []Fired
	for {
		key, d, ok := w.state.due.first()
		if !ok || d.At.After(now) {
			return fired
		}
		_ = w.try(w.begin(d.At), d.What, func(tx *Tx) error { // what is due does not fail
			remove(tx, &tx.state.due, key)
			tx.happen(d)
			return nil
		})
		fired = append(fired, Fired(d))
	}
}

// happen does what is due.
func (tx *Tx) happen(d due) {
	switch d.What {
	case reservationReleased:
		tx.releaseReservation(d.ID)
	case orderConfirmed:
		tx.confirmOrder(d.ID)
	case orderFailed:
		tx.failOrder(d.ID)
	case callbackRetry:
		tx.retry(d.ID)
	case ePassExpired, membershipExpired:
		// Nothing to change: whether they have expired is derived from the clock. It is announced, that is all.
	}
}

// confirmOrder confirms an order that is still pending.
func (tx *Tx) confirmOrder(orderID string) {
	if o, ok := tx.state.orders.get(orderID); ok && o.Status == dragonpass.Pending {
		tx.putOrder(tx.confirm(o))
	}
}

// failOrder fails an order that is still pending, with refund.
func (tx *Tx) failOrder(orderID string) {
	if o, ok := tx.state.orders.get(orderID); ok && o.Status == dragonpass.Pending {
		tx.putOrder(o.Fail())
		tx.giveBack(o)
	}
}

package store

import (
	"fmt"
	"time"

	"dragonmock/mock/dragonpass"
)

// Key sorts by time, then kind and id.
func (d Due) Key() string { return fmt.Sprintf("%012d/%s/%s", d.At.Unix(), d.What, d.ID) }

// The kinds of [Due] that the vendor knows.
const (
	ReservationReleased = "reservation.released" // of a token
	OrderConfirmed      = "order.confirmed"
	OrderFailed         = "order.failed"
	EPassExpired        = "ePass.expired"
	MembershipExpired   = "membership.expired"
	CallbackRetry       = "callback.retry" // of an event
)

// DueAt is something at a whole second.
func DueAt(at time.Time, what, id string) Due {
	return Due{At: dragonpass.NextSecond(at), What: what, ID: id}
}

// AfterEnd is the first instant after an inclusive end, in whole seconds.
func AfterEnd(t time.Time) time.Time { return t.Add(time.Second) }

// RetryKey sorts waiting events by their time. It is the key of what is due then, too.
func RetryKey(e Event) string { return DueAt(e.RetryAt, CallbackRetry, e.ID).Key() }

package store

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"time"

	"dragonmock/mock/dragonpass"
)

// AgeKey writes a number as a key that sorts like it: 16 hex digits.
func AgeKey(n uint64) string {
	var bytes [8]byte
	binary.BigEndian.PutUint64(bytes[:], n)
	return hex.EncodeToString(bytes[:])
}

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

// DueAt is something at a whole second: world time knows no others, and a frozen clock would never come to them.
func DueAt(at time.Time, what, id string) Due {
	return Due{At: at.Add(time.Second - time.Nanosecond).Truncate(time.Second), What: what, ID: id}
}

// AfterEnd is the first instant after an inclusive end, in whole seconds.
func AfterEnd(t time.Time) time.Time { return t.Add(time.Second) }

// HolderKey writes a holder as a key.
func HolderKey(h dragonpass.Holder) string {
	if h.EPassID != "" {
		return "e" + h.EPassID
	}
	return "m" + h.MembershipID
}

// UsageKey is the key of an order in the list of its holder, which sorts by age.
func UsageKey(h dragonpass.Holder, age uint64) string { return HolderKey(h) + "/" + AgeKey(age) }

// UserKey begins the keys of what belongs to a user. The client chose the id and it may hold anything, so its length
// stands before it: no key of one user begins like another's.
func UserKey(clientUserID string) string {
	return fmt.Sprintf("%d:%s/", len(clientUserID), clientUserID)
}

// SlotKey is the key of one time of a resource.
func SlotKey(resourceID string, date dragonpass.LocalTime) string {
	return resourceID + "/" + string(date)
}

// RetryKey sorts waiting events by their time. It is the key of what is due then, too.
func RetryKey(e Event) string { return DueAt(e.RetryAt, CallbackRetry, e.ID).Key() }

package news

import (
	"time"

	"dragonmock/mock/dragonpass"
)

// Notice is what the vendor tells a client when a redemption order was created or updated (D/v1/338387m0).
type Notice struct {
	OrderID          string
	ProgramID        string
	Holder           dragonpass.Holder
	Module           dragonpass.Module
	Category         dragonpass.Category
	Cancelled        bool // the venue took the use back
	CreatedAt        time.Time
	CancelledAt      time.Time // zero: it is not
	UsageDate        string    // the wall clock of the resource, see [dragonpass.UsageDate]
	TransportHubID   string
	TransportHubName string
	ResourceID       string
	ResourceName     string
	Party            dragonpass.Party
}

// NoticeOf tells of a used order at its resource.
func NoticeOf(o dragonpass.Order, r dragonpass.Resource) Notice {
	return Notice{
		OrderID: o.OrderID, ProgramID: o.ProgramID, Holder: o.Holder, Module: o.Module, Category: o.Category, Cancelled: o.Status == dragonpass.Cancelled,
		CreatedAt: o.CreatedAt, CancelledAt: o.CancelledAt, UsageDate: dragonpass.UsageDate(o.UsedAt, r.Zone),
		TransportHubID: r.Hub.TransportHubID, TransportHubName: r.Hub.Name, ResourceID: r.ResourceID, ResourceName: r.Name, Party: o.Party,
	}
}

// A notice that is not acknowledged is sent again: up to three retries (D/v1/338387m0), after 1, 5 and 30 minutes of
// world time.
var retries = []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute}

// MaxTries is how many attempts there are of a notice that nobody acknowledges.
const MaxTries = 4

// RetryAfter is how long after the nth failed attempt, from 1, the next one comes; false when there is none.
func RetryAfter(attempts int) (time.Duration, bool) {
	if attempts < 1 || attempts > len(retries) {
		return 0, false
	}
	return retries[attempts-1], true
}

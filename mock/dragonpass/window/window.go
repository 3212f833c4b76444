package window

import (
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/option"
)

// A prebooking is let in from an hour before to three hours after its time, both ends inclusive (D/338945m0).
const (
	before = time.Hour
	after  = 3 * time.Hour
)

// Of is when an order can be used, both ends inclusive: around its time, or while what was bought of an option is good
//
func Of(o *dragonpass.Order, b option.Bought) (from, until time.Time) {
	if o.OptionID != "" {
		return b.From, b.Until
	}
	return o.ServiceAt.Add(-before), o.ServiceAt.Add(after)
}

// Stands says whether an order is a booking that is still to be used: it has not ended, nobody has used it, and its
// time to be used is not over. What was missed stands no more, and nothing is given back for it.
func Stands(o *dragonpass.Order, b option.Bought, now time.Time) bool {
	_, until := Of(o, b)
	return o.Category == dragonpass.Prebooking && !o.Dead() && o.Status != dragonpass.Used && !now.After(until)
}

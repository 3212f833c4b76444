package vendor

import (
	"slices"
	"time"
	"unicode/utf8"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/option"
	"dragonmock/mock/dragonpass/rules"
	"dragonmock/mock/dragonpass/window"
)

// Closing is a venue that closes.
type Closing struct {
	ResourceID string
	Remarks    string
	Resource   dragonpass.Resource // without id: there is none such
}

// Decide returns the resource, which takes nobody any more, or refuses: RESOURCE_NOT_FOUND, INVALID_REQUEST for remarks
// that say nothing, or too much. The bookings that it [Ends] are to be cancelled with full refund, whatever the policy
// says.
func (c *Closing) Decide() (dragonpass.Resource, error) {
	r := c.Resource
	if err := rules.RequireResource(c.ResourceID, r.ResourceID != ""); err != nil {
		return r, err
	}
	if err := checkRemarks(c.Remarks); err != nil {
		return r, err
	}
	r.WalkInAllowed, r.PrebookingAllowed = false, false
	return r, nil
}

// Ends says whether a venue that closes ends an order: one that stands, but for that of an eSIM of which a top-up is
// used, since the profile goes on then.
func Ends(o *dragonpass.Order, b option.Bought, topUps []dragonpass.Order, now time.Time) bool {
	used := func(t dragonpass.Order) bool { return t.Status == dragonpass.Used }
	return window.Stands(o, b, now) && !slices.ContainsFunc(topUps, used)
}

// Move is a booking that the vendor moves to another time of its resource.
type Move struct {
	OrderID  string
	Date     dragonpass.LocalTime
	Remarks  string
	Order    dragonpass.Order    // without id: there is none such
	Bought   option.Bought       // with the order, of an option
	Resource dragonpass.Resource // of the order
	Slot     dragonpass.Slot     // of the resource at the new time
}

// Decide returns the order, modified, or refuses, in this order: ORDER_NOT_FOUND; INVALID_REQUEST for remarks that say
// nothing, or too much; ORDER_NOT_CANCELLABLE for one that is no confirmed booking, or was missed; those of
// [rules.CheckSlotTime]; PREBOOKING_DATE_INVALID for the time that it has; SLOT_UNAVAILABLE. Vouchers and usages stay.
// How far ahead clients can book is not asked, nor whether the pass is good then: what is booked stays good (A-022,
//
func (m *Move) Decide(now time.Time) (dragonpass.Order, error) {
	o := m.Order
	if err := rules.RequireOrder(m.OrderID, o.OrderID != ""); err != nil {
		return o, err
	}
	if err := checkRemarks(m.Remarks); err != nil {
		return o, err
	}
	switch {
	case o.Category != dragonpass.Prebooking || o.Status != dragonpass.Confirmed && o.Status != dragonpass.Modified:
		return o, dragonpass.Refuse(dragonpass.OrderNotCancellable, "order %s is no confirmed prebooking, its status is %d", o.OrderID, o.Status).
			By("A-093").Unless("a confirmed prebooking")
	case !window.Stands(&o, m.Bought, now):
		_, until := window.Of(&o, m.Bought)
		return o, dragonpass.Refuse(dragonpass.OrderNotCancellable, "order %s was missed: it was good until %s", o.OrderID, until).
			By("A-093").Unless("a time at or before %s", until)
	}
	service, err := rules.CheckSlotTime(&m.Resource, m.Date, now)
	if err != nil {
		return o, rules.Renamed(err, "resourceId", "orderId") // a move names no resource
	}
	if m.Date == o.Date {
		return o, dragonpass.RefuseField(dragonpass.PrebookingDateInvalid, "prebookingDate", "the booking is at %s already", m.Date).By("A-093")
	}
	if m.Slot.Free() < o.Persons() {
		return o, dragonpass.Refuse(dragonpass.SlotUnavailable, "resource %s has %d places left at %s, the party has %d persons",
			o.ResourceID, m.Slot.Free(), m.Date, o.Persons()).By("A-023").Unless("another time")
	}
	o.Status, o.Date, o.ServiceAt, o.ModifiedAt = dragonpass.Modified, m.Date, service, now
	return o, nil
}

// checkRemarks refuses what says nothing, or too much: INVALID_REQUEST.
func checkRemarks(text string) error {
	if n := utf8.RuneCountInString(text); n < 1 || n > dragonpass.MaxRemarks {
		return dragonpass.RefuseField(dragonpass.InvalidRequest, "remarks", "expected 1 to %d characters, got %d", dragonpass.MaxRemarks, n).By("D/339353m0")
	}
	return nil
}

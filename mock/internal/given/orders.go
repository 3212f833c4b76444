package given

import (
	"fmt"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/duration"
)

// Order is a usage order that is there from the start: a prebooking when it has a date, else a walk-in. It takes
// usages and places as if a client had made it; no policy is asked of it.
type Order struct {
	As               string                  `json:"as"` // the name that steps call it by
	OrderID          string                  `json:"orderId"`
	EPassID          string                  `json:"ePassId"`
	MembershipID     string                  `json:"membershipId"`
	ResourceID       string                  `json:"resourceId"`
	OptionID         string                  `json:"optionId"`       // of a lifestyle resource, which is always booked
	PrebookingDate   dragonpass.LocalTime    `json:"prebookingDate"` // empty: a walk-in
	AdultCount       *int                    `json:"adultCount"`     // nil: 1
	ChildCount       int                     `json:"childCount"`
	Status           *dragonpass.OrderStatus `json:"status"`           // nil: confirmed, or used for a walk-in
	OrderCreatedDate string                  `json:"orderCreatedDate"` // empty: now
}

func (g giver) order(given Order, _ int) *Error {
	r, ok := booking.FindResource(g.Tx, given.ResourceID)
	if !ok {
		return g.noResource(given.ResourceID)
	}
	holder := dragonpass.Holder{EPassID: given.EPassID, MembershipID: given.MembershipID}
	account := booking.FindAccount(g.Tx, holder)
	if err := account.Require(holder); err != nil {
		return wrong("", err)
	}
	if err := account.CheckModule(r.Module); err != nil {
		return wrong("/resourceId", err)
	}
	if g.OrderIDTaken(given.OrderID) {
		return &Error{"/orderId", "order " + given.OrderID + " is there already"}
	}
	created, err := g.instant(given.OrderCreatedDate, "0s")
	if err != nil {
		return wrong("/orderCreatedDate", err)
	}
	if created.After(g.Now()) {
		return &Error{"/orderCreatedDate", "expected an instant up to the world's now, " + duration.Instant(g.Now()).String()}
	}
	o := dragonpass.Order{
		OrderID: given.OrderID, ProgramID: account.ProgramID(), Module: r.Module, Category: dragonpass.WalkIn, Status: dragonpass.Used,
		Holder: account.Holder(), ResourceID: r.ResourceID, CreatedAt: created, Party: dragonpass.Party{Adults: 1, Children: given.ChildCount},
	}
	if given.AdultCount != nil {
		o.Party.Adults = *given.AdultCount
	}
	if r.Module.Lifestyle() {
		if err := chosen(&r, given.OptionID); err != nil {
			return err
		}
		if o.OptionID = given.OptionID; given.PrebookingDate == "" {
			return &Error{"/prebookingDate", "it is missing: an option is always booked"}
		}
	} else if given.OptionID != "" {
		return chosen(&r, given.OptionID)
	}
	if given.PrebookingDate != "" {
		if !r.Prebookable() {
			return &Error{"/prebookingDate", "resource " + r.ResourceID + " cannot be booked"}
		}
		if o.ServiceAt, err = given.PrebookingDate.In(r.Zone); err != nil {
			return wrong("/prebookingDate", err)
		}
		o.Category, o.Status, o.Date = dragonpass.Prebooking, dragonpass.Confirmed, given.PrebookingDate
	}
	if given.Status != nil {
		o.Status = *given.Status
	}
	if o.Category == dragonpass.WalkIn && o.Status != dragonpass.Used && o.Status != dragonpass.Cancelled {
		return &Error{"/status", fmt.Sprintf("a walk-in is used (2) or cancelled (3), got %d", o.Status)}
	}
	switch o.Status {
	case dragonpass.Cancelled:
		o.UsedAt, o.CancelledAt = usedAt(o), g.Now()
	case dragonpass.Used:
		o.UsedAt = usedAt(o)
	case dragonpass.Modified:
		o.ModifiedAt = created
	}
	if !o.Dead() {
		if o.Spent, err = account.CheckUse(&r, o.Party, g.Now(), g.Now()); err != nil {
			return wrong("", err)
		}
	}
	o.Sequence = g.Sequence()
	if o.OrderID == "" {
		o.OrderID = g.NextOrderID()
	}
	o = booking.AddOrder(g.Tx, o, account, &r)
	members := map[string]string{"orderId": o.OrderID, "resourceId": o.ResourceID}
	if len(o.Vouchers) > 0 {
		members["voucher"] = o.Vouchers[0].Code
	}
	return g.call(given.As, members)
}

// usedAt is when an order that is given as used was used: at its service time, or when it was created.
func usedAt(o dragonpass.Order) time.Time {
	switch {
	case o.Category == dragonpass.WalkIn:
		return o.CreatedAt
	case o.Status == dragonpass.Used:
		return o.ServiceAt
	}
	return time.Time{}
}

package platform

import (
	"fmt"
	"time"

	"dragonmock/mock/dragonpass"
)

// GivenOrder is a usage order that is there from the start: a prebooking when it has a date, else a walk-in. It takes
// usages and places as if a client had made it; no policy is asked of it.
type GivenOrder struct {
	As               string                  `json:"as"` // the name that steps call it by
	OrderID          string                  `json:"orderId"`
	EPassID          string                  `json:"ePassId"`
	MembershipID     string                  `json:"membershipId"`
	ResourceID       string                  `json:"resourceId"`
	PrebookingDate   dragonpass.LocalTime    `json:"prebookingDate"` // empty: a walk-in
	AdultCount       *int                    `json:"adultCount"`     // nil: 1
	ChildCount       int                     `json:"childCount"`
	Status           *dragonpass.OrderStatus `json:"status"`           // nil: confirmed, or used for a walk-in
	OrderCreatedDate string                  `json:"orderCreatedDate"` // empty: now
}

func (tx *Tx) layOrder(g GivenOrder) *GivenError {
	r, ok := tx.resource(g.ResourceID)
	if !ok {
		return &GivenError{"/resourceId", "no resource " + g.ResourceID}
	}
	account, err := tx.account(dragonpass.Holder{EPassID: g.EPassID, MembershipID: g.MembershipID})
	if err != nil {
		return &GivenError{"", err.Error()}
	}
	if err := account.CheckModule(r.Module); err != nil {
		return &GivenError{"/resourceId", err.Error()}
	}
	if tx.orderIDTaken(g.OrderID) {
		return &GivenError{"/orderId", "order " + g.OrderID + " is there already"}
	}
	created, err := tx.instant(g.OrderCreatedDate, "0s")
	if err != nil {
		return &GivenError{"/orderCreatedDate", err.Error()}
	}
	o := dragonpass.Order{
		OrderID: g.OrderID, ProgramID: account.Program(), Module: r.Module, Category: dragonpass.WalkIn, Status: dragonpass.Used,
		Holder: account.Holder(), ResourceID: r.ResourceID, CreatedAt: created, Party: dragonpass.Party{Adults: 1, Children: g.ChildCount}, Sequence: tx.sequence(),
	}
	if g.AdultCount != nil {
		o.Party.Adults = *g.AdultCount
	}
	if g.PrebookingDate != "" {
		if !r.Prebookable() {
			return &GivenError{"/prebookingDate", "resource " + r.ResourceID + " cannot be booked"}
		}
		if o.ServiceAt, err = g.PrebookingDate.In(r.Zone); err != nil {
			return &GivenError{"/prebookingDate", err.Error()}
		}
		o.Category, o.Status, o.Date = dragonpass.Prebooking, dragonpass.Confirmed, g.PrebookingDate
	}
	if g.Status != nil {
		o.Status = *g.Status
	}
	if o.Category == dragonpass.WalkIn && o.Status != dragonpass.Used && o.Status != dragonpass.Cancelled {
		return &GivenError{"/status", fmt.Sprintf("a walk-in is used (2) or cancelled (3), got %d", o.Status)}
	}
	if err := tx.layUse(&o, account, r); err != nil {
		return &GivenError{"", err.Error()}
	}
	if o.OrderID == "" {
		o.OrderID = tx.nextOrderID()
	}
	if o.Category == dragonpass.Prebooking && o.Status != dragonpass.Pending && o.Status != dragonpass.Failed {
		status := o.Status
		o = tx.confirm(o)
		o.Status = status
	}
	tx.putOrder(o)
	if g.As != "" {
		tx.world.named[g.As] = map[string]string{"orderId": o.OrderID, "resourceId": o.ResourceID}
		if len(o.Vouchers) > 0 {
			tx.world.named[g.As]["voucher"] = o.Vouchers[0].Code
		}
	}
	return nil
}

// layUse takes the usages and places of an order that stands, and sets the times of one that has ended.
func (tx *Tx) layUse(o *dragonpass.Order, account dragonpass.Account, r dragonpass.Resource) error {
	switch o.Status {
	case dragonpass.Cancelled:
		o.UsedAt, o.CancelledAt = usedAt(*o), tx.now
		return nil
	case dragonpass.Failed:
		return nil
	case dragonpass.Used:
		o.UsedAt = usedAt(*o)
	}
	if err := account.CheckUse(r, o.Party, tx.now, tx.now); err != nil {
		return err
	}
	var err error
	if o.Spent, err = tx.take(account, r.Module, o.Party); err != nil {
		return err
	}
	if o.Category == dragonpass.Prebooking {
		slot := tx.slot(r, o.Date)
		slot.Left -= o.Persons()
		tx.putSlot(slot)
	}
	return nil
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

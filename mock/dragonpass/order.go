package dragonpass

import (
	"slices"
	"time"
)

// OrderStatus is the state of an order (D/339432m0; Failed A-005).
type OrderStatus int

// The order states. Nothing leaves Cancelled or Failed. Modified is as good as Confirmed: the vendor has changed what
// was booked by itself; its number is inferred (D/339353m0, A-093).
const (
	Pending   OrderStatus = 0
	Confirmed OrderStatus = 1
	Used      OrderStatus = 2
	Cancelled OrderStatus = 3
	Failed    OrderStatus = 4
	Modified  OrderStatus = 5
)

// MaxRemarks is how long what the vendor remarks may be, in characters.
const MaxRemarks = 500

// Order is one use of a pass or membership: a prebooking, or a walk-in.
type Order struct {
	OrderID     string
	ProgramID   string
	Module      Module
	Category    Category
	Status      OrderStatus
	Holder      Holder
	ResourceID  string
	OptionID    string // of a lifestyle resource
	CreatedAt   time.Time
	CancelledAt time.Time // zero: it is not; a failed order has none
	UsedAt      time.Time // zero: it is not
	ModifiedAt  time.Time `json:",omitzero"` // when the vendor moved it last; zero: never
	Party       Party
	Spent       Spent  // of a membership's entitlements
	Sequence    uint64 // age among the orders of the world; lists sort by it

	// Of prebookings only.
	Date      LocalTime // the service time as booked
	ServiceAt time.Time // its instant
	Vouchers  []Voucher // none while pending
	Passenger Passenger
	SettlesAt time.Time // when a pending order is confirmed or fails by itself; zero: never
	Polls     int       // how often the client looked at it while it was pending
}

// Voucher is a credential of a prebooking.
type Voucher struct {
	Code       string
	RedeemedAt time.Time // zero: it is not
}

// VoucherType is the only one known (D, seed).
const VoucherType = 1

// Persons is how many usages the order took.
func (o Order) Persons() int { return o.Party.Persons() }

// Dead says that the order has ended without a use that stands.
func (o Order) Dead() bool { return o.Status == Cancelled || o.Status == Failed }

// VoucherCount is how many vouchers a prebooking gets: one for a lounge whatever the party (D, seed), one a traveller
// for fast track (C). A fitness club gives its own when the traveller checks in (S).
func (o Order) VoucherCount() int {
	switch {
	case o.Module == FastTrack:
		return o.Persons()
	case o.Module == Fitness && o.UsedAt.IsZero():
		return 0
	}
	return 1
}

// Looked counts a look of the client at the order, and says whether it is the one by which the order is confirmed: where
// the resource confirms after so many looks, and the order is pending. Any other order is as it was.
func (o Order) Looked(c Confirmation) (next Order, confirms bool) {
	if o.Status != Pending || c.Mode != ConfirmPolls {
		return o, false
	}
	o.Polls++
	return o, o.Polls >= c.Polls
}

// Confirm moves a pending order to confirmed, with its vouchers.
func (o Order) Confirm(codes []string) Order {
	o.Status = Confirmed
	o.Vouchers = make([]Voucher, len(codes))
	for i, code := range codes {
		o.Vouchers[i] = Voucher{Code: code}
	}
	return o
}

// Fail moves a pending order to failed. The caller refunds.
func (o Order) Fail() Order {
	o.Status = Failed
	return o
}

// Cancel ends the order: a client cancels it, or the venue takes its use back. The caller refunds.
func (o Order) Cancel(now time.Time) Order {
	o.Status, o.CancelledAt = Cancelled, now
	return o
}

// Redeem uses the order's nth voucher, from 0. The first of them that is used makes the order used.
func (o Order) Redeem(n int, now time.Time) Order {
	o.Vouchers = slices.Clone(o.Vouchers)
	o.Vouchers[n].RedeemedAt = now
	if o.Status != Used {
		o.Status, o.UsedAt = Used, now
	}
	return o
}

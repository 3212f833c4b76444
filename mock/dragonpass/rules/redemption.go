package rules

import (
	"slices"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/option"
	"dragonmock/mock/dragonpass/window"
)

// WalkIn is a party at the door without a booking.
type WalkIn struct {
	Holder     dragonpass.Holder // zero when a dynamic string is shown
	QRCode     string            // the dynamic string; empty: the holder is named
	ResourceID string
	Party      dragonpass.Party

	QR       dragonpass.QRCode   // the row of the dynamic string; without it: there is none such
	Resource dragonpass.Resource // without id: there is none such
	Account  Account             // of the holder, or that the string stands for
}

// Decide returns the order, which is born used (D/339432m0) and lacks id and age, or refuses, in this order: the dynamic
// string (QR_CODE_EXPIRED), an unknown resource, an unknown account or one of another module, a resource without walk-in
// (WALK_IN_NOT_SUPPORTED), a bad party, what is wrong with the account.
func (w *WalkIn) Decide(now time.Time) (dragonpass.Order, error) {
	holder := w.Holder
	if w.QRCode != "" {
		if err := checkQRCode(&w.QR, now); err != nil {
			return dragonpass.Order{}, err
		}
		holder = dragonpass.Holder{MembershipID: w.QR.MembershipID}
	}
	r := &w.Resource
	if err := RequireResource(w.ResourceID, r.ResourceID != ""); err != nil {
		return dragonpass.Order{}, err
	}
	if err := w.Account.Require(holder); err != nil {
		return dragonpass.Order{}, err
	}
	if err := w.Account.CheckModule(r.Module); err != nil {
		return dragonpass.Order{}, err
	}
	if !r.WalkInAllowed || !r.Module.WalkIn() {
		return dragonpass.Order{}, dragonpass.Refuse(dragonpass.WalkInNotSupported, "resource %s cannot be used without a booking", r.ResourceID).
			By(dragonpass.Playground).Unless("a resource with walkInAllowed")
	}
	if err := checkParty(w.Party); err != nil {
		return dragonpass.Order{}, err
	}
	spent, err := w.Account.CheckUse(r, w.Party, now, now)
	if err != nil {
		return dragonpass.Order{}, err
	}
	return dragonpass.Order{
		ProgramID: w.Account.ProgramID(), Module: r.Module, Category: dragonpass.WalkIn, Status: dragonpass.Used, Holder: holder,
		ResourceID: r.ResourceID, CreatedAt: now, UsedAt: now, Party: w.Party, Spent: spent,
	}, nil
}

// checkQRCode refuses a string that stands for no membership, or does so no longer: QR_CODE_EXPIRED.
func checkQRCode(q *dragonpass.QRCode, now time.Time) error {
	switch {
	case q.Code == "":
		return dragonpass.RefuseField(dragonpass.QRCodeExpired, "qrCode", "it stands for no membership").By("A-012").
			Unless("a string of generateMembershipQRCode")
	case now.After(q.ValidUntil):
		return dragonpass.RefuseField(dragonpass.QRCodeExpired, "qrCode", "it ended at %s", q.ValidUntil).By("A-012").Unless("a new QR code")
	}
	return nil
}

// Redeem is a party at the door with a voucher.
type Redeem struct {
	Voucher string
	Party   dragonpass.Party
	Order   dragonpass.Order // whose voucher it is; zero: nobody's
	Bought  option.Bought    // with the order, of an option
	Closed  bool             // the resource takes nobody
}

// Decide returns the order with the voucher used, or refuses, in this order: an unknown voucher or a dead order
// (VOUCHER_INVALID), a used one (ORDER_ALREADY_USED), a closed venue (VOUCHER_INVALID), the window
// (REDEMPTION_WINDOW_CLOSED), a bad party, more persons than booked (PASSENGERS_INVALID). The first voucher makes the
// order used and deducts nothing again; of a fast track order each other voucher works once too. Fewer persons than
// booked are let in.
func (r *Redeem) Decide(now time.Time) (dragonpass.Order, error) {
	o := &r.Order
	at := slices.IndexFunc(o.Vouchers, func(v dragonpass.Voucher) bool { return v.Code == r.Voucher })
	switch {
	case at < 0 || o.Dead():
		return dragonpass.Order{}, dragonpass.Refuse(dragonpass.VoucherInvalid, "voucher %s is not good for any order", r.Voucher).By("A-024")
	case !o.Vouchers[at].RedeemedAt.IsZero():
		return dragonpass.Order{}, dragonpass.Refuse(dragonpass.OrderAlreadyUsed, "voucher %s is used already", r.Voucher).By("A-024")
	case r.Closed:
		return dragonpass.Order{}, dragonpass.Refuse(dragonpass.VoucherInvalid, "voucher %s is not good while resource %s is closed", r.Voucher, o.ResourceID).
			By("A-094").Unless("a resource that takes walk-ins or bookings")
	}
	from, to := window.Of(o, r.Bought)
	if now.Before(from) || now.After(to) {
		return dragonpass.Order{}, dragonpass.Refuse(dragonpass.RedemptionWindowClosed, "voucher %s is good from %s to %s", r.Voucher, from, to).
			By("D/338945m0").Unless("a time from %s to %s", from, to)
	}
	if err := checkParty(r.Party); err != nil {
		return dragonpass.Order{}, err
	}
	if most := o.Persons() / len(o.Vouchers); r.Party.Persons() > most {
		return dragonpass.Order{}, dragonpass.RefuseField(dragonpass.PassengersInvalid, "adultCount",
			"expected at most the %d persons of the voucher (adultCount + childCount), got %d", most, r.Party.Persons()).
			By("A-024").Unless("a party of at most %d", most)
	}
	return o.Redeem(at, now), nil
}

// Reverse is a venue that takes a use back.
type Reverse struct {
	OrderID string
	Order   dragonpass.Order   // without id: there is none such
	TopUps  []dragonpass.Order // of the eSIM that came with it
}

// Decide returns the order, cancelled, whose usages and places are to be given back (D/339432m0), or refuses:
// ORDER_NOT_FOUND, ORDER_ALREADY_CANCELLED, ORDER_NOT_CANCELLABLE for one that is not used and for an eSIM with a top-up
//
func (r *Reverse) Decide(now time.Time) (dragonpass.Order, error) {
	if err := RequireOrder(r.OrderID, r.Order.OrderID != ""); err != nil {
		return dragonpass.Order{}, err
	}
	switch r.Order.Status {
	case dragonpass.Used:
		return r.Order.Cancel(now), checkAlone(r.OrderID, r.TopUps)
	case dragonpass.Cancelled:
		return dragonpass.Order{}, dragonpass.Refuse(dragonpass.OrderAlreadyCancelled, "order %s is cancelled already", r.OrderID).By("D/339432m0")
	default:
		return dragonpass.Order{}, dragonpass.Refuse(dragonpass.OrderNotCancellable, "order %s is not used, so its use cannot be reversed", r.OrderID).
			By("D/339432m0").Unless("a used order")
	}
}

package dragonpass

import (
	"slices"
	"time"
)

// A prebooking is let in from an hour before to three hours after its time, both ends inclusive (D/338945m0).
const (
	redeemBefore = time.Hour
	redeemAfter  = 3 * time.Hour
)

// CheckWalkIn refuses a walk-in: an account of another module, a resource or module without walk-in, a party without an
// adult, an account that is no good; in this order.
func CheckWalkIn(a Account, r Resource, party Party, now time.Time) error {
	if err := a.CheckModule(r.Module); err != nil {
		return err
	}
	if !r.WalkInAllowed || !r.Module.WalkIn() {
		return Refuse(WalkInNotSupported, "resource %s cannot be used without a booking", r.ResourceID).By("S").Unless("a resource with walkInAllowed")
	}
	if err := party.check(0); err != nil {
		return err
	}
	return a.CheckUse(r, party, now, now)
}

// Redeem lets a party in on one of the order's vouchers. The first voucher makes the order used and deducts nothing
// again; of a fast track order each other voucher works once too. Fewer persons than booked are let in, more
// are PASSENGERS_INVALID. Refusals: VOUCHER_INVALID of a dead or unknown order, ORDER_ALREADY_USED,
// REDEMPTION_WINDOW_CLOSED.
func (o Order) Redeem(code string, party Party, now time.Time) (Order, error) {
	at := slices.IndexFunc(o.Vouchers, func(v Voucher) bool { return v.Code == code })
	switch {
	case at < 0 || o.Dead():
		return o, Refuse(VoucherInvalid, "voucher %s is not good for any order", code).By("A-024")
	case !o.Vouchers[at].RedeemedAt.IsZero():
		return o, Refuse(OrderAlreadyUsed, "voucher %s is used already", code).By("A-024")
	}
	from, to := o.ServiceAt.Add(-redeemBefore), o.ServiceAt.Add(redeemAfter)
	if now.Before(from) || now.After(to) {
		return o, Refuse(RedemptionWindowClosed, "voucher %s is good from %s to %s", code, from.UTC().Format(time.RFC3339), to.UTC().Format(time.RFC3339)).
			By("D/338945m0").Unless("a time from %s to %s", from, to)
	}
	if err := party.check(0); err != nil {
		return o, err
	}
	if most := o.Persons() / len(o.Vouchers); party.Persons() > most {
		return o, Refuse(PassengersInvalid, "adultCount + childCount: expected at most the %d persons of the voucher, got %d", most, party.Persons()).
			By("A-024").Unless("a party of at most %d", most)
	}
	o.Vouchers = slices.Clone(o.Vouchers)
	o.Vouchers[at].RedeemedAt = now
	if o.Status != Used {
		o.Status, o.UsedAt = Used, now
	}
	return o, nil
}

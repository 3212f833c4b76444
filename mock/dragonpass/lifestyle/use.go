package lifestyle

import (
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/option"
	"dragonmock/mock/dragonpass/rules"
)

// UseData is a traveller who uses data of an eSIM.
type UseData struct {
	OrderID string
	Bytes   int64
	Order   dragonpass.Order // without id: there is none such
	Bought  option.Bought
}

// MaxBytes is the most that one use can be.
const MaxBytes = 1 << 50

// Decide returns the order and what was bought with it once so much data of it is used, and no more than there is: the
// first use makes the order used, and begins the days of its package. It refuses, in this order: ORDER_NOT_FOUND,
// MODULE_MISMATCH, INVALID_REQUEST for fewer bytes than 1 or more than [MaxBytes], VOUCHER_INVALID for a package that
// is not there yet, used up or over, REDEMPTION_WINDOW_CLOSED before the eSIM connects.
func (u *UseData) Decide(now time.Time) (dragonpass.Order, option.Bought, error) {
	o, b := u.Order, u.Bought
	if err := RequireESIM(u.OrderID, &o, o.OrderID != ""); err != nil {
		return o, b, err
	}
	if u.Bytes < 1 || u.Bytes > MaxBytes {
		return o, b, dragonpass.RefuseField(dragonpass.InvalidRequest, "bytes", "expected 1 to %d, got %d", int64(MaxBytes), u.Bytes)
	}
	if words := map[option.State]string{
		option.Provisioning: "is not provisioned yet", option.UsedUp: "is used up", option.Expired: "has expired", option.Withdrawn: "was withdrawn",
	}[StateOf(&o, b, now)]; words != "" {
		return o, b, dragonpass.RefuseField(dragonpass.VoucherInvalid, "orderId", "the package of order %s %s", o.OrderID, words).By("A-033").Unless("a package that is good")
	}
	if now.Before(b.From) {
		return o, b, dragonpass.RefuseField(dragonpass.RedemptionWindowClosed, "orderId", "the eSIM connects from %s", b.From).By("A-033").Unless("a time at or after %s", b.From)
	}
	if o.Status != dragonpass.Used {
		o.Status, o.UsedAt = dragonpass.Used, now
	}
	return o, b.Use(u.Bytes, now), nil
}

// StateOf is the state of the package of an order.
func StateOf(o *dragonpass.Order, b option.Bought, now time.Time) option.State {
	return b.StateAt(o.Status == dragonpass.Pending, o.Dead(), now)
}

// CheckIn is a traveller at a fitness club.
type CheckIn struct {
	OrderID string
	Order   dragonpass.Order // without id: there is none such
	Bought  option.Bought
	Closed  bool // the club takes nobody
}

// Check refuses, in this order: ORDER_NOT_FOUND, MODULE_MISMATCH for what is no visit, ORDER_ALREADY_CANCELLED,
// ORDER_ALREADY_USED, VOUCHER_INVALID for an order that is pending or failed and for a closed club,
// REDEMPTION_WINDOW_CLOSED.
func (c *CheckIn) Check(now time.Time) error {
	o := &c.Order
	if err := rules.RequireOrder(c.OrderID, o.OrderID != ""); err != nil {
		return err
	}
	switch {
	case o.Module != dragonpass.Fitness:
		return dragonpass.RefuseField(dragonpass.ModuleMismatch, "orderId", "order %s is of module %d, not of a fitness club", o.OrderID, o.Module).
			By("A-085").Unless("an order of module %d", dragonpass.Fitness)
	case o.Status == dragonpass.Cancelled:
		return dragonpass.RefuseField(dragonpass.OrderAlreadyCancelled, "orderId", "order %s is cancelled", o.OrderID).By("A-085")
	case o.Status == dragonpass.Used:
		return dragonpass.RefuseField(dragonpass.OrderAlreadyUsed, "orderId", "order %s is checked in already", o.OrderID).By("A-085")
	case o.Status != dragonpass.Confirmed && o.Status != dragonpass.Modified:
		return dragonpass.RefuseField(dragonpass.VoucherInvalid, "orderId", "order %s is not confirmed", o.OrderID).By("A-085").Unless("a confirmed order")
	case c.Closed:
		return dragonpass.RefuseField(dragonpass.VoucherInvalid, "orderId", "order %s is not good while resource %s is closed", o.OrderID, o.ResourceID).By("A-094").
			Unless("a club that can be booked")
	}
	if b := c.Bought; now.Before(b.From) || now.After(b.Until) { // both ends still count
		return dragonpass.RefuseField(dragonpass.RedemptionWindowClosed, "orderId", "order %s is good from %s to %s", o.OrderID, b.From, b.Until).By("A-085").
			Unless("a time from %s to %s", b.From, b.Until)
	}
	return nil
}

// CheckRedeem refuses the voucher of an option that no counter takes: VOUCHER_INVALID for what is no local offer, since an
// eSIM is used by its data and a fitness club by checking in. Everything else is asked by [rules.Redeem].
func CheckRedeem(voucher string, o *dragonpass.Order) error {
	if o.OptionID != "" && o.Module != dragonpass.LocalOffer {
		return dragonpass.RefuseField(dragonpass.VoucherInvalid, "voucher", "voucher %s is of module %d, which no counter takes", voucher, o.Module).By("A-085").
			Unless("the voucher of a local offer")
	}
	return nil
}

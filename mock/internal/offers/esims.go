package offers

import (
	"slices"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/lifestyle"
	"dragonmock/mock/dragonpass/option"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/rowkey"
	"dragonmock/mock/internal/stock"
	"dragonmock/mock/internal/world"
)

// Package is an order of an eSIM, and what was bought with it.
type Package struct {
	booking.Order
	Bought option.Bought
}

// ESIM shows the client an order of an eSIM. Errors: ORDER_NOT_FOUND, MODULE_MISMATCH.
func ESIM(tx *world.Tx, orderID string) (Package, error) {
	o, ok := tx.Order(orderID)
	if err := lifestyle.RequireESIM(orderID, &o, ok); err != nil {
		return Package{}, err
	}
	find := booking.EPassUsageOrder
	if o.Holder.MembershipID != "" {
		find = booking.MembershipUsageOrder
	}
	order, err := find(tx, orderID)
	bought, _ := tx.Options.Get(orderID)
	return Package{order, bought}, err
}

// Profile is the order that an eSIM came with, whose profile all its orders have, and what was bought with it.
func Profile(tx *world.Tx, orderID string) (dragonpass.Order, option.Bought) {
	first := stock.First(tx, orderID)
	o, _ := tx.Order(first)
	b, _ := tx.Options.Get(first)
	return o, b
}

// Packages lists all that was bought for the profile of an eSIM, by age: the eSIM itself and its top-ups. It is named by its
// ICCID or by any of its orders. Errors: ORDER_NOT_FOUND, MODULE_MISMATCH.
func Packages(tx *world.Tx, iccid, orderID string) (string, []Package, error) {
	if iccid == "" {
		asked, err := ESIM(tx, orderID)
		if err != nil || asked.Bought.ICCID == "" { // it is not provisioned, so it is alone
			return "", []Package{asked}, err
		}
		iccid = asked.Bought.ICCID
	}
	var list []Package
	var failed error
	tx.ESIMs.EachDown(rowkey.ESIMs(iccid), func(_, id string) bool {
		o, _ := tx.Order(id)
		b, _ := tx.Options.Get(id)
		r, err := booking.ShowResource(tx, o.ResourceID)
		failed = err
		list = append(list, Package{booking.Order{Order: o, Resource: r}, b})
		return err == nil
	})
	slices.Reverse(list)
	if failed == nil && len(list) == 0 {
		failed = lifestyle.RequireProfile(iccid)
	}
	return iccid, list, failed
}

// TopUp asks for a package of an eSIM that is there.
type TopUp struct {
	Holder   dragonpass.Holder // zero: none
	OrderID  string            // any order of the eSIM
	OptionID string
}

// CheckTopUp returns a token for a package when the eSIM can have it. Errors: those of [booking.CheckAvailability].
func CheckTopUp(tx *world.Tx, t TopUp) (booking.Availability, error) {
	o, _ := tx.Order(t.OrderID)
	return booking.CheckAvailability(tx, dragonpass.AvailabilityRequest{
		Holder: t.Holder, Module: dragonpass.ESIM, ResourceID: o.ResourceID, OptionID: t.OptionID, TopUpOf: t.OrderID, Party: dragonpass.Party{Adults: 1},
	})
}

// UseData uses data of an eSIM at the test author's word. Errors: those of [lifestyle.UseData].
func UseData(tx *world.Tx, orderID string, bytes int64) (Package, error) {
	use := lifestyle.UseData{OrderID: orderID, Bytes: bytes}
	use.Order, _ = tx.Order(orderID)
	use.Bought, _ = tx.Options.Get(orderID)
	o, b, err := use.Decide(tx.Now())
	if err != nil {
		return Package{}, err
	}
	tx.Options.Put(orderID, b)
	if o.Status != use.Order.Status {
		booking.PutOrder(tx, &o)
	}
	r, _ := booking.FindResource(tx, o.ResourceID)
	return Package{booking.Order{Order: o, Resource: r}, b}, nil
}

// CheckIn is a traveller who checks in at a fitness club with an order, which is used then and gets its voucher
// . Errors: those of [lifestyle.CheckIn].
func CheckIn(tx *world.Tx, orderID string) (booking.Order, error) {
	check := lifestyle.CheckIn{OrderID: orderID}
	check.Order, _ = tx.Order(orderID)
	check.Bought, _ = tx.Options.Get(orderID)
	r, _ := booking.FindResource(tx, check.Order.ResourceID)
	check.Closed = r.Closed()
	if err := check.Check(tx.Now()); err != nil {
		return booking.Order{}, err
	}
	code := tx.NextVoucher()
	tx.Vouchers.Put(code, orderID)
	o := check.Order.Confirm([]string{code}).Redeem(0, tx.Now())
	booking.PutOrder(tx, &o)
	return booking.Order{Order: o, Resource: r}, nil
}

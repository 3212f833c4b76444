package integrity

import (
	"fmt"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/packed"
	"dragonmock/mock/internal/rowkey"
	"dragonmock/mock/internal/serial"
	"dragonmock/mock/internal/store"
)

func (c *checker) order(key string, kept packed.Order) {
	o := kept.Order()
	c.key(key, o.OrderID)
	c.text("/value/OrderID", o.OrderID, 1, maxID)
	if c.Issues.Has(o.OrderID) {
		c.wrong("/value/OrderID", "expected an id of its own, %q issued a pass", o.OrderID)
	}
	c.text("/value/ProgramID", o.ProgramID, 1, dragonpass.MaxProgramID)
	c.within("/value/Status", int(o.Status), int(dragonpass.Pending), int(dragonpass.Modified))
	c.holder("/value/Holder", o.Holder)
	if p, ok := c.EPasses.Get(o.Holder.EPassID); ok && !p.Covers(o.Module) {
		c.wrong("/value/Module", "expected one that the pass is for, got %d", o.Module)
	}
	c.optionOf(o.Module, o.OptionID)
	c.party("/value/Party", o.Party)
	c.spent(&o)
	c.instant("/value/CreatedAt", o.CreatedAt)
	c.instantIf("/value/CancelledAt", o.CancelledAt, o.Status == dragonpass.Cancelled)
	c.age("/value/Sequence", o.Sequence)
	if want := (store.UsageRow{OrderID: o.OrderID, Status: o.Status, Module: o.Module}); c.usageOf(&o) != want {
		c.wrong("/value", "expected a row %q of usage with its id, status and module", rowkey.Usage(o.Holder, o.Sequence))
	}
	c.within("/value/Polls", o.Polls, 0, maxCounter)
	switch o.Category {
	case dragonpass.WalkIn:
		c.walkIn(&o)
	case dragonpass.Prebooking:
		c.prebooking(&o)
	default:
		c.wrong("/value/Category", "expected 1 or 2, got %d", o.Category)
	}
}

func (c *checker) usageOf(o *dragonpass.Order) store.UsageRow {
	row, _ := c.Usage.Get(rowkey.Usage(o.Holder, o.Sequence))
	return row
}

// spent holds what an order took of a membership: a visit a person. One that was given as ended took none.
func (c *checker) spent(o *dragonpass.Order) {
	s := o.Spent
	c.within("/value/Spent/Cardholder", s.Cardholder, 0, 1)
	c.within("/value/Spent/Guests", s.Guests, 0, dragonpass.MaxPersons)
	c.within("/value/Spent/Shared", s.Shared, 0, dragonpass.MaxPersons)
	switch sum := s.Cardholder + s.Guests + s.Shared; {
	case o.Holder.EPassID != "":
		if s != (dragonpass.Spent{}) {
			c.wrong("/value/Spent", "expected nothing, since a pass was used")
		}
	case o.Dead() && sum == 0:
	case sum != persons(o.Party):
		c.wrong("/value/Spent", "expected %d visits, one a person, got %d", persons(o.Party), sum)
	}
}

func (c *checker) walkIn(o *dragonpass.Order) {
	if r := c.resource(o.ResourceID); r == nil {
		c.wrong("/value/ResourceID", "expected a resource, there is no %q", o.ResourceID)
	} else if o.Module != r.Module {
		c.wrong("/value/Module", "expected %d, the module of resource %s, got %d", r.Module, o.ResourceID, o.Module)
	}
	if o.Status != dragonpass.Used && o.Status != dragonpass.Cancelled {
		c.wrong("/value/Status", "expected 2 or 3, since it is a walk-in, got %d", o.Status)
	}
	c.instant("/value/UsedAt", o.UsedAt)
	c.instantIf("/value/ServiceAt", o.ServiceAt, false)
	c.instantIf("/value/SettlesAt", o.SettlesAt, false)
	c.instantIf("/value/ModifiedAt", o.ModifiedAt, false)
	if o.Date != "" || len(o.Vouchers) > 0 || o.Passenger != (dragonpass.Passenger{}) || o.Polls != 0 {
		c.wrong("/value", "expected no Date, Vouchers, Passenger or Polls, since it is a walk-in")
	}
}

func (c *checker) prebooking(o *dragonpass.Order) {
	c.bookable(o.ResourceID, o.Module, o.Date, &o.ServiceAt)
	if o.Status == dragonpass.Cancelled {
		c.maybe("/value/UsedAt", o.UsedAt)
	} else {
		c.instantIf("/value/UsedAt", o.UsedAt, o.Status == dragonpass.Used)
	}
	c.maybe("/value/SettlesAt", o.SettlesAt)
	switch o.Status {
	case dragonpass.Modified:
		c.instant("/value/ModifiedAt", o.ModifiedAt)
	case dragonpass.Used, dragonpass.Cancelled:
		c.maybe("/value/ModifiedAt", o.ModifiedAt)
	default:
		c.instantIf("/value/ModifiedAt", o.ModifiedAt, false)
	}
	for _, m := range []struct{ member, text string }{
		{"FirstName", o.Passenger.FirstName}, {"LastName", o.Passenger.LastName}, {"Email", o.Passenger.Email},
		{"PhoneNumber", o.Passenger.PhoneNumber}, {"CallingCode", o.Passenger.CallingCode}, {"TransportNumber", o.Passenger.TransportNumber},
	} {
		if len(m.text) > maxContact {
			c.text("/value/Passenger/"+m.member, m.text, 0, maxContact)
		}
	}
	// One that is cancelled may have been pending then.
	expected := o.VoucherCount()
	if o.Status == dragonpass.Pending || o.Status == dragonpass.Failed || o.Status == dragonpass.Cancelled && len(o.Vouchers) == 0 {
		expected = 0
	}
	if len(o.Vouchers) != expected {
		c.wrong("/value/Vouchers", "expected %d, got %d", expected, len(o.Vouchers))
	}
	for i, v := range o.Vouchers {
		if id, _ := c.Vouchers.Get(v.Code); id != o.OrderID {
			c.wrong(fmt.Sprintf("/value/Vouchers/%d/Code", i), "expected one that vouchers gives to the order, got %q", v.Code)
		}
		if v.RedeemedAt.IsZero() {
			continue
		}
		c.instantIf(fmt.Sprintf("/value/Vouchers/%d/RedeemedAt", i), v.RedeemedAt, !o.UsedAt.IsZero())
	}
}

func (c *checker) usage(key string, row store.UsageRow) {
	o, ok := c.Order(row.OrderID)
	if !ok {
		c.wrong("/value/OrderID", "expected an order, there is no %q", row.OrderID)
		return
	}
	c.key(key, rowkey.Usage(o.Holder, o.Sequence))
}

// allVouchers holds vouchers to their orders. With as many in the table as the orders have, no order has one twice.
func (c *checker) allVouchers() {
	each(c, &c.Vouchers, func(code, orderID string) {
		c.digits("/key", code, 12)
		if !c.Orders.Has(orderID) {
			c.wrong("/value", "expected an order, there is no %q", orderID)
		}
	})
	if n := c.Vouchers.Len(); n != c.vouchers {
		c.whole("expected the %d that orders have, got %d", c.vouchers, n)
	}
}

// transaction holds a simulated use to its order, which was used.
func (c *checker) transaction(id, orderID string) {
	if !serial.Transactions.Has(id) {
		c.wrong("/key", "expected an id such as DPSL00001, got %q", id)
	}
	if o, ok := c.Order(orderID); !ok || o.UsedAt.IsZero() {
		c.wrong("/value", "expected an order that was used, got %q", orderID)
	}
}

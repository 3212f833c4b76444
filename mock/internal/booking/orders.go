package booking

import (
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/news"
	"dragonmock/mock/dragonpass/rules"
	"dragonmock/mock/internal/outbox"
	"dragonmock/mock/internal/packed"
	"dragonmock/mock/internal/rowkey"
	"dragonmock/mock/internal/stock"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

// Order is a usage order, with the resource it is a use of.
type Order struct {
	dragonpass.Order
	Resource dragonpass.Resource
}

// PutOrder stores an order. Clients of v2 are told of a prebooking that has another status than before.
func PutOrder(tx *world.Tx, o *dragonpass.Order) { putRemarked(tx, o, "") }

// putRemarked is [PutOrder] for what the vendor does by itself, and why.
func putRemarked(tx *world.Tx, o *dragonpass.Order, remarks string) {
	before, _ := tx.Order(o.OrderID) // a new one was pending, in a way
	storeOrder(tx, o)
	if o.Category == dragonpass.Prebooking && (o.Status != before.Status || remarks != "") {
		outbox.Tell(tx, news.Event{Kind: news.StatusChanged, Change: news.ChangeOf(*o, before.Status, tx.Now(), remarks)}, news.Notice{})
	}
}

// storeOrder stores an order, and its row in the list of its holder.
func storeOrder(tx *world.Tx, o *dragonpass.Order) {
	tx.Orders.Put(o.OrderID, packed.Of(*o))
	tx.Usage.Put(rowkey.Usage(o.Holder, o.Sequence), store.UsageRow{OrderID: o.OrderID, Status: o.Status, Module: o.Module})
	if o.Status != dragonpass.Pending && !o.SettlesAt.IsZero() {
		tx.Unschedule(o.SettlesAt, store.OrderConfirmed, o.OrderID)
		tx.Unschedule(o.SettlesAt, store.OrderFailed, o.OrderID)
	}
}

// AddOrder stores a new order with its id and age, and what it took: usages of the account, and places of a prebooking,
// when it stands; vouchers, when they were ever issued. An order that has ended took nothing. No rule is asked. It returns
// the order with its vouchers.
func AddOrder(tx *world.Tx, o dragonpass.Order, a rules.Account, r *dragonpass.Resource) dragonpass.Order {
	var places dragonpass.Slot
	if !o.Dead() {
		take(tx, a, &o)
		if o.Category == dragonpass.Prebooking {
			places = stock.SlotOf(tx, r, o.OptionID, o.Date)
			stock.Put(tx, r, places.Take(o.Persons()))
		}
	}
	stock.Buy(tx, &o, r, "", places.Places)
	if o.Category == dragonpass.Prebooking && o.Status != dragonpass.Pending && o.Status != dragonpass.Failed {
		status := o.Status
		o = confirm(tx, o)
		o.Status = status
	}
	storeOrder(tx, &o)
	return o
}

// Cancelled is what a cancellation ended: a pass, or a usage order.
type Cancelled struct {
	EPass *dragonpass.EPass // nil: it was a usage order
	Order *Order            // nil: it was a pass
}

// CancelOrder cancels a prebooking by its order id, or a pass by the id of its issue order. Errors: those of
// [rules.Cancel].
func CancelOrder(tx *world.Tx, orderID string) (Cancelled, error) {
	cancel := rules.Cancel{OrderID: orderID}
	if ePassID, ok := tx.Issues.Get(orderID); ok {
		if pass, _ := tx.EPasses.Get(ePassID); shows(tx, pass.Module) {
			cancel.EPass = pass
		}
	} else if o, ok := tx.Order(orderID); ok && shows(tx, o.Module) {
		cancel.Order = o
		cancel.Resource, _ = seeResource(tx, o.ResourceID)
	}
	stock.Cancelling(tx, &cancel)
	cancelled, err := cancel.Decide(tx.Now())
	switch {
	case err != nil:
		return Cancelled{}, err
	case cancelled.EPass.EPassID != "":
		putCancelledEPass(tx, &cancelled.EPass)
		return Cancelled{EPass: &cancelled.EPass}, nil
	}
	PutOrder(tx, &cancelled.Order)
	giveBack(tx, &cancelled.Order, &cancel.Resource)
	return Cancelled{Order: &Order{cancelled.Order, cancel.Resource}}, nil
}

// EPassUsageOrder shows the client a use of an E-pass. Where the resource confirms after so many looks, this is one
// . Errors: ORDER_NOT_FOUND.
func EPassUsageOrder(tx *world.Tx, orderID string) (Order, error) {
	return usageOrder(tx, orderID, rules.RequireEPassOrder)
}

// MembershipUsageOrder shows a use of a membership, as [EPassUsageOrder] shows one of a pass.
func MembershipUsageOrder(tx *world.Tx, orderID string) (Order, error) {
	return usageOrder(tx, orderID, rules.RequireMembershipOrder)
}

func usageOrder(tx *world.Tx, orderID string, require func(id string, holder dragonpass.Holder) error) (Order, error) {
	o, _ := tx.Order(orderID)
	if !shows(tx, o.Module) {
		o = dragonpass.Order{}
	}
	if err := require(orderID, o.Holder); err != nil {
		return Order{}, err
	}
	r, err := ShowResource(tx, o.ResourceID)
	if err != nil {
		return Order{}, err
	}
	looked, confirms := o.Looked(r.Confirmation)
	if confirms {
		looked = confirm(tx, looked)
	}
	if looked.Polls != o.Polls {
		PutOrder(tx, &looked)
	}
	return Order{looked, r}, nil
}

// OrdersFilter narrows a list of usage orders.
type OrdersFilter struct {
	Status *dragonpass.OrderStatus // nil: any
	Module dragonpass.Module       // 0: any
}

// UsageOrders lists the uses of an account, newest first, as show shows each. Errors: EPASS_NOT_FOUND, MEMBERSHIP_NOT_FOUND.
func UsageOrders[T any](tx *world.Tx, holder dragonpass.Holder, filter OrdersFilter, page Page, show func(*Order) T) (Paged[T], error) {
	if err := FindAccount(tx, holder).Require(holder); err != nil {
		return Paged[T]{}, err
	}
	// Only the small rows of the list are read, and the orders of the one page. An order with its resource is large, and is
	// shown where it stands.
	answer := Paged[T]{Page: page}
	var o Order
	var failed error
	keep := func(_ string, row store.UsageRow) bool {
		if o.Order, _ = tx.Order(row.OrderID); o.Resource.ResourceID != o.ResourceID { // neighbours are often of one resource
			o.Resource, failed = ShowResource(tx, o.ResourceID)
		}
		answer.keep(show(&o))
		return failed == nil
	}
	of := rowkey.Holder(holder) + "/"
	if filter == (OrdersFilter{}) && showsAll(tx) {
		from, to := page.bounds()
		answer.Total = tx.Usage.PageDown(of, from, to, keep)
		return answer, failed
	}
	tx.Usage.EachDown(of, func(key string, row store.UsageRow) bool {
		listed := (filter.Status == nil || *filter.Status == row.Status) && (filter.Module == 0 || filter.Module == row.Module) && shows(tx, row.Module)
		return !listed || !answer.next() || keep(key, row)
	})
	return answer, failed
}

// showsAll says whether no order is hidden from the version of the call. What a version does not know are uses of options,
// and each of them has a row of what was bought.
func showsAll(tx *world.Tx) bool { return tx.Hides == nil || tx.Options.Len() == 0 }

// ConfirmOrder confirms a pending order at the test author's word. Errors: those of [rules.Settle].
func ConfirmOrder(tx *world.Tx, orderID string) (Order, error) {
	return settle(tx, orderID, confirmPending)
}

// FailOrder fails a pending order at the test author's word, with refund. Errors: those of [rules.Settle].
func FailOrder(tx *world.Tx, orderID string) (Order, error) { return settle(tx, orderID, failPending) }

func settle(tx *world.Tx, orderID string, do func(*world.Tx, *dragonpass.Order, *dragonpass.Resource)) (Order, error) {
	settle := rules.Settle{OrderID: orderID}
	settle.Order, _ = tx.Order(orderID)
	if err := settle.Check(); err != nil {
		return Order{}, err
	}
	o := settle.Order
	r, _ := FindResource(tx, o.ResourceID)
	do(tx, &o, &r)
	return Order{o, r}, nil
}

// confirmPending confirms an order that is pending.
func confirmPending(tx *world.Tx, o *dragonpass.Order, _ *dragonpass.Resource) {
	*o = confirm(tx, *o)
	PutOrder(tx, o)
}

// failPending fails an order that is pending, with refund.
func failPending(tx *world.Tx, o *dragonpass.Order, r *dragonpass.Resource) {
	*o = o.Fail()
	PutOrder(tx, o)
	giveBack(tx, o, r)
}

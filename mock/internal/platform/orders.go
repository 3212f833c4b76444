package platform

import (
	"dragonmock/mock/dragonpass"
)

// putOrder stores an order, and its row in the list of its holder.
func (tx *Tx) putOrder(o dragonpass.Order) {
	put(tx, &tx.state.orders, o.OrderID, o)
	put(tx, &tx.state.usage, holderKey(o.Holder)+"/"+ageKey(o.Sequence), usageRow{o.OrderID, o.Status, o.Module})
	if o.Status != dragonpass.Pending && !o.SettlesAt.IsZero() {
		tx.unschedule(o.SettlesAt, orderConfirmed, o.OrderID)
		tx.unschedule(o.SettlesAt, orderFailed, o.OrderID)
	}
}

func (tx *Tx) orderIDTaken(id string) bool { return tx.state.orders.has(id) || tx.state.issues.has(id) }

// Cancelled is what a cancellation ended: a usage order, or a pass.
type Cancelled struct {
	Order *dragonpass.Order
	EPass *dragonpass.EPass
}

// CancelOrder cancels a prebooking by its order id, or a pass by the id of its issue order. Errors: ORDER_NOT_FOUND,
// then those of [dragonpass.Order.Cancel] and [dragonpass.EPass.Cancel].
func (tx *Tx) CancelOrder(orderID string) (Cancelled, error) {
	if ePassID, ok := tx.state.issues.get(orderID); ok {
		pass, _ := tx.state.ePasses.get(ePassID)
		pass, err := pass.Cancel(tx.now)
		if err != nil {
			return Cancelled{}, err
		}
		put(tx, &tx.state.ePasses, pass.EPassID, pass)
		tx.unschedule(afterEnd(pass.ExpirationDate), ePassExpired, pass.EPassID)
		return Cancelled{EPass: &pass}, nil
	}
	o, ok := tx.state.orders.get(orderID)
	if !ok {
		return Cancelled{}, orderNotFound(orderID)
	}
	r, err := tx.Resource(o.ResourceID)
	if err != nil {
		return Cancelled{}, err
	}
	o, err = o.Cancel(r.Policy.Cancellation, tx.now)
	if err != nil {
		return Cancelled{}, err
	}
	tx.putOrder(o)
	tx.giveBack(o)
	return Cancelled{Order: &o}, nil
}

func orderNotFound(orderID string) error {
	return dragonpass.Refuse(dragonpass.OrderNotFound, "/orderId: no order %s", orderID).By("D (seed)")
}

// EPassUsageOrder looks at a use of an E-pass. Where the resource confirms after so many looks, this is one.
// Errors: ORDER_NOT_FOUND.
func (tx *Tx) EPassUsageOrder(orderID string) (dragonpass.Order, error) {
	return tx.usageOrder(orderID, func(h dragonpass.Holder) bool { return h.EPassID != "" })
}

// MembershipUsageOrder looks at a use of a membership, as [Tx.EPassUsageOrder] does at one of a pass.
func (tx *Tx) MembershipUsageOrder(orderID string) (dragonpass.Order, error) {
	return tx.usageOrder(orderID, func(h dragonpass.Holder) bool { return h.MembershipID != "" })
}

func (tx *Tx) usageOrder(orderID string, of func(dragonpass.Holder) bool) (dragonpass.Order, error) {
	o, ok := tx.state.orders.get(orderID)
	if !ok || !of(o.Holder) {
		return dragonpass.Order{}, orderNotFound(orderID)
	}
	return tx.polled(o), nil
}

// polled counts a look of the client at a pending order.
func (tx *Tx) polled(o dragonpass.Order) dragonpass.Order {
	r, _ := tx.resource(o.ResourceID)
	if o.Status != dragonpass.Pending || r.Confirmation.Mode != dragonpass.ConfirmPolls {
		return o
	}
	if o.Polls++; o.Polls >= r.Confirmation.Polls {
		o = tx.confirm(o)
	}
	tx.putOrder(o)
	return o
}

// OrdersFilter narrows a list of usage orders.
type OrdersFilter struct {
	Status *dragonpass.OrderStatus // nil: any
	Module dragonpass.Module       // 0: any
}

// UsageOrders lists the uses of an account, newest first. Errors: EPASS_NOT_FOUND, MEMBERSHIP_NOT_FOUND.
func (tx *Tx) UsageOrders(holder dragonpass.Holder, filter OrdersFilter, page Page) (Paged[dragonpass.Order], error) {
	if _, err := tx.account(holder); err != nil {
		return Paged[dragonpass.Order]{}, err
	}
	return tx.usageOrders(holder, filter, page), nil
}

// usageOrders reads only the small rows of the list, and the orders of the one page.
func (tx *Tx) usageOrders(holder dragonpass.Holder, filter OrdersFilter, page Page) Paged[dragonpass.Order] {
	answer := Paged[dragonpass.Order]{Page: page}
	from, to := page.bounds()
	tx.state.usage.eachDown(holderKey(holder)+"/", func(_ string, row usageRow) bool {
		if (filter.Status == nil || *filter.Status == row.Status) && (filter.Module == 0 || filter.Module == row.Module) {
			if answer.Total >= from && answer.Total < to {
				o, _ := tx.state.orders.get(row.OrderID)
				answer.Items = append(answer.Items, o)
			}
			answer.Total++
		}
		return true
	})
	return answer
}

package platform

import (
	"time"

	"dragonmock/mock/dragonpass"
)

// ConfirmOrder confirms a pending order at the test author's word. Errors: ORDER_NOT_FOUND, ORDER_NOT_CANCELLABLE for an
// order that is not pending.
func (tx *Tx) ConfirmOrder(orderID string) (dragonpass.Order, error) {
	return tx.settlePending(orderID, func() { tx.confirmOrder(orderID) })
}

// FailOrder fails a pending order at the test author's word, with refund. Errors as [Tx.ConfirmOrder].
func (tx *Tx) FailOrder(orderID string) (dragonpass.Order, error) {
	return tx.settlePending(orderID, func() { tx.failOrder(orderID) })
}

func (tx *Tx) settlePending(orderID string, settle func()) (dragonpass.Order, error) {
	o, ok := tx.state.orders.get(orderID)
	if !ok {
		return o, orderNotFound(orderID)
	}
	if o.Status != dragonpass.Pending {
		return o, dragonpass.Refuse(dragonpass.OrderNotCancellable, "order %s is not pending, its status is %d", orderID, o.Status).By("A-005").Unless("a pending order")
	}
	settle()
	o, _ = tx.state.orders.get(orderID)
	return o, nil
}

// ExpireEPass ends a pass at the test author's word, a second ago. Errors: EPASS_NOT_FOUND.
func (tx *Tx) ExpireEPass(ePassID string) (dragonpass.EPass, error) {
	pass, err := tx.EPass(ePassID)
	if err != nil {
		return pass, err
	}
	tx.unschedule(afterEnd(pass.ExpirationDate), ePassExpired, ePassID)
	pass.ExpirationDate = tx.now.Add(-time.Second)
	put(tx, &tx.state.ePasses, ePassID, pass)
	return pass, nil
}

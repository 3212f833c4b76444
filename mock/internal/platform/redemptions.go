package platform

import (
	"dragonmock/mock/dragonpass"
)

// WalkInEPass lets a party in on an E-pass: the order is born used (D/339432m0). Errors: RESOURCE_NOT_FOUND,
// EPASS_NOT_FOUND, those of [dragonpass.CheckWalkIn], then what is wrong with the pass.
func (tx *Tx) WalkInEPass(ePassID, resourceID string, party dragonpass.Party) (dragonpass.Order, error) {
	r, err := tx.Resource(resourceID)
	if err != nil {
		return dragonpass.Order{}, err
	}
	pass, err := tx.EPass(ePassID)
	if err != nil {
		return dragonpass.Order{}, err
	}
	if err := dragonpass.CheckWalkIn(pass.Module, r, party); err != nil {
		return dragonpass.Order{}, err
	}
	if err := pass.CheckUse(r, party, tx.now, tx.now); err != nil {
		return dragonpass.Order{}, err
	}
	put(tx, &tx.state.ePasses, pass.EPassID, pass.Take(party.Persons()))
	order := dragonpass.Order{
		OrderID: tx.nextOrderID(), ProgramID: pass.ProgramID, Module: r.Module, Category: dragonpass.WalkIn, Status: dragonpass.Used,
		Holder: dragonpass.Holder{EPassID: ePassID}, ResourceID: resourceID, CreatedAt: tx.now, UsedAt: tx.now, Party: party, Sequence: tx.sequence(),
	}
	tx.putOrder(order)
	return order, nil
}

// RedeemVoucher lets a party in on a voucher. Errors: VOUCHER_INVALID and those of [dragonpass.Order.Redeem].
func (tx *Tx) RedeemVoucher(code string, party dragonpass.Party) (dragonpass.Order, error) {
	orderID, _ := tx.state.vouchers.get(code)
	o, _ := tx.state.orders.get(orderID) // an unknown voucher is none of the zero order's
	o, err := o.Redeem(code, party, tx.now)
	if err != nil {
		return dragonpass.Order{}, err
	}
	tx.putOrder(o)
	return o, nil
}

// Reverse undoes a use at the venue's word, with full refund (D/339432m0). Errors: ORDER_NOT_FOUND and those of
// [dragonpass.Order.Reverse].
func (tx *Tx) Reverse(orderID string) (dragonpass.Order, error) {
	o, ok := tx.state.orders.get(orderID)
	if !ok {
		return dragonpass.Order{}, orderNotFound(orderID)
	}
	o, err := o.Reverse(tx.now)
	if err != nil {
		return dragonpass.Order{}, err
	}
	tx.putOrder(o)
	tx.giveBack(o)
	return o, nil
}

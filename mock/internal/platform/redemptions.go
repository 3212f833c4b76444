package platform

import (
	"dragonmock/mock/dragonpass"
)

// WalkIn lets a party in on an E-pass or membership, without a booking: the order is born used (D/339432m0). Errors:
// RESOURCE_NOT_FOUND, EPASS_NOT_FOUND or MEMBERSHIP_NOT_FOUND, then those of [dragonpass.CheckWalkIn].
func (tx *Tx) WalkIn(holder dragonpass.Holder, resourceID string, party dragonpass.Party) (dragonpass.Order, error) {
	r, err := tx.Resource(resourceID)
	if err != nil {
		return dragonpass.Order{}, err
	}
	account, err := tx.account(holder)
	if err != nil {
		return dragonpass.Order{}, err
	}
	if err := dragonpass.CheckWalkIn(account, r, party, tx.now); err != nil {
		return dragonpass.Order{}, err
	}
	spent, err := tx.take(account, r.Module, party)
	if err != nil {
		return dragonpass.Order{}, err
	}
	order := dragonpass.Order{
		OrderID: tx.nextOrderID(), ProgramID: account.Program(), Module: r.Module, Category: dragonpass.WalkIn, Status: dragonpass.Used,
		Holder: holder, ResourceID: resourceID, CreatedAt: tx.now, UsedAt: tx.now, Party: party, Spent: spent, Sequence: tx.sequence(),
	}
	tx.putOrder(order)
	tx.notify(order)
	return order, nil
}

// WalkInQRCode lets a party in on a dynamic QR string. Errors: QR_CODE_EXPIRED, then those of [Tx.WalkIn].
func (tx *Tx) WalkInQRCode(code, resourceID string, party dragonpass.Party) (dragonpass.Order, error) {
	holder, err := tx.holderOfQRCode(code)
	if err != nil {
		return dragonpass.Order{}, err
	}
	return tx.WalkIn(holder, resourceID, party)
}

// WalkInShown lets a party in on whatever it shows: a dynamic QR string, a membership id or an E-pass id.
func (tx *Tx) WalkInShown(shown, resourceID string, party dragonpass.Party) (dragonpass.Order, error) {
	switch {
	case tx.state.qrCodes.has(shown):
		return tx.WalkInQRCode(shown, resourceID, party)
	case tx.state.memberships.has(shown):
		return tx.WalkIn(dragonpass.Holder{MembershipID: shown}, resourceID, party)
	}
	return tx.WalkIn(dragonpass.Holder{EPassID: shown}, resourceID, party)
}

// RedeemVoucher lets a party in on a voucher. Errors: VOUCHER_INVALID and those of [dragonpass.Order.Redeem].
func (tx *Tx) RedeemVoucher(code string, party dragonpass.Party) (dragonpass.Order, error) {
	orderID, _ := tx.state.vouchers.get(code)
	o, _ := tx.state.orders.get(orderID) // an unknown voucher is none of the zero order's
	used, err := o.Redeem(code, party, tx.now)
	if err != nil {
		return dragonpass.Order{}, err
	}
	tx.putOrder(used)
	if o.Status != used.Status {
		tx.notify(used)
	}
	return used, nil
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
	tx.notify(o)
	return o, nil
}

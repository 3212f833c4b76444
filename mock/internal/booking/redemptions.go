package booking

import (
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/rules"
	"dragonmock/mock/internal/outbox"
	"dragonmock/mock/internal/world"
)

// WalkIn lets a party in on an E-pass, a membership or a dynamic QR string, without a booking: the order is born used
// (D/339432m0). The client is told. Errors: those of [rules.WalkIn].
func WalkIn(tx *world.Tx, request dragonpass.WalkInRequest) (Order, error) {
	walkIn := rules.WalkIn{WalkInRequest: request}
	holder := request.Holder
	if request.QRCode != "" {
		if q, ok := tx.QRCodes.Get(request.QRCode); ok {
			walkIn.QR, holder = &q, dragonpass.Holder{MembershipID: q.MembershipID}
		}
	}
	r, ok := FindResource(tx, request.ResourceID)
	if ok {
		walkIn.Resource = &r
	}
	walkIn.Account = FindAccount(tx, holder)
	order, err := walkIn.Decide(tx.Now())
	if err != nil {
		return Order{}, err
	}
	order.OrderID, order.Sequence = tx.NextOrderID(), tx.Sequence()
	take(tx, walkIn.Account, &order)
	putOrder(tx, &order)
	outbox.Notify(tx, order.Notice(r))
	return Order{order, r}, nil
}

// WalkInShown lets a party in on whatever it shows: a dynamic QR string, a membership id or an E-pass id.
func WalkInShown(tx *world.Tx, shown, resourceID string, party dragonpass.Party) (Order, error) {
	request := dragonpass.WalkInRequest{ResourceID: resourceID, Party: party}
	switch {
	case tx.QRCodes.Has(shown):
		request.QRCode = shown
	case tx.Memberships.Has(shown):
		request.Holder.MembershipID = shown
	default:
		request.Holder.EPassID = shown
	}
	return WalkIn(tx, request)
}

// RedeemVoucher lets a party in on a voucher. The client is told of an order's first. Errors: those of [rules.Redeem].
func RedeemVoucher(tx *world.Tx, voucher string, party dragonpass.Party) (Order, error) {
	redeem := rules.Redeem{Voucher: voucher, Party: party}
	orderID, _ := tx.Vouchers.Get(voucher)
	o, ok := tx.Orders.Get(orderID)
	if ok {
		redeem.Order = &o
	}
	used, err := redeem.Decide(tx.Now())
	if err != nil {
		return Order{}, err
	}
	putOrder(tx, &used)
	r, _ := FindResource(tx, used.ResourceID)
	if o.Status != used.Status {
		outbox.Notify(tx, used.Notice(r))
	}
	return Order{used, r}, nil
}

// Reverse undoes a use at the venue's word, with full refund (D/339432m0). The client is told. Errors: those of
// [rules.Reverse].
func Reverse(tx *world.Tx, orderID string) (Order, error) {
	reverse := rules.Reverse{OrderID: orderID}
	o, ok := tx.Orders.Get(orderID)
	if ok {
		reverse.Order = &o
	}
	reversed, err := reverse.Decide(tx.Now())
	if err != nil {
		return Order{}, err
	}
	r, _ := FindResource(tx, reversed.ResourceID)
	putOrder(tx, &reversed)
	giveBack(tx, &reversed, &r)
	outbox.Notify(tx, reversed.Notice(r))
	return Order{reversed, r}, nil
}

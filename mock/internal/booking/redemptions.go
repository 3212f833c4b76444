package booking

import (
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/news"
	"dragonmock/mock/dragonpass/reading"
	"dragonmock/mock/dragonpass/rules"
	"dragonmock/mock/internal/outbox"
	"dragonmock/mock/internal/stock"
	"dragonmock/mock/internal/world"
)

// WalkIn lets a party in on an E-pass or a membership, without a booking: the order is born used (D/339432m0). The client
// is told. Errors: those of [rules.WalkIn].
func WalkIn(tx *world.Tx, holder dragonpass.Holder, resourceID string, party dragonpass.Party) (Order, error) {
	return walkIn(tx, rules.WalkIn{Holder: holder, ResourceID: resourceID, Party: party, Account: FindAccount(tx, holder)})
}

// WalkInQRCode lets a party in on a dynamic QR string, as [WalkIn] does. Errors: those of [rules.WalkIn].
func WalkInQRCode(tx *world.Tx, code, resourceID string, party dragonpass.Party) (Order, error) {
	in := rules.WalkIn{QRCode: code, ResourceID: resourceID, Party: party}
	if q, ok := tx.QRCodes.Get(code); ok {
		in.QR, in.Account = q, FindAccount(tx, dragonpass.Holder{MembershipID: q.MembershipID})
	}
	return walkIn(tx, in)
}

// WalkInShown lets a party in on whatever it shows: a dynamic QR string, a membership id or an E-pass id. Errors: those of
// [rules.WalkIn].
func WalkInShown(tx *world.Tx, shown, resourceID string, party dragonpass.Party) (Order, error) {
	switch {
	case tx.QRCodes.Has(shown):
		return WalkInQRCode(tx, shown, resourceID, party)
	case tx.Memberships.Has(shown):
		return WalkIn(tx, dragonpass.Holder{MembershipID: shown}, resourceID, party)
	}
	return WalkIn(tx, dragonpass.Holder{EPassID: shown}, resourceID, party)
}

func walkIn(tx *world.Tx, in rules.WalkIn) (Order, error) {
	in.Resource, _ = FindResource(tx, in.ResourceID)
	order, err := in.Decide(tx.Now())
	if err != nil {
		return Order{}, err
	}
	order.OrderID, order.Sequence = tx.NextOrderID(), tx.Sequence()
	take(tx, in.Account, &order)
	PutOrder(tx, &order)
	notifyUse(tx, &order, &in.Resource)
	return Order{order, in.Resource}, nil
}

// notifyUse tells of a use, or that it was taken back. Clients of v1 are told of every one, but for lifestyle modules,
// which v1 does not know; those of v2 of walk-ins alone, since how far a prebooking has come is an event of its own
//
func notifyUse(tx *world.Tx, o *dragonpass.Order, r *dragonpass.Resource) {
	n := news.NoticeOf(*o, *r)
	if !o.Module.Lifestyle() {
		outbox.Notify(tx, n)
	}
	if o.Category == dragonpass.WalkIn {
		follows := tx.Client().Readings
		outbox.Tell(tx, news.Event{
			Kind: news.WalkInRedemption, Local: follows.Has(reading.LocalUsageDate), Untyped: follows.Has(reading.WithoutCategory),
		}, n)
	}
}

// RedeemVoucher lets a party in on a voucher. The client is told of an order's first. Errors: those of
// [stock.Redeeming] and [rules.Redeem].
func RedeemVoucher(tx *world.Tx, voucher string, party dragonpass.Party) (Order, error) {
	redeem := rules.Redeem{Voucher: voucher, Party: party}
	orderID, _ := tx.Vouchers.Get(voucher)
	redeem.Order, _ = tx.Order(orderID)
	r, _ := FindResource(tx, redeem.Order.ResourceID)
	redeem.Closed = r.Closed()
	if err := stock.Redeeming(tx, &redeem); err != nil {
		return Order{}, err
	}
	used, err := redeem.Decide(tx.Now())
	if err != nil {
		return Order{}, err
	}
	PutOrder(tx, &used)
	if redeem.Order.Status != used.Status {
		notifyUse(tx, &used, &r)
	}
	return Order{used, r}, nil
}

// Reverse undoes a use at the venue's word, with full refund (D/339432m0). The client is told. Errors: those of
// [rules.Reverse].
func Reverse(tx *world.Tx, orderID string) (Order, error) {
	reverse := rules.Reverse{OrderID: orderID}
	reverse.Order, _ = tx.Order(orderID)
	reverse.TopUps = stock.TopUps(tx, &reverse.Order)
	reversed, err := reverse.Decide(tx.Now())
	if err != nil {
		return Order{}, err
	}
	r, _ := FindResource(tx, reversed.ResourceID)
	PutOrder(tx, &reversed)
	giveBack(tx, &reversed, &r)
	notifyUse(tx, &reversed, &r)
	return Order{reversed, r}, nil
}

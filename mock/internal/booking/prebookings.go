package booking

import (
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/rules"
	"dragonmock/mock/internal/stock"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

// Prebook makes a prebooking order: it takes the usages of the party at once, issues the vouchers and returns the order
// confirmed, or pending where the resource confirms later. Errors: those of [rules.Prebook] and [stock.Check].
func Prebook(tx *world.Tx, request dragonpass.PrebookRequest) (Order, error) {
	book := prebook(tx, request)
	booked, err := book.Decide(tx.Now())
	if err == nil {
		err = stock.Check(tx, request, book.Promise, &book.Resource)
	}
	if err != nil {
		return Order{}, err
	}
	order := booked.Order
	order.OrderID, order.Sequence = tx.NextOrderID(), tx.Sequence()
	booked.Token.OrderID = order.OrderID
	tx.Tokens.Put(booked.Token.Token, booked.Token)
	if book.Promise.Reserved {
		forgetHold(tx, book.Promise)
	}
	if booked.Slot != book.Slot {
		stock.Put(tx, &book.Resource, booked.Slot)
	}
	stock.Buy(tx, &order, &book.Resource, book.Promise.TopUpOf, booked.Slot.Places)
	take(tx, book.Account, &order)
	place(tx, &order, book.Resource.Confirmation)
	return Order{order, book.Resource}, nil
}

// PreviewPrebooking says what a prebooking with a membership would take of it, and does nothing. Errors: those of [Prebook].
func PreviewPrebooking(tx *world.Tx, request dragonpass.PrebookRequest) (dragonpass.Spent, error) {
	book := prebook(tx, request)
	booked, err := book.Decide(tx.Now())
	return booked.Order.Spent, err
}

// prebook finds what a prebooking speaks of.
func prebook(tx *world.Tx, request dragonpass.PrebookRequest) rules.Prebook {
	book := rules.Prebook{PrebookRequest: request, Account: FindAccount(tx, request.Holder)}
	book.Account.Issuing = request.Issuing
	if token, ok := tx.Tokens.Get(request.Token); ok {
		book.Promise = token
		book.Resource, _ = seeResource(tx, token.ResourceID)
		book.Slot = stock.SlotOf(tx, &book.Resource, token.OptionID, token.Date)
	}
	return book
}

// place stores a new order: confirmed, or pending until the resource confirms it.
func place(tx *world.Tx, o *dragonpass.Order, c dragonpass.Confirmation) {
	switch c.Mode {
	case dragonpass.ConfirmNow:
		*o = confirm(tx, *o)
	case dragonpass.ConfirmAfter:
		tx.Schedule(o.SettlesAt, store.OrderConfirmed, o.OrderID)
	case dragonpass.ConfirmFail:
		tx.Schedule(o.SettlesAt, store.OrderFailed, o.OrderID)
	}
	PutOrder(tx, o)
}

// confirm gives an order its vouchers, and an eSIM its profile.
func confirm(tx *world.Tx, o dragonpass.Order) dragonpass.Order {
	stock.Provision(tx, &o)
	codes := make([]string, o.VoucherCount())
	for i := range codes {
		codes[i] = tx.NextVoucher()
		tx.Vouchers.Put(codes[i], o.OrderID)
	}
	return o.Confirm(codes)
}

// IssueAndPrebook issues a pass and books with it: both, or neither. The pass is as it is once the booking has
// used it. Errors: those of [IssueEPass], then those of [Prebook].
func IssueAndPrebook(tx *world.Tx, request dragonpass.BundleRequest) (dragonpass.EPass, Order, error) {
	pass, err := IssueEPass(tx, request.Issue)
	if err != nil {
		return dragonpass.EPass{}, Order{}, err
	}
	order, err := Prebook(tx, dragonpass.PrebookRequest{
		ProgramID: request.Issue.ProgramID, Path: request.Issue.Path, Module: request.Issue.Module, Holder: pass.Holder(), Issuing: true,
		Token: request.Token, Passenger: request.Passenger,
	})
	if err != nil {
		return dragonpass.EPass{}, Order{}, err
	}
	pass, err = EPass(tx, pass.EPassID)
	return pass, order, err
}

package stock

import (
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/lifestyle"
	"dragonmock/mock/dragonpass/option"
	"dragonmock/mock/dragonpass/rules"
	"dragonmock/mock/dragonpass/vendor"
	"dragonmock/mock/internal/rowkey"
	"dragonmock/mock/internal/world"
)

// SlotOf is what is left of one time of a resource or, with the id of one, of an option of it; untouched, that is all.
func SlotOf(tx *world.Tx, r *dragonpass.Resource, optionID string, date dragonpass.LocalTime) dragonpass.Slot {
	slot := r.SlotOf(date)
	if optionID != "" {
		slot = lifestyle.SlotOf(r, optionID, date)
	}
	if kept, ok := tx.Slots.Get(rowkey.Slot(slot)); ok {
		return kept
	}
	return slot
}

// Put stores a slot, or forgets it when it is as good as untouched. Of an option without a bound nothing is counted.
func Put(tx *world.Tx, r *dragonpass.Resource, slot dragonpass.Slot) {
	switch key := rowkey.Slot(slot); {
	case slot.OptionID != "" && slot.Places == 0:
	case slot.Untouched(r):
		tx.Slots.Remove(key)
	default:
		tx.Slots.Put(key, slot)
	}
}

// Resize gives the slots that somebody has touched what there is of their resource now.
func Resize(tx *world.Tx, before, after *dragonpass.Resource) {
	if before.Capacity == after.Capacity && len(after.Options) == 0 {
		return
	}
	var touched []dragonpass.Slot
	tx.Slots.EachDown(rowkey.Slots(after.ResourceID), func(_ string, s dragonpass.Slot) bool {
		touched = append(touched, s)
		return true
	})
	for _, s := range touched {
		if s.OptionID != "" {
			Put(tx, after, lifestyle.Resized(s, after))
		} else {
			Put(tx, after, s.Resized(before, after))
		}
	}
}

// Free gives back the places of an order that ended.
func Free(tx *world.Tx, o *dragonpass.Order, r *dragonpass.Resource) {
	if o.OptionID != "" {
		if b, _ := tx.Options.Get(o.OrderID); b.Option.Visit.Places == 0 { // nothing was counted when it was bought
			return
		}
	}
	Put(tx, r, SlotOf(tx, r, o.OptionID, o.Date).Refund(o.Persons()))
}

// Decide decides what is to be had of a resource, or of an option of it. Errors: those of [rules.Availability] and
// [lifestyle.Availability].
func Decide(tx *world.Tx, ask rules.Availability) (rules.Offer, dragonpass.Price, error) {
	if ask.OptionID == "" {
		ask.Slot = SlotOf(tx, &ask.Resource, "", ask.Date)
		offer, err := ask.Decide(tx.Now())
		return offer, ask.Resource.Price, err
	}
	of := lifestyle.Availability{Availability: ask}
	of.Option, _ = option.Find(ask.Resource.Options, ask.OptionID)
	if ask.TopUpOf != "" {
		of.TopUpOf = First(tx, ask.TopUpOf)
		of.ESIM, _ = tx.Order(of.TopUpOf)
		of.Bought, _ = tx.Options.Get(of.TopUpOf)
	}
	if ask.Resource.ResourceID != "" {
		of.Slot = SlotOf(tx, &ask.Resource, ask.OptionID, of.DateAt(tx.Now()))
	}
	offer, err := of.Decide(tx.Now())
	return offer, lifestyle.PriceOf(&ask.Resource, of.Option, tx.Now()), err
}

// Check refuses what only an option can be refused for. Errors: those of [lifestyle.Booking].
func Check(tx *world.Tx, request dragonpass.PrebookRequest, token dragonpass.PrebookingToken, r *dragonpass.Resource) error {
	b := lifestyle.Booking{Request: request, Token: token, Resource: *r}
	b.Option, _ = option.Find(r.Options, token.OptionID)
	b.ESIM, _ = tx.Order(token.TopUpOf)
	b.Bought, _ = tx.Options.Get(token.TopUpOf)
	return b.Check(tx.Now())
}

// Buy writes down what an order buys of an option: as it is now, with as many places as its slot counts. A top-up has the
// profile of its eSIM from then on.
func Buy(tx *world.Tx, o *dragonpass.Order, r *dragonpass.Resource, topUpOf string, places int) {
	if o.OptionID == "" {
		return
	}
	bought, _ := option.Find(r.Options, o.OptionID)
	bought.Visit.Places = places
	b := lifestyle.Buy(bought, o, r, tx.Now())
	if first, ok := tx.Options.Get(topUpOf); ok {
		b.TopUpOf, b.ICCID, b.From, b.Until = topUpOf, first.ICCID, first.From, first.Until
		tx.ESIMs.Put(rowkey.ESIM(b.ICCID, o.Sequence), o.OrderID)
	}
	tx.Options.Put(o.OrderID, b)
}

// First is the order that an eSIM came with, whichever of its orders is named.
func First(tx *world.Tx, orderID string) string {
	if b, _ := tx.Options.Get(orderID); b.TopUpOf != "" {
		return b.TopUpOf
	}
	return orderID
}

// Provision gives an eSIM its profile once its order is confirmed.
func Provision(tx *world.Tx, o *dragonpass.Order) {
	b, _ := tx.Options.Get(o.OrderID)
	if o.Module != dragonpass.ESIM || b.TopUpOf != "" {
		return
	}
	b = lifestyle.Provision(b, tx.Now())
	b.ICCID = tx.NextICCID()
	tx.Options.Put(o.OrderID, b)
	tx.ESIMs.Put(rowkey.ESIM(b.ICCID, o.Sequence), o.OrderID)
}

// TopUps are the top-ups of the eSIM that came with an order, newest first.
func TopUps(tx *world.Tx, o *dragonpass.Order) (list []dragonpass.Order) {
	b, _ := tx.Options.Get(o.OrderID)
	if b.ICCID == "" || b.TopUpOf != "" {
		return nil
	}
	tx.ESIMs.EachDown(rowkey.ESIMs(b.ICCID), func(_, id string) bool {
		if id != o.OrderID {
			t, _ := tx.Order(id)
			list = append(list, t)
		}
		return true
	})
	return list
}

// Cancelling adds to a cancellation what its hours count back from, and the top-ups of an eSIM.
func Cancelling(tx *world.Tx, cancel *rules.Cancel) {
	if b, ok := tx.Options.Get(cancel.Order.OrderID); ok {
		cancel.Counts, cancel.TopUps = lifestyle.Counts(&cancel.Order, b), TopUps(tx, &cancel.Order)
	}
}

// Ends says whether a venue that closes ends an order: [vendor.Ends].
func Ends(tx *world.Tx, o *dragonpass.Order) bool {
	b, _ := tx.Options.Get(o.OrderID)
	return vendor.Ends(o, b, TopUps(tx, o), tx.Now())
}

// Redeeming adds to a redemption what was bought with the order. Errors: those of [lifestyle.CheckRedeem].
func Redeeming(tx *world.Tx, redeem *rules.Redeem) error {
	redeem.Bought, _ = tx.Options.Get(redeem.Order.OrderID)
	return lifestyle.CheckRedeem(redeem.Voucher, &redeem.Order)
}

package booking

import (
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/rules"
	"dragonmock/mock/internal/bounds"
	"dragonmock/mock/internal/rowkey"
	"dragonmock/mock/internal/stock"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

// Availability is what a client finds who asks for a place.
type Availability struct {
	Token  dragonpass.PrebookingToken // zero when there is no place
	Price  dragonpass.Price
	Reason string // why there is no place; empty when there is
}

// CheckAvailability returns a token when there is a place, and holds the place when the request names a holder, instead
// of what that holder held before. That there is no place is no error. Errors: those of [stock.Decide].
func CheckAvailability(tx *world.Tx, request dragonpass.AvailabilityRequest) (Availability, error) {
	ask := rules.Availability{AvailabilityRequest: request}
	ask.Resource, _ = seeResource(tx, request.ResourceID)
	if request.Holder.Named() {
		ask.Account = FindAccount(tx, request.Holder)
		ask.Held, _ = heldBy(tx, request.Holder)
	}
	offer, price, err := stock.Decide(tx, ask)
	if err != nil {
		return Availability{}, err
	}
	if offer.Reason != "" {
		return Availability{Reason: offer.Reason}, nil
	}
	token := offer.Token
	if ask.Held.Reserved {
		if !ask.Held.For(offer.Slot) {
			freeSlot(tx, ask.Held)
		}
		release(tx, ask.Held)
	}
	if token.Reserved {
		stock.Put(tx, &ask.Resource, offer.Slot)
	}
	return Availability{Token: putToken(tx, token), Price: price}, nil
}

// AddToken stores a new token, with a text that no token has, or without one. When it names a holder it holds its places,
// instead of what the holder held before. No rule is asked.
func AddToken(tx *world.Tx, token dragonpass.PrebookingToken) {
	if token.Holder.Named() {
		if held, ok := heldBy(tx, token.Holder); ok {
			freeSlot(tx, held)
			release(tx, held)
		}
		if r, ok := FindResource(tx, token.ResourceID); ok {
			slot := stock.SlotOf(tx, &r, token.OptionID, token.Date)
			token.Reserved = token.OptionID == "" || slot.Places > 0
			stock.Put(tx, &r, slot.Reserve(token.Party.Persons()))
		}
	}
	putToken(tx, token)
}

// putToken stores a new token, gives it a text when it has none, notes that it holds places, and forgets old ones.
func putToken(tx *world.Tx, token dragonpass.PrebookingToken) dragonpass.PrebookingToken {
	if token.Token != "" {
		tx.Tokens.Put(token.Token, token)
	} else {
		for taken := true; taken; taken = !tx.Tokens.Add(token.Token, token) {
			token.Token = tx.NextToken()
		}
	}
	if token.Reserved {
		tx.Holds.Put(rowkey.Holder(token.Holder), token.Token)
		tx.Schedule(store.AfterEnd(token.ValidUntil), store.ReservationReleased, token.Token)
	}
	bounds.Remember(tx, &tx.TokenAges, token.Token)
	bounds.Made(tx, tokens(tx))
	return token
}

// tokens are the tokens of a world, of which the oldest are forgotten.
func tokens(tx *world.Tx) bounds.Kind[dragonpass.PrebookingToken] {
	return bounds.Kind[dragonpass.PrebookingToken]{
		Rows: &tx.Tokens, Ages: &tx.TokenAges, Most: tx.MaxTokens(),
		Over: func(t dragonpass.PrebookingToken) bool { return t.ValidUntil.Before(tx.Now()) },
		Forgotten: func(t dragonpass.PrebookingToken) bool {
			if t.Reserved {
				freeSlot(tx, t)
				forgetHold(tx, t)
			}
			return t.OrderID != ""
		},
	}
}

// heldBy is the token whose reservation a holder has.
func heldBy(tx *world.Tx, holder dragonpass.Holder) (dragonpass.PrebookingToken, bool) {
	token, ok := tx.Holds.Get(rowkey.Holder(holder))
	if !ok {
		return dragonpass.PrebookingToken{}, false
	}
	t, ok := tx.Tokens.Get(token)
	return t, ok && t.Reserved
}

// releaseReservation ends what a token holds, if it holds anything. The token stays good.
func releaseReservation(tx *world.Tx, token string) {
	if t, ok := tx.Tokens.Get(token); ok && t.Reserved {
		freeSlot(tx, t)
		release(tx, t)
	}
}

// freeSlot frees the places that a token holds in its slot.
func freeSlot(tx *world.Tx, t dragonpass.PrebookingToken) {
	if r, ok := FindResource(tx, t.ResourceID); ok && t.Reserved && !t.Apart {
		stock.Put(tx, &r, stock.SlotOf(tx, &r, t.OptionID, t.Date).Release(t))
	}
}

// release writes down that a token holds nothing any more. Its slot is not asked.
func release(tx *world.Tx, t dragonpass.PrebookingToken) {
	tx.Tokens.Put(t.Token, t.Released())
	forgetHold(tx, t)
}

// forgetHold forgets that a holder has the reservation of a token.
func forgetHold(tx *world.Tx, t dragonpass.PrebookingToken) {
	tx.Holds.Remove(rowkey.Holder(t.Holder))
	tx.Unschedule(store.AfterEnd(t.ValidUntil), store.ReservationReleased, t.Token)
}

package platform

import (
	"dragonmock/mock/dragonpass"
)

// AvailabilityRequest asks whether a party finds a place.
type AvailabilityRequest struct {
	Holder     dragonpass.Holder // zero: none
	Module     dragonpass.Module
	ResourceID string
	Date       dragonpass.LocalTime
	Party      dragonpass.Party
}

// Availability is the answer to it.
type Availability struct {
	Token  dragonpass.PrebookingToken // zero when there is no place
	Price  dragonpass.Price
	Reason string // why there is no place; empty when there is
}

// CheckAvailability answers a token when there is a place, and holds the place when the call names a holder, in place
// of what that holder held before. That there is no place is an answer. Errors: RESOURCE_NOT_FOUND, MODULE_MISMATCH,
// PREBOOKING_NOT_SUPPORTED, PREBOOKING_DATE_INVALID, PASSENGERS_INVALID and what is wrong with the account.
func (tx *Tx) CheckAvailability(req AvailabilityRequest) (Availability, error) {
	r, err := tx.Resource(req.ResourceID)
	if err != nil {
		return Availability{}, err
	}
	enquiry := dragonpass.Enquiry{Module: req.Module, Resource: r, Date: req.Date, Party: req.Party}
	if req.Holder != (dragonpass.Holder{}) {
		if account, err := tx.account(req.Holder); err != nil {
			enquiry.Unknown = err
		} else {
			enquiry.Account = account
		}
	}
	service, err := enquiry.Check(tx.now)
	if err != nil {
		return Availability{}, err
	}
	if reason := r.Closed(req.Date, service, tx.now); reason != "" {
		return Availability{Reason: reason}, nil
	}
	free := tx.slot(r, req.Date).Free()
	if held, ok := tx.held(req.Holder); ok && held.ResourceID == r.ResourceID && held.Date == req.Date && !held.Apart {
		free += held.Party.Persons() // its own places are freed for it
	}
	if free < req.Party.Persons() {
		return Availability{Reason: "full"}, nil
	}
	token := dragonpass.PrebookingToken{
		Token: tx.nextToken(), Module: r.Module, ResourceID: r.ResourceID, Date: req.Date, ServiceAt: service, Party: req.Party,
		Holder: req.Holder, ValidUntil: tx.now.Add(dragonpass.TokenLife),
	}
	return Availability{Token: tx.addToken(token), Price: r.Price}, nil
}

// addToken stores a token, makes its reservation when it has a holder, and forgets the oldest tokens beyond the bound.
func (tx *Tx) addToken(token dragonpass.PrebookingToken) dragonpass.PrebookingToken {
	if holder := token.Holder; holder != (dragonpass.Holder{}) {
		if held, ok := tx.held(holder); ok {
			tx.releaseReservation(held.Token)
		}
		token.Reserved = true
		slot := tx.slotOf(token)
		slot.Reserved += token.Party.Persons()
		tx.putSlot(slot)
		put(tx, &tx.state.holds, holderKey(holder), token.Token)
		tx.schedule(afterEnd(token.ValidUntil), reservationReleased, token.Token)
	}
	put(tx, &tx.state.tokens, token.Token, token)
	tx.remembered(&tx.state.tokenAges, token.Token, tx.world.config.MaxTokens, func(oldest string) {
		tx.releaseReservation(oldest)
		remove(tx, &tx.state.tokens, oldest)
	})
	return token
}

// held is the token whose reservation a holder has.
func (tx *Tx) held(holder dragonpass.Holder) (dragonpass.PrebookingToken, bool) {
	if token, ok := tx.state.holds.get(holderKey(holder)); ok {
		return tx.state.tokens.get(token)
	}
	return dragonpass.PrebookingToken{}, false
}

// releaseReservation ends what a token holds, if it holds anything. The token stays good.
func (tx *Tx) releaseReservation(token string) {
	t, ok := tx.state.tokens.get(token)
	if !ok || !t.Reserved {
		return
	}
	if !t.Apart {
		slot := tx.slotOf(t)
		slot.Reserved -= t.Party.Persons()
		tx.putSlot(slot)
	}
	t.Reserved, t.Apart = false, false
	put(tx, &tx.state.tokens, token, t)
	remove(tx, &tx.state.holds, holderKey(t.Holder))
	tx.unschedule(afterEnd(t.ValidUntil), reservationReleased, token)
}

package rules

import (
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/passenger"
)

// Prebook is a client who books with a token.
type Prebook struct {
	dragonpass.PrebookRequest
	Promise  dragonpass.PrebookingToken // of the token; without text: there is none such
	Account  Account                    // of the holder
	Resource dragonpass.Resource        // of the token
	Slot     dragonpass.Slot            // of the token
}

// Booked is what a booking writes.
type Booked struct {
	Order dragonpass.Order           // pending; it lacks id and age
	Token dragonpass.PrebookingToken // holding nothing any more; it lacks the id of its order
	Slot  dragonpass.Slot            // without the places of the order
}

// Decide returns what the booking writes, or refuses, in this order: another module in the path (MODULE_MISMATCH), the
// token (PREBOOKING_TOKEN_*), an unknown account or one of another module, an unknown resource, what is wrong with the
// account, visits that the client does not expect (ENTITLEMENTS_MISMATCH), passenger data
// (PASSENGER_INFO_REQUIRED), a closed or a test venue that takes no booking, and where nothing is reserved a slot
// without the places (SLOT_UNAVAILABLE). Policy was asked when the token was given.
func (p *Prebook) Decide(now time.Time) (Booked, error) {
	if err := checkPath(p.Path, p.Module); err != nil {
		return Booked{}, err
	}
	if err := checkToken(&p.Promise, p.Module, p.Holder, now); err != nil {
		return Booked{}, err
	}
	if err := p.Account.Require(p.Holder); err != nil {
		return Booked{}, err
	}
	if err := p.Account.CheckModule(p.Module); err != nil {
		return Booked{}, err
	}
	if err := RequireResource(p.Promise.ResourceID, p.Resource.ResourceID != ""); err != nil {
		return Booked{}, err
	}
	service := p.Promise.ServiceAt
	if p.Promise.OptionID != "" && service.Before(now) { // a day pass of a day that has begun
		service = now
	}
	spent, err := p.Account.CheckUse(&p.Resource, p.Promise.Party, service, now)
	if err != nil {
		return Booked{}, err
	}
	if err := p.checkVisits(spent); err != nil {
		return Booked{}, err
	}
	lead, err := passenger.Collect(p.Passenger, p.Resource.Policy.RequiredInfo)
	if err != nil {
		return Booked{}, err
	}
	if err := checkVenue(&p.Resource); err != nil {
		return Booked{}, err
	}
	slot, err := redeem(p.Slot, &p.Promise)
	if err != nil {
		return Booked{}, err
	}
	order := p.Promise.Book(p.ProgramID, p.Holder, lead, now)
	order.Spent, order.SettlesAt = spent, p.Resource.Confirmation.SettlesAt(now)
	return Booked{Order: order, Token: p.Promise.Released(), Slot: slot}, nil
}

// checkVisits refuses a booking that takes other visits than the client says: ENTITLEMENTS_MISMATCH.
func (p *Prebook) checkVisits(spent dragonpass.Spent) error {
	visits := spent.Cardholder + spent.Guests + spent.Shared
	switch {
	case p.UseVisits != 0 && p.UseVisits != visits:
		return dragonpass.RefuseField(dragonpass.EntitlementsMismatch, "toUseEntitlementCount", "the booking takes %d visits, not %d", visits, p.UseVisits).
			By("A-071").Unless("%d, or a new preview", visits)
	case p.Use != nil && *p.Use != spent:
		return dragonpass.RefuseField(dragonpass.EntitlementsMismatch, "toUseEntitlementDetail", "the booking takes %d cardholder, %d guest and %d shared visits",
			spent.Cardholder, spent.Guests, spent.Shared).By("A-071").Unless("these, or a new preview")
	}
	return nil
}

const tokenField = "prebookingToken"

// checkToken refuses a token for an order of a module and a holder: unknown, used, expired, or given for another module
// or holder; in this order. The instant at which it ends still counts.
func checkToken(t *dragonpass.PrebookingToken, m dragonpass.Module, holder dragonpass.Holder, now time.Time) error {
	switch {
	case t.Token == "":
		return dragonpass.RefuseField(dragonpass.PrebookingTokenInvalid, tokenField, "no such token").By("A-045").Unless("a token of an availability call")
	case t.OrderID != "":
		return dragonpass.RefuseField(dragonpass.PrebookingTokenUsed, tokenField, "it made order %s already", t.OrderID).By("A-045").
			Unless("a new availability call")
	case now.After(t.ValidUntil):
		return dragonpass.RefuseField(dragonpass.PrebookingTokenExpired, tokenField, "it ended at %s", t.ValidUntil).By("A-045").
			Unless("a new availability call")
	case m != t.Module:
		return dragonpass.RefuseField(dragonpass.PrebookingTokenMismatch, tokenField, "it was given for module %d", t.Module).By("A-045").
			Unless("a token of module %d", m)
	case t.Holder.Named() && t.Holder != holder:
		return dragonpass.RefuseField(dragonpass.PrebookingTokenMismatch, tokenField, "it was given for another E-pass or membership").By("A-045").
			Unless("the holder of the availability call, or an availability call without one")
	}
	return nil
}

// checkVenue refuses a booking at a resource that has closed since the token was given, or at a test venue that has it so.
func checkVenue(r *dragonpass.Resource) error {
	switch {
	case !r.Prebookable():
		return dragonpass.Refuse(dragonpass.SlotUnavailable, "resource %s takes no bookings any more", r.ResourceID).By("A-094").Unless("another resource")
	case r.Quirk == dragonpass.SlotLost:
		return dragonpass.Refuse(dragonpass.SlotUnavailable, "resource %s has lost the place since the availability call", r.ResourceID).
			By(dragonpass.TestVenue + " " + r.ResourceID).Unless("another resource")
	case r.Quirk == dragonpass.SupplierError:
		return dragonpass.Refuse(dragonpass.PrebookingFailed, "the supplier of resource %s did not confirm", r.ResourceID).
			By(dragonpass.TestVenue + " " + r.ResourceID).Unless("another resource")
	}
	return nil
}

// redeem takes the places of a token from its slot: none where it has places of its own, those it reserved, or free ones.
// It refuses when too few are free: SLOT_UNAVAILABLE.
func redeem(s dragonpass.Slot, t *dragonpass.PrebookingToken) (dragonpass.Slot, error) {
	persons := t.Party.Persons()
	switch {
	case t.Apart:
		return s, nil
	case t.Reserved:
		return s.Release(*t).Take(persons), nil
	case s.Free() < persons:
		return s, dragonpass.Refuse(dragonpass.SlotUnavailable, "resource %s has %d places left at %s, the party has %d persons",
			t.ResourceID, s.Free(), t.Date, persons).By("A-023").Unless("a new availability call with a holder, which reserves")
	}
	return s.Take(persons), nil
}

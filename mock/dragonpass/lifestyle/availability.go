package lifestyle

import (
	"fmt"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/option"
	"dragonmock/mock/dragonpass/rules"
)

// Availability is a client who asks for an option of a lifestyle resource.
type Availability struct {
	rules.Availability
	Option option.Option // without id: there is none such

	// Of a top-up only: the order that its eSIM came with, and what was bought with that; without id: there is none such.
	ESIM   dragonpass.Order
	Bought option.Bought
}

// Decide returns whether the option can be had, or refuses, in this order: of a top-up an order of no eSIM of
// the holder (ORDER_NOT_FOUND); an unknown resource, another module than the resource's or the pass's, a resource that
// cannot be booked, an unknown option (OPTION_NOT_FOUND), a date that does not exist or is past, a bad party, an
// account that is unknown or no good. That it cannot be had now is no refusal.
func (a *Availability) Decide(now time.Time) (rules.Offer, error) {
	if a.TopUpOf == "" {
		return a.decide(now)
	}
	if err := a.checkESIM(); err != nil {
		return rules.Offer{}, err
	}
	offer, err := a.decide(now)
	return offer, rules.Renamed(err, "resourceId", "orderId") // a top-up names no resource
}

func (a *Availability) decide(now time.Time) (rules.Offer, error) {
	r := &a.Resource
	if err := rules.RequireResource(a.ResourceID, r.ResourceID != ""); err != nil {
		return rules.Offer{}, err
	}
	if a.Module != r.Module {
		return rules.Offer{}, dragonpass.RefuseField(dragonpass.ModuleMismatch, "module", "resource %s is of module %d, not %d", r.ResourceID, r.Module, a.Module).
			By("A-083").Unless("module %d", r.Module)
	}
	if err := a.Account.CheckModule(r.Module); err != nil {
		return rules.Offer{}, err
	}
	if !r.Prebookable() {
		return rules.Offer{}, dragonpass.RefuseField(dragonpass.PrebookingNotSupported, "resourceId", "resource %s cannot be booked", r.ResourceID).
			By("A-083").Unless("a resource with prebookingAllowed")
	}
	if err := RequireOption(r.ResourceID, a.OptionID, a.Option); err != nil {
		return rules.Offer{}, err
	}
	at, err := a.when(now)
	if err != nil {
		return rules.Offer{}, err
	}
	if err := rules.CheckPartyOf(a.Party, r.Policy.MaxPassengers()); err != nil {
		return rules.Offer{}, err
	}
	if a.Holder.Named() {
		if err := a.Account.Require(a.Holder); err != nil {
			return rules.Offer{}, err
		}
		if _, err := a.Account.CheckUse(r, a.Party, latest(at.service, now), now); err != nil {
			return rules.Offer{}, err
		}
	}
	return a.offer(at, now), nil
}

// moment is when an option is for.
type moment struct {
	date    dragonpass.LocalTime
	service time.Time // its instant
	closed  string    // why nothing is to be had then; empty: it is
}

// when is when the option is for: a class at its time, a day pass when the club opens that day, everything else at
// the date that was asked for, or now.
func (a *Availability) when(now time.Time) (moment, error) {
	r, visit := &a.Resource, a.Option.Visit
	here := now.In(r.Zone)
	m := moment{date: a.Date}
	if m.date == "" {
		m.date = dragonpass.LocalTime(here.Format("2006-01-02T15:04"))
	}
	var err error
	if m.service, err = m.date.In(r.Zone); err != nil {
		return m, dragonpass.RefuseField(dragonpass.PrebookingDateInvalid, "prebookingDate", "%s", err).By("A-021")
	}
	day := string(m.date[:len(time.DateOnly)])
	switch {
	case visit.Type == option.Class:
		if a.Date != "" && day != visit.Day {
			return m, dragonpass.RefuseField(dragonpass.PrebookingDateInvalid, "prebookingDate", "%s is on %s", a.OptionID, visit.Day).By("A-082").
				Unless("that day, or no date")
		}
		m.date = dragonpass.LocalTime(visit.Day + "T" + visit.Start)
	case day < here.Format(time.DateOnly):
		return m, dragonpass.RefuseField(dragonpass.PrebookingDateInvalid, "prebookingDate", "expected today or later, by the wall clock of %s", r.Zone).By("A-082")
	case visit.Type == option.DayPass:
		open, closes := spanOf(r, m.service)
		if open == "" {
			m.closed = "closed on that day"
			return m, nil
		}
		m.date = dragonpass.LocalTime(day + "T" + open)
		if end := endOf(r, day, closes); !now.Before(end) {
			m.closed = "closed for the day"
		}
	}
	if m.service, err = m.date.In(r.Zone); err != nil { // a class, in the hour that clocks skip
		return m, dragonpass.RefuseField(dragonpass.PrebookingDateInvalid, "optionId", "%s", err).By("A-021")
	}
	return m, nil
}

// offer says whether the option is to be had for a request that nothing is wrong with.
func (a *Availability) offer(at moment, now time.Time) rules.Offer {
	if reason := a.closed(at, now); reason != "" {
		return rules.Offer{Reason: reason}
	}
	slot := a.Slot
	slot.Date = at.date
	if a.Held.For(slot) {
		slot = slot.Release(a.Held)
	}
	if slot.Free() < a.Party.Persons() {
		return rules.Offer{Reason: "full"}
	}
	reserve := a.Holder.Named() && slot.Places > 0
	if reserve {
		slot = slot.Reserve(a.Party.Persons())
	}
	return rules.Offer{Slot: slot, Token: dragonpass.PrebookingToken{
		Module: a.Resource.Module, ResourceID: a.Resource.ResourceID, OptionID: a.OptionID, TopUpOf: a.TopUpOf, Date: at.date, ServiceAt: at.service, Party: a.Party,
		Holder: a.Holder, ValidUntil: now.Add(dragonpass.TokenLife), Reserved: reserve,
	}}
}

// closed says why an option is not to be had, or is empty when it is.
func (a *Availability) closed(at moment, now time.Time) string {
	p := a.Resource.Policy
	ahead := at.service.Sub(now)
	switch valid := a.Option.Offer.Validity; {
	case at.closed != "":
		return at.closed
	case a.TopUpOf != "" && noTopUp(&a.ESIM, a.Bought, now) != "":
		return noTopUp(&a.ESIM, a.Bought, now)
	case valid.Type == option.Fixed && !now.Before(endOf(&a.Resource, valid.EndDate, "24:00")):
		return "the offer is over"
	case valid.Type != 0 && a.Date != "" && !a.goodThen(at.service, now):
		return "its voucher is not good then"
	case a.Option.Visit.Type == option.Class && ahead <= 0:
		return "too late: the class has begun"
	case a.Option.Visit.Type == option.Class && ahead < time.Duration(p.AdvanceBookingHours)*time.Hour:
		return fmt.Sprintf("too late: it must be booked at least %d h ahead", p.AdvanceBookingHours)
	case ahead > time.Duration(p.MaxAdvanceDays)*24*time.Hour:
		return fmt.Sprintf("too early: it can be booked at most %d days ahead", p.MaxAdvanceDays)
	}
	return ""
}

// goodThen says whether the voucher of an offer that is bought at now is good at a date that was asked for: it is for all of today.
func (a *Availability) goodThen(service, now time.Time) bool {
	from, until := voucherOf(a.Option.Offer.Validity, &a.Resource, now)
	return !service.After(until) && (!service.Before(from) || from.Equal(now))
}

// DateAt is the date of what can be had of an option, by which its places are counted.
func (a *Availability) DateAt(now time.Time) dragonpass.LocalTime {
	at, _ := a.when(now)
	return at.date
}

// checkESIM refuses a top-up of what is no eSIM of the holder: ORDER_NOT_FOUND.
func (a *Availability) checkESIM() error {
	return RequireESIM(a.TopUpOf, &a.ESIM, a.ESIM.OrderID != "" && (!a.Holder.Named() || a.ESIM.Holder == a.Holder))
}

// RequireESIM refuses the id of no order, and of one of another module: ORDER_NOT_FOUND, MODULE_MISMATCH.
func RequireESIM(id string, o *dragonpass.Order, found bool) error {
	if err := rules.RequireOrder(id, found); err != nil {
		return err
	}
	if o.Module != dragonpass.ESIM {
		return dragonpass.RefuseField(dragonpass.ModuleMismatch, "orderId", "order %s is of module %d, not of an eSIM", o.OrderID, o.Module).
			By("A-033").Unless("an order of module %d", dragonpass.ESIM)
	}
	return nil
}

// RequireProfile is the refusal of an ICCID that no eSIM has: ORDER_NOT_FOUND.
func RequireProfile(iccid string) error {
	return dragonpass.RefuseField(dragonpass.OrderNotFound, "iccid", "no eSIM %s", iccid).By("A-033")
}

// RequireModule refuses a resource of another module: MODULE_MISMATCH.
func RequireModule(r *dragonpass.Resource, m dragonpass.Module) error {
	if r.Module != m {
		return dragonpass.RefuseField(dragonpass.ModuleMismatch, "resourceId", "resource %s is of module %d, not %d", r.ResourceID, r.Module, m).
			By("A-083").Unless("a resource of module %d", m)
	}
	return nil
}

// RequireOption refuses an option that the resource does not have: OPTION_NOT_FOUND.
func RequireOption(resourceID, optionID string, o option.Option) error {
	if o.OptionID == "" {
		return dragonpass.RefuseField(dragonpass.OptionNotFound, "optionId", "resource %s has no option %s", resourceID, optionID).By(dragonpass.Playground).
			Unless("an option that the resource lists")
	}
	return nil
}

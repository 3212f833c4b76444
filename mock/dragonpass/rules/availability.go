package rules

import (
	"fmt"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/calendar"
)

// Availability is a client who asks for a place.
type Availability struct {
	dragonpass.AvailabilityRequest
	Resource dragonpass.Resource        // without id: there is none such
	Account  Account                    // of the holder, when one is named
	Slot     dragonpass.Slot            // of the resource and the date
	Held     dragonpass.PrebookingToken // whose places the holder has reserved; zero: it has none
}

// Offer is what a client finds who asks for a place.
type Offer struct {
	Reason string                     // why there is no place; empty when there is one
	Token  dragonpass.PrebookingToken // for the place; it lacks its text
	Slot   dragonpass.Slot            // once the token has its places, and what the holder held in the same slot is free
}

// Decide returns whether there is a place, or refuses what can never be booked, in this order: an unknown
// resource, another module than the resource's or the pass's, a resource without prebooking, a date that does not exist
// or is not in the future, a bad party, an account that is unknown or no good. That there is no place is no refusal.
func (a *Availability) Decide(now time.Time) (Offer, error) {
	r := &a.Resource
	if err := RequireResource(a.ResourceID, r.ResourceID != ""); err != nil {
		return Offer{}, err
	}
	if a.Module != r.Module {
		return Offer{}, dragonpass.RefuseField(dragonpass.ModuleMismatch, "module", "resource %s is of module %d, not %d", r.ResourceID, r.Module, a.Module).
			By("A-044").Unless("module %d", r.Module)
	}
	if err := a.Account.CheckModule(r.Module); err != nil {
		return Offer{}, err
	}
	if err := CheckPrebookable(r); err != nil {
		return Offer{}, err
	}
	service, err := checkDate(r, a.Date)
	if err != nil {
		return Offer{}, err
	}
	if !service.After(now) {
		return Offer{}, dragonpass.RefuseField(dragonpass.PrebookingDateInvalid, "prebookingDate", "expected a time in the future, by the wall clock of %s", r.Zone).
			By("A-044").Unless("a time after %s", now)
	}
	if err := CheckPartyOf(a.Party, r.Policy.MaxPassengers()); err != nil {
		return Offer{}, err
	}
	if a.Holder.Named() {
		if err := a.Account.Require(a.Holder); err != nil {
			return Offer{}, err
		}
		if _, err := a.Account.CheckUse(r, a.Party, service, now); err != nil {
			return Offer{}, err
		}
	}
	return a.offer(service, now), nil
}

// offer says whether there is a place for a request that nothing is wrong with.
func (a *Availability) offer(service, now time.Time) Offer {
	if reason := Closed(&a.Resource, a.Date, service, now); reason != "" {
		return Offer{Reason: reason}
	}
	slot := a.Slot
	if a.Held.For(slot) {
		slot = slot.Release(a.Held) // the holder's own places are freed for it
	}
	if slot.Free() < a.Party.Persons() {
		return Offer{Reason: "full"}
	}
	if a.Holder.Named() {
		slot = slot.Reserve(a.Party.Persons())
	}
	return Offer{Slot: slot, Token: dragonpass.PrebookingToken{
		Module: a.Resource.Module, ResourceID: a.Resource.ResourceID, Date: a.Date, ServiceAt: service, Party: a.Party, Holder: a.Holder,
		ValidUntil: now.Add(dragonpass.TokenLife), Reserved: a.Holder.Named(),
	}}
}

// Closed says why a resource takes no booking for a time, or is empty when it does. Capacity is not asked here. service
// is the instant of date. All limits include their own instant.
func Closed(r *dragonpass.Resource, date dragonpass.LocalTime, service, now time.Time) string {
	if ahead := service.Sub(now); ahead < time.Duration(r.Policy.AdvanceBookingHours)*time.Hour {
		return fmt.Sprintf("too late: it must be booked at least %d h ahead", r.Policy.AdvanceBookingHours)
	} else if ahead > time.Duration(r.Policy.MaxAdvanceDays)*24*time.Hour {
		return fmt.Sprintf("too early: it can be booked at most %d days ahead", r.Policy.MaxAdvanceDays)
	}
	return offGrid(r, date, service)
}

// offGrid says why no slot of a resource begins at a time, or is empty when one does.
func offGrid(r *dragonpass.Resource, date dragonpass.LocalTime, service time.Time) string {
	weekday := calendar.Weekday(service.In(r.Zone))
	minute := date.Minutes()
	open := false
	for _, h := range r.OpeningHours {
		from, to := h.Minutes()
		if h.DayOfWeek != weekday || minute < from || minute >= to {
			continue
		}
		open = true
		// The last slot begins a slot's length before closing.
		if (minute-from)%r.Policy.SlotMinutes == 0 && minute+r.Policy.SlotMinutes <= to {
			return ""
		}
	}
	if open {
		return fmt.Sprintf("not on the slot grid: a slot begins every %d min from opening", r.Policy.SlotMinutes)
	}
	return "closed at that hour"
}

// CheckSlotTime returns the instant of a time at which a slot of a resource begins, or refuses, in this order:
// PREBOOKING_NOT_SUPPORTED; PREBOOKING_DATE_INVALID for a time at which none begins, or that is not after now. How far ahead
// can be booked is not asked.
func CheckSlotTime(r *dragonpass.Resource, date dragonpass.LocalTime, now time.Time) (time.Time, error) {
	if err := CheckPrebookable(r); err != nil {
		return time.Time{}, err
	}
	service, err := checkDate(r, date)
	if err != nil {
		return service, err
	}
	if reason := offGrid(r, date, service); reason != "" {
		return service, dragonpass.RefuseField(dragonpass.PrebookingDateInvalid, "prebookingDate", "%s has no slot then: %s", r.ResourceID, reason)
	}
	if !service.After(now) {
		return service, dragonpass.RefuseField(dragonpass.PrebookingDateInvalid, "prebookingDate", "expected a time after the world's now, %s", now)
	}
	return service, nil
}

// CheckPrebookable refuses a resource that cannot be booked: PREBOOKING_NOT_SUPPORTED.
func CheckPrebookable(r *dragonpass.Resource) error {
	switch {
	case !r.Prebookable():
		return dragonpass.RefuseField(dragonpass.PrebookingNotSupported, "resourceId", "resource %s cannot be booked", r.ResourceID).
			By("A-044").Unless("a resource with prebookingAllowed")
	case r.Module.Lifestyle():
		return dragonpass.RefuseField(dragonpass.PrebookingNotSupported, "resourceId", "resource %s is booked by option", r.ResourceID).
			By(dragonpass.Playground).Unless("the availability of one of its options")
	}
	return nil
}

// checkDate returns the instant at which the resource's wall clock shows date, or refuses a date that does not exist:
// PREBOOKING_DATE_INVALID.
func checkDate(r *dragonpass.Resource, date dragonpass.LocalTime) (time.Time, error) {
	service, err := date.In(r.Zone)
	if err != nil {
		return service, dragonpass.RefuseField(dragonpass.PrebookingDateInvalid, "prebookingDate", "%s", err).By("A-021")
	}
	return service, nil
}

// checkParty refuses a party without an adult, or with fewer than no children: PASSENGERS_INVALID.
func checkParty(p dragonpass.Party) error {
	switch {
	case p.Adults < 1:
		return dragonpass.RefuseField(dragonpass.PassengersInvalid, "adultCount", "expected at least 1 adult, got %d", p.Adults).
			By("A-044").Unless("adultCount of 1 or more")
	case p.Children < 0:
		return dragonpass.RefuseField(dragonpass.PassengersInvalid, "childCount", "expected 0 children or more, got %d", p.Children).
			By("A-044").Unless("childCount of 0 or more")
	}
	return nil
}

// CheckPartyOf refuses what checkParty does, and then a party of more than so many persons: PASSENGERS_INVALID.
func CheckPartyOf(p dragonpass.Party, most int) error {
	if err := checkParty(p); err != nil {
		return err
	}
	if p.Persons() > most {
		return dragonpass.RefuseField(dragonpass.PassengersInvalid, "adultCount",
			"expected at most %d persons in one order (adultCount + childCount), got %d", most, p.Persons()).By("A-044").Unless("a party of at most %d", most)
	}
	return nil
}

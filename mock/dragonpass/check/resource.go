package check

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"dragonmock/mock/dragonpass"
)

// Resource says what is wrong with a resource as data, beginning with the pointer of the member as the vendor spells it.
func Resource(r dragonpass.Resource) error {
	if err := Length(r.Name, 1, 200); err != nil {
		return fmt.Errorf("/resourceName: %w", err)
	}
	switch r.Quirk {
	case dragonpass.NoQuirk, dragonpass.SlotLost, dragonpass.SupplierError, dragonpass.OptionLost, dragonpass.PriceMoves, dragonpass.Slow:
	default:
		return fmt.Errorf("/quirk: expected slotLost, supplierError, optionLost, priceMoves, slow or nothing, got %q", r.Quirk)
	}
	switch r.Translation {
	case dragonpass.Translated, dragonpass.PartlyTranslated, dragonpass.NotTranslated:
	default:
		return fmt.Errorf("/translation: expected partly, none or nothing, got %q", r.Translation)
	}
	for i, image := range r.Images {
		if err := Length(image.URL, 1, 2048); err != nil {
			return fmt.Errorf("/imagesList/%d/url: %w", i, err)
		}
		if err := within(fmt.Sprintf("/imagesList/%d/order", i), image.Order, 1, math.MaxInt32); err != nil {
			return err
		}
	}
	for i, h := range r.OpeningHours {
		from, to := h.Minutes()
		switch {
		case h.DayOfWeek < 1 || h.DayOfWeek > 7:
			return fmt.Errorf("/openingHours/%d/dayOfWeek: expected a day from 1 (Monday) to 7 (Sunday), got %d", i, h.DayOfWeek)
		case from < 0 || from == 24*60:
			return fmt.Errorf("/openingHours/%d/open: expected a time such as 05:00, got %q", i, h.Open)
		case to < 0:
			return fmt.Errorf("/openingHours/%d/close: expected a time such as 22:00 or 24:00, got %q", i, h.Close)
		case to <= from:
			return fmt.Errorf("/openingHours/%d/close: expected a time after open, %s, got %s; write a night as two rows", i, h.Open, h.Close)
		}
	}
	err := cmp.Or(inside(r), options(r), within("/capacity", r.Capacity, 0, dragonpass.MaxCapacity))
	if err != nil || !r.Prebookable() {
		return err
	}
	p := r.Policy
	return cmp.Or(
		price(r.Price),
		within("/prebookingPolicy/slotMinutes", p.SlotMinutes, 1, 24*60),
		within("/prebookingPolicy/maxAdvanceDays", p.MaxAdvanceDays, 1, longest),
		within("/prebookingPolicy/advanceBookingHours", p.AdvanceBookingHours, 0, longest),
		within("/prebookingPolicy/maxPassengerPerOrder", p.MaxPassengersPerOrder, 0, longest),
		within("/prebookingPolicy/cancellationPolicy/cancellationHoursBefore", p.Cancellation.HoursBefore, 0, longest),
	)
}

// inside says what is wrong with where a resource stands in its hub. What is in a city stands in none.
func inside(r dragonpass.Resource) error {
	if r.Module.Lifestyle() {
		if r.Area != 0 || len(r.RouteTypes) > 0 || r.Terminal != "" || r.NearestGate != "" || r.Tier != 0 {
			return fmt.Errorf("/extra/loungeInfo: expected none, since the module is %d", r.Module)
		}
		if r.WalkInAllowed {
			return fmt.Errorf("/walkInAllowed: expected false, since what is of module %d is booked by option", r.Module)
		}
		return nil
	}
	if r.Area < 1 || r.Area > 2 {
		return fmt.Errorf("/extra/loungeInfo/area: expected 1 (airside) or 2 (landside), got %d", r.Area)
	}
	for i, route := range r.RouteTypes {
		if err := within(fmt.Sprintf("/extra/loungeInfo/routeTypes/%d", i), route, 1, 3); err != nil {
			return err
		}
	}
	return within("/extra/loungeInfo/tier", r.Tier, 1, math.MaxInt32)
}

// price says what is wrong with a price that answers show.
func price(p dragonpass.Price) error {
	if len(p.Currency) != 3 || strings.Trim(p.Currency, capitals) != "" {
		return fmt.Errorf("/price/currency: expected three capital letters, got %q", p.Currency)
	}
	return cmp.Or(amount("/price/adultRate", p.AdultRate), amount("/price/childRate", p.ChildRate))
}

package lifestyle

import (
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/option"
	"dragonmock/mock/dragonpass/rules"
)

// FillSlot is a test author who sets how many persons can still reserve or book one time of a resource, or of an option
// of it.
type FillSlot struct {
	rules.FillSlot
	OptionID string
	Option   option.Option // without id: there is none such
}

// Decide returns the slot as it is then. What is not booked by option is refused an option (INVALID_REQUEST), and else
// what [rules.FillSlot] refuses. An option is refused, in this order: an unknown resource, one that cannot be booked,
// no option (INVALID_REQUEST), an unknown one (OPTION_NOT_FOUND), one that takes whoever comes (INVALID_REQUEST), a
// date at which it is not to be had or is past, free below 0 or above [dragonpass.MaxCapacity].
func (f *FillSlot) Decide(now time.Time) (dragonpass.Slot, error) {
	r := &f.Resource
	if !r.Module.Lifestyle() {
		if f.OptionID != "" && r.ResourceID != "" {
			return dragonpass.Slot{}, dragonpass.RefuseField(dragonpass.InvalidRequest, "optionId", "expected none, since resource %s is not booked by option", r.ResourceID)
		}
		return f.FillSlot.Decide(now)
	}
	if !r.Prebookable() {
		return dragonpass.Slot{}, dragonpass.RefuseField(dragonpass.PrebookingNotSupported, "resourceId", "resource %s cannot be booked", r.ResourceID)
	}
	if f.OptionID == "" {
		return dragonpass.Slot{}, dragonpass.RefuseField(dragonpass.InvalidRequest, "optionId", "expected an option, since resource %s is booked by option", r.ResourceID)
	}
	if err := RequireOption(r.ResourceID, f.OptionID, f.Option); err != nil {
		return dragonpass.Slot{}, err
	}
	if f.Option.Visit.Places == 0 {
		return dragonpass.Slot{}, dragonpass.RefuseField(dragonpass.InvalidRequest, "optionId", "option %s takes whoever comes, so there is nothing to fill", f.OptionID)
	}
	ask := Availability{Availability: rules.Availability{AvailabilityRequest: dragonpass.AvailabilityRequest{OptionID: f.OptionID, Date: f.Date}, Resource: *r}, Option: f.Option}
	at, err := ask.when(now)
	switch {
	case err != nil:
		return dragonpass.Slot{}, err
	case at.closed != "":
		return dragonpass.Slot{}, dragonpass.RefuseField(dragonpass.PrebookingDateInvalid, "prebookingDate", "%s has no places then: %s", f.OptionID, at.closed)
	case f.Option.Visit.Type == option.Class && !at.service.After(now):
		return dragonpass.Slot{}, dragonpass.RefuseField(dragonpass.PrebookingDateInvalid, "prebookingDate", "expected a time after the world's now, %s", now)
	}
	if err := f.CheckFree(); err != nil {
		return dragonpass.Slot{}, err
	}
	return dragonpass.Slot{ResourceID: r.ResourceID, OptionID: f.OptionID, Date: at.date, Left: f.Free, Places: f.Option.Visit.Places, Filled: true}, nil
}

package offers

import (
	"errors"
	"fmt"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/lifestyle"
	"dragonmock/mock/dragonpass/option"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/world"
)

// Resource shows a resource of a lifestyle module. Errors: RESOURCE_NOT_FOUND, MODULE_MISMATCH.
func Resource(tx *world.Tx, m dragonpass.Module, id string) (dragonpass.Resource, error) {
	r, err := booking.ShowResource(tx, id)
	if err != nil {
		return r, err
	}
	return r, lifestyle.RequireModule(&r, m)
}

// Priced is an option, and what it costs now.
type Priced struct {
	option.Option
	Price dragonpass.Price
}

// Options lists the options of a resource as it lists them: a class without its day. Errors: those of [Resource].
func Options(tx *world.Tx, m dragonpass.Module, resourceID string) (dragonpass.Resource, []Priced, error) {
	r, err := Resource(tx, m, resourceID)
	if err != nil {
		return r, nil, err
	}
	return r, priced(tx, &r, r.Options), nil
}

// Option finds an option as a client names it, a class with its day. Errors: those of [Resource]; OPTION_NOT_FOUND.
func Option(tx *world.Tx, m dragonpass.Module, resourceID, optionID string) (dragonpass.Resource, Priced, error) {
	r, err := Resource(tx, m, resourceID)
	if err != nil {
		return r, Priced{}, err
	}
	o, _ := option.Find(r.Options, optionID)
	return r, Priced{o, lifestyle.PriceOf(&r, o, tx.Now())}, lifestyle.RequireOption(r.ResourceID, optionID, o)
}

func priced(tx *world.Tx, r *dragonpass.Resource, options []option.Option) []Priced {
	list := make([]Priced, len(options))
	for i, o := range options {
		list[i] = Priced{o, lifestyle.PriceOf(r, o, tx.Now())}
	}
	return list
}

// Day is what a fitness club has on one day.
type Day struct {
	Date   string // "2025-10-06", by the clocks of the club
	Visits []Priced
}

// ScheduleDays is how many days a schedule shows.
const ScheduleDays = 7

// Schedule is what a fitness club has on the seven days from today. Errors: those of [Resource].
func Schedule(tx *world.Tx, resourceID string) (dragonpass.Resource, []Day, error) {
	r, err := Resource(tx, dragonpass.Fitness, resourceID)
	if err != nil {
		return r, nil, err
	}
	today := tx.Now().In(r.Zone)
	days := make([]Day, ScheduleDays)
	for i := range days {
		date := time.Date(today.Year(), today.Month(), today.Day()+i, 0, 0, 0, 0, time.UTC)
		days[i] = Day{date.Format(time.DateOnly), priced(tx, &r, option.On(r.Options, date))}
	}
	return r, days, nil
}

// ResourcePrices are the prices of resources, in the order in which they are asked for; that of a lifestyle resource is its
// cheapest option's. Errors: RESOURCE_NOT_FOUND, MODULE_MISMATCH.
func ResourcePrices(tx *world.Tx, m dragonpass.Module, ids []string) ([]dragonpass.Resource, error) {
	list := make([]dragonpass.Resource, len(ids))
	for i, id := range ids {
		r, err := Resource(tx, m, id)
		if err != nil {
			return nil, inList(err, "resourceId", i)
		}
		if len(r.Options) > 0 {
			r.Price = lifestyle.Cheapest(&r, tx.Now())
		}
		list[i] = r
	}
	return list, nil
}

// OptionPrices are the prices of options of a resource, in the order in which they are asked for; none asked for: of
// all that it lists. Errors: those of [Option].
func OptionPrices(tx *world.Tx, m dragonpass.Module, resourceID string, ids []string) ([]Priced, error) {
	if len(ids) == 0 {
		_, all, err := Options(tx, m, resourceID)
		return all, err
	}
	list := make([]Priced, len(ids))
	for i, id := range ids {
		_, o, err := Option(tx, m, resourceID, id)
		if err != nil {
			return nil, inList(err, "optionId", i)
		}
		list[i] = o
	}
	return list, nil
}

// inList has the refusal of one of several ids say which: "resourceIds.1" in place of "resourceId".
func inList(err error, field string, i int) error {
	if refused, ok := errors.AsType[*dragonpass.Error](err); ok {
		for n, c := range refused.Complaints {
			if c.Field == field {
				refused.Complaints[n].Field = fmt.Sprintf("%ss.%d", field, i)
			}
		}
	}
	return err
}

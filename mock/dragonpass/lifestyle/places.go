package lifestyle

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/option"
)

// SlotOf is a time of an option that nobody has touched. An option without a bound takes whoever comes.
func SlotOf(r *dragonpass.Resource, optionID string, date dragonpass.LocalTime) dragonpass.Slot {
	o, _ := option.Find(r.Options, optionID)
	s := dragonpass.Slot{ResourceID: r.ResourceID, OptionID: optionID, Date: date, Left: o.Visit.Places, Places: o.Visit.Places}
	if s.Places == 0 {
		s.Left = dragonpass.MaxCapacity
	}
	return s
}

// Resized is the time of an option of which there may be another number of places now. One that is gone, or has no bound any
// more, stays as it is for those who are in it.
func Resized(s dragonpass.Slot, r *dragonpass.Resource) dragonpass.Slot {
	o, _ := option.Find(r.Options, s.OptionID)
	if places := o.Visit.Places; places > 0 {
		if !s.Filled {
			s.Left += places - s.Places
		}
		s.Places = places
	}
	return s
}

// PriceOf is what an option costs. That of the test venue whose prices change is one more every hour of the day, in UTC.
func PriceOf(r *dragonpass.Resource, o option.Option, now time.Time) dragonpass.Price {
	p := dragonpass.Price{Dynamic: r.Price.Dynamic, Currency: r.Price.Currency, AdultRate: o.AdultRate, ChildRate: o.ChildRate}
	if r.Quirk == dragonpass.PriceMoves {
		p.AdultRate, p.ChildRate = plus(p.AdultRate, now.UTC().Hour()), plus(p.ChildRate, now.UTC().Hour())
	}
	return p
}

// Cheapest is what the cheapest option of a resource costs, which has one at least.
func Cheapest(r *dragonpass.Resource, now time.Time) dragonpass.Price {
	low := PriceOf(r, r.Options[0], now)
	for _, o := range r.Options[1:] {
		if p := PriceOf(r, o, now); amount(p.AdultRate) < amount(low.AdultRate) {
			low = p
		}
	}
	return low
}

// amount is a price as a number.
func amount(rate string) float64 {
	n, _ := strconv.ParseFloat(rate, 64) // it was checked when it was written
	return n
}

// plus adds whole units to an amount such as 28.00.
func plus(amount string, units int) string {
	whole, cents, _ := strings.Cut(amount, ".")
	n, err := strconv.Atoi(whole)
	if err != nil {
		return amount
	}
	return fmt.Sprintf("%d.%s", n+units, cents)
}

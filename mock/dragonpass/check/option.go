package check

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/option"
)

// The bounds of options.
const (
	maxOptions = 200
	maxVolume  = 1 << 50 // bytes
)

// options says what is wrong with what a lifestyle resource offers.
func options(r dragonpass.Resource) error {
	if !r.Module.Lifestyle() {
		if len(r.Options) > 0 || r.Coverage.Type != 0 {
			return fmt.Errorf("/options: expected none, since the module is %d", r.Module)
		}
		return nil
	}
	if len(r.Options) > maxOptions {
		return fmt.Errorf("/options: expected at most %d, got %d", maxOptions, len(r.Options))
	}
	for i, o := range r.Options {
		at := fmt.Sprintf("/options/%d", i)
		if slices.ContainsFunc(r.Options[:i], func(other option.Option) bool { return other.OptionID == o.OptionID }) {
			return fmt.Errorf("%s/optionId: %q is there twice", at, o.OptionID)
		}
		if err := oneOption(at, r, o); err != nil {
			return err
		}
	}
	if r.Module == dragonpass.ESIM {
		return coverage(r.Coverage)
	}
	return nil
}

func oneOption(at string, r dragonpass.Resource, o option.Option) error {
	if err := Length(o.OptionID, 1, 60); err != nil {
		return fmt.Errorf("%s/optionId: %w", at, err)
	}
	if err := Length(o.Name, 1, 200); err != nil {
		return fmt.Errorf("%s/optionName: %w", at, err)
	}
	if err := cmp.Or(amount(at+"/adultRate", o.AdultRate), amount(at+"/childRate", o.ChildRate)); err != nil {
		return err
	}
	switch r.Module {
	case dragonpass.ESIM:
		return dataPackage(at+"/package", o.Package)
	case dragonpass.Fitness:
		return visit(at+"/visit", o.Visit)
	}
	return offer(at+"/offer", o.Offer)
}

// dataPackage says what is wrong with a data package.
func dataPackage(at string, p option.Package) error {
	return cmp.Or(
		within(at+"/duration", p.Days, 1, 3650),
		within(at+"/dataMode", p.DataMode, option.DailyVolume, option.TotalVolume),
		within(at+"/totalVolume", int(p.Bytes), 1, maxVolume),
		within(at+"/dailyLimit", int(p.DailyBytes), 0, maxVolume),
		within(at+"/effectiveHours", p.Effective, 0, longest),
		text(at+"/speed", p.Speed, 1, 40), text(at+"/notes", p.Notes, 0, 1000),
	)
}

func visit(at string, v option.Visit) error {
	err := cmp.Or(within(at+"/optionType", v.Type, option.DayPass, option.Class), within(at+"/places", v.Places, 0, dragonpass.MaxCapacity))
	if err != nil {
		return err
	}
	if v.Day != "" {
		return fmt.Errorf("%s/day: expected none, since a class is every week", at)
	}
	if v.Type == option.DayPass {
		if v.DayOfWeek != 0 || v.Start != "" || v.End != "" {
			return fmt.Errorf("%s/startTime: expected none of a day pass", at)
		}
		return nil
	}
	from, to := dragonpass.OpeningHours{Open: v.Start, Close: v.End}.Minutes()
	switch {
	case v.DayOfWeek < 1 || v.DayOfWeek > 7:
		return fmt.Errorf("%s/dayOfWeek: expected a day from 1 (Monday) to 7 (Sunday), got %d", at, v.DayOfWeek)
	case from < 0 || from == 24*60:
		return fmt.Errorf("%s/startTime: expected a time such as 18:30, got %q", at, v.Start)
	case to <= from:
		return fmt.Errorf("%s/endTime: expected a time after startTime, %s, got %q", at, v.Start, v.End)
	}
	return nil
}

func offer(at string, o option.Offer) error {
	err := cmp.Or(within(at+"/marketingTag", o.MarketingTag, 1, 4), within(at+"/validity/type", o.Validity.Type, option.Fixed, option.Dynamic))
	if err != nil {
		return err
	}
	v := o.Validity
	if v.Type != option.Fixed {
		if v.StartDate != "" || v.EndDate != "" {
			return fmt.Errorf("%s/validity/startDate: expected none, since it is not fixed", at)
		}
		if !slices.Contains([]string{"DAY", "MONTH", "YEAR"}, v.Unit) {
			return fmt.Errorf("%s/validity/unit: expected DAY, MONTH or YEAR, got %q", at, v.Unit)
		}
		return within(at+"/validity/value", v.Value, 1, 100)
	}
	if v.Value != 0 || v.Unit != "" {
		return fmt.Errorf("%s/validity/value: expected none, since it is fixed", at)
	}
	from, err := time.Parse(time.DateOnly, v.StartDate)
	if err != nil {
		return fmt.Errorf("%s/validity/startDate: expected a day such as 2025-10-01, got %q", at, v.StartDate)
	}
	to, err := time.Parse(time.DateOnly, v.EndDate)
	if err != nil || to.Before(from) || from.Year() < 1970 {
		return fmt.Errorf("%s/validity/endDate: expected a day at or after startDate, %s, got %q", at, v.StartDate, v.EndDate)
	}
	return nil
}

func coverage(c option.Coverage) error {
	if len(c.Regions) < 1 || len(c.Regions) > 250 {
		return fmt.Errorf("/coverage/regions: expected 1 to 250, got %d", len(c.Regions))
	}
	for i, region := range c.Regions {
		if len(region) != 2 || strings.Trim(region, capitals) != "" {
			return fmt.Errorf("/coverage/regions/%d: expected two capital letters, got %q", i, region)
		}
	}
	return cmp.Or(within("/coverage/type", c.Type, 1, math.MaxInt32), text("/coverage/rawText", c.RawText, 1, 200))
}

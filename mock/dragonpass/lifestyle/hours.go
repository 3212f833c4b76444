package lifestyle

import (
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/calendar"
	"dragonmock/mock/dragonpass/option"
)

// spanOf is when a club first opens on the day of an instant, and last closes; empty: not at all.
func spanOf(r *dragonpass.Resource, at time.Time) (open, closes string) {
	weekday := calendar.Weekday(at.In(r.Zone))
	for _, h := range r.OpeningHours {
		if h.DayOfWeek != weekday {
			continue
		}
		if open == "" || h.Open < open {
			open = h.Open
		}
		closes = max(closes, h.Close)
	}
	return open, closes
}

// endOf is the instant at which a day's time of a resource is over; "24:00" is its end.
func endOf(r *dragonpass.Resource, day, clock string) time.Time {
	date, _ := time.ParseInLocation(time.DateOnly, day, r.Zone)
	_, minutes := dragonpass.OpeningHours{Open: "00:00", Close: clock}.Minutes()
	return time.Date(date.Year(), date.Month(), date.Day(), 0, minutes, 0, 0, r.Zone)
}

// voucherOf is how long the voucher of an offer is good that is bought at now: to the end of its last local day where the
// range is fixed, else so many units from now, days of 24 hours, months and years by the clock of the place.
func voucherOf(v option.Validity, r *dragonpass.Resource, now time.Time) (from, until time.Time) {
	switch {
	case v.Type == option.Fixed:
		return latest(endOf(r, v.StartDate, "00:00"), now).UTC(), endOf(r, v.EndDate, "24:00").Add(-time.Second).UTC()
	case v.Unit == "MONTH":
		return now, calendar.AddMonths(now.In(r.Zone), v.Value).UTC()
	case v.Unit == "YEAR":
		return now, calendar.AddYears(now.In(r.Zone), v.Value).UTC()
	}
	return now, now.AddDate(0, 0, v.Value)
}

func latest(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

package option

import (
	"slices"
	"strings"
	"time"

	"dragonmock/mock/dragonpass/calendar"
)

// Find finds an option as a client names it. A class has a day behind its id, "F00001-yoga-20251006", which must be one of
// its weekday; the option that is returned has that id, and the day.
func Find(options []Option, id string) (Option, bool) {
	for _, o := range options {
		if o.Visit.Type != Class {
			if o.OptionID == id {
				return o, true
			}
			continue
		}
		if digits, ok := strings.CutPrefix(id, o.OptionID+"-"); ok {
			if day, err := time.Parse("20060102", digits); err == nil && o.Visit.DayOfWeek == calendar.Weekday(day) {
				return o.on(day), true
			}
		}
	}
	return Option{}, false
}

// On are the visits of a day, classes by their time.
func On(options []Option, day time.Time) []Option {
	var found []Option
	for _, o := range options {
		switch {
		case o.Visit.Type == DayPass:
			found = append(found, o)
		case o.Visit.DayOfWeek == calendar.Weekday(day):
			found = append(found, o.on(day))
		}
	}
	slices.SortStableFunc(found, func(a, b Option) int { return strings.Compare(a.Visit.Start, b.Visit.Start) })
	return found
}

func (o Option) on(day time.Time) Option {
	o.OptionID += day.Format("-20060102")
	o.Visit.Day = day.Format(time.DateOnly)
	return o
}

// Bought is what was bought of an option. It is a row beside the order.
type Bought struct {
	Option Option // as it was then

	// From and Until are the first and the last instant: of the profile of an eSIM, of a visit, of the voucher of an offer.
	From, Until time.Time

	// Of an eSIM only.
	ICCID       string    // empty while the order is pending, or when it never was confirmed
	TopUpOf     string    // the order of the eSIM that it is a top-up of; empty: it is none
	ActivatedAt time.Time // when data was first used; zero: none was
	Used        int64     // bytes, never more than there are
}

// State is how far a data package has come.
type State int

// The states of a data package. Ready is the one that the page shows (D/3511084e0).
const (
	Provisioning State = 1
	Ready        State = 2 // bought, and no data used
	Active       State = 3
	UsedUp       State = 4
	Expired      State = 5
	Withdrawn    State = 6 // cancelled, or it failed
)

// StateAt is the state of a package as the clock has it.
func (b Bought) StateAt(pending, dead bool, now time.Time) State {
	switch {
	case dead:
		return Withdrawn
	case pending:
		return Provisioning
	case b.ActivatedAt.IsZero() && now.After(b.Until), !b.ActivatedAt.IsZero() && now.After(b.Ends()):
		return Expired
	case b.Remaining() == 0:
		return UsedUp
	case b.ActivatedAt.IsZero():
		return Ready
	}
	return Active
}

// Ends is the last instant of a package that is active: so many days of 24 hours after data was first used, or that of its
// profile where it comes first.
func (b Bought) Ends() time.Time {
	if ends := b.ActivatedAt.Add(time.Duration(b.Option.Package.Days) * 24 * time.Hour); ends.Before(b.Until) {
		return ends
	}
	return b.Until
}

// Remaining is how many bytes of a package are left.
func (b Bought) Remaining() int64 { return b.Option.Package.Bytes - b.Used }

// Use uses bytes of a package, as far as there are any left. The first use begins its days.
func (b Bought) Use(bytes int64, now time.Time) Bought {
	if b.ActivatedAt.IsZero() {
		b.ActivatedAt = now
	}
	b.Used += min(bytes, b.Remaining())
	return b
}

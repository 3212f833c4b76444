package dragonpass

import (
	"cmp"
	"fmt"
	"math"
	"strings"
	"time"
)

// TransportHub is an airport (Type 1) or a railway station (2, A-007) (D/338421m0).
type TransportHub struct {
	TransportHubID  string // "A" and five digits
	Name            string
	Type            int
	IATA            string
	City            string
	CountryOrRegion string // ISO 3166-1 alpha-2
	Continent       string
	Latitude        string // degrees north as text
	Longitude       string // degrees east as text
	TimeZone        string // IANA name
	Images          []Image
}

// Image is a picture and its place among others, from 1.
type Image struct {
	URL   string
	Order int
}

// Resource is one service point: a lounge, a fast track lane or a restaurant. Each is booked on its own (D, seed).
type Resource struct {
	ResourceID        string // a letter and five or more digits
	Name              string
	Module            Module
	Hub               TransportHub
	Location          string
	Zone              *time.Location // its local times are read in this zone
	Image             string
	Area              int   // 1 airside, 2 landside
	RouteTypes        []int // 1 departure, 2 arrival, 3 transit
	Terminal          string
	NearestGate       string // empty: none
	Tier              int
	OpeningHours      []OpeningHours
	Facilities        []string
	Images            []Image
	WalkInAllowed     bool
	PrebookingAllowed bool
	Policy            PrebookingPolicy // counts only where PrebookingAllowed
	Price             Price
	Capacity          int // persons a slot
	Confirmation      Confirmation
	Quirk             Quirk
}

// Quirk is how a test venue misbehaves when it is booked.
type Quirk string

// The quirks.
const (
	NoQuirk       Quirk = ""
	SlotLost      Quirk = "slotLost"      // the place is gone between availability and order: SLOT_UNAVAILABLE
	SupplierError Quirk = "supplierError" // the supplier does not confirm: PREBOOKING_FAILED
	Slow          Quirk = "slow"          // answers about it take as long as the real ones do (C: mean 788 ms, p95 2,597 ms)
)

// OpeningHours is one span of one weekday, 1 Monday to 7 Sunday, in the resource's local time.
type OpeningHours struct {
	DayOfWeek   int
	Open, Close string // "15:04"; Close may be "24:00"
}

// Minutes are the span's first minute and the one after its last, in minutes from midnight; -1 for what is no time.
func (h OpeningHours) Minutes() (from, to int) { return parseClock(h.Open), parseClock(h.Close) }

// PrebookingPolicy is how a resource can be booked (D, seed, for the last two; A-015 for the names).
type PrebookingPolicy struct {
	MaxPassengersPerOrder int // 0: six (C)
	AdvanceBookingHours   int // elapsed hours before the service time at which booking ends, inclusive
	MaxAdvanceDays        int // days of 24 hours ahead that can be booked, inclusive
	SlotMinutes           int // bookable times are this far apart, counted from opening
	RequiredInfo          RequiredInfo
	Cancellation          CancellationPolicy
}

// defaultMaxPassengers is what a policy of 0 means (C: the vendor's own front end).
const defaultMaxPassengers = 6

// MaxPassengers is the largest party of one order.
func (p PrebookingPolicy) MaxPassengers() int {
	if p.MaxPassengersPerOrder == 0 {
		return defaultMaxPassengers
	}
	return p.MaxPassengersPerOrder
}

// CancellationPolicy is until when a prebooking can be cancelled (D, seed).
type CancellationPolicy struct {
	Cancellable bool
	HoursBefore int // elapsed hours before the service time; that instant still counts
}

// Deadline is the last instant at which a prebooking can be cancelled: so many elapsed hours, not wall hours, before
// the service.
func (p CancellationPolicy) Deadline(service time.Time) time.Time {
	return service.Add(-time.Duration(p.HoursBefore) * time.Hour)
}

// Price of a visit; rates are decimal text.
type Price struct {
	Dynamic              bool
	Currency             string // ISO 4217
	AdultRate, ChildRate string
}

// validate says what is wrong with a price that answers show.
func (p Price) validate() error {
	if len(p.Currency) != 3 || strings.Trim(p.Currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return fmt.Errorf("/price/currency: expected three capital letters, got %q", p.Currency)
	}
	for _, rate := range []struct{ name, text string }{{"adultRate", p.AdultRate}, {"childRate", p.ChildRate}} {
		whole, cents, _ := strings.Cut(rate.text, ".")
		if whole == "" || len(cents) != 2 || strings.Trim(whole+cents, "0123456789") != "" {
			return fmt.Errorf("/price/%s: expected an amount such as 28.00, got %q", rate.name, rate.text)
		}
	}
	return nil
}

// ConfirmMode is how a resource confirms its prebookings.
type ConfirmMode string

// The confirm modes.
const (
	ConfirmNow   ConfirmMode = ""      // confirmed as it is made
	ConfirmAfter ConfirmMode = "after" // pending, confirmed after some world time
	ConfirmPolls ConfirmMode = "polls" // pending, confirmed when the client has looked at it so often
	ConfirmNever ConfirmMode = "never" // pending for good
	ConfirmFail  ConfirmMode = "fail"  // pending, failed after some world time, with refund
)

// Confirmation is how and when a resource confirms.
type Confirmation struct {
	Mode  ConfirmMode
	After time.Duration // of world time; for ConfirmAfter and ConfirmFail
	Polls int           // for ConfirmPolls
}

// SettlesAt is when a pending order that is made now is confirmed or fails by itself; zero: never.
func (c Confirmation) SettlesAt(now time.Time) time.Time {
	if c.Mode == ConfirmAfter || c.Mode == ConfirmFail {
		return now.Add(c.After)
	}
	return time.Time{}
}

// Prebookable says whether the resource can be booked at all.
func (r Resource) Prebookable() bool { return r.Module.Prebooking() && r.PrebookingAllowed }

// MaxCapacity is how many persons a slot can take.
const MaxCapacity = 1_000_000

// MaxPersons is the largest party of all.
const MaxPersons = longest

// longest bounds what a policy counts, so that no sum of it leaves a duration.
const longest = 100_000

// Validate says what is wrong with the resource as data, beginning with the pointer of the member as the vendor spells it.
func (r Resource) Validate() error {
	if err := CheckLength(r.Name, 1, 200); err != nil {
		return fmt.Errorf("/resourceName: %w", err)
	}
	switch r.Quirk {
	case NoQuirk, SlotLost, SupplierError, Slow:
	default:
		return fmt.Errorf("/quirk: expected slotLost, supplierError, slow or nothing, got %q", r.Quirk)
	}
	for i, image := range r.Images {
		if err := CheckLength(image.URL, 1, 2048); err != nil {
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
	if r.Area < 1 || r.Area > 2 {
		return fmt.Errorf("/extra/loungeInfo/area: expected 1 (airside) or 2 (landside), got %d", r.Area)
	}
	for i, route := range r.RouteTypes {
		if err := within(fmt.Sprintf("/extra/loungeInfo/routeTypes/%d", i), route, 1, 3); err != nil {
			return err
		}
	}
	err := cmp.Or(within("/extra/loungeInfo/tier", r.Tier, 1, math.MaxInt32), within("/capacity", r.Capacity, 0, MaxCapacity))
	if err != nil || !r.Prebookable() {
		return err
	}
	p := r.Policy
	return cmp.Or(
		r.Price.validate(),
		within("/prebookingPolicy/slotMinutes", p.SlotMinutes, 1, 24*60),
		within("/prebookingPolicy/maxAdvanceDays", p.MaxAdvanceDays, 1, longest),
		within("/prebookingPolicy/advanceBookingHours", p.AdvanceBookingHours, 0, longest),
		within("/prebookingPolicy/maxPassengerPerOrder", p.MaxPassengersPerOrder, 0, longest),
		within("/prebookingPolicy/cancellationPolicy/cancellationHoursBefore", p.Cancellation.HoursBefore, 0, longest),
	)
}

func within(pointer string, n, least, most int) error {
	if n < least || n > most {
		return fmt.Errorf("%s: expected %d to %d, got %d", pointer, least, most, n)
	}
	return nil
}

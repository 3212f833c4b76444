package dragonpass

import (
	"time"

	"dragonmock/mock/dragonpass/option"
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
	Translation     Translation
	CityID          string // of a city, which is no hub: see [Resource].Hub
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
	Hub               TransportHub // or, of a lifestyle resource, its city without TransportHubID, at the place of the resource
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
	Translation       Translation

	// Of lifestyle resources only.
	Options  []option.Option
	Coverage option.Coverage // of an eSIM
}

// DefaultLanguage is the language of texts unless another is asked for (D/338421m0).
const DefaultLanguage = "en-US"

// Translation is how much of the texts of a hub or a resource is there in languages beside the default one.
type Translation string

// How much is translated (D/339140m0).
const (
	Translated       Translation = ""       // wholly
	PartlyTranslated Translation = "partly" // its name alone
	NotTranslated    Translation = "none"
)

// Quirk is how a test venue misbehaves when it is booked.
type Quirk string

// The quirks.
const (
	NoQuirk       Quirk = ""
	SlotLost      Quirk = "slotLost"      // the place is gone between availability and order: SLOT_UNAVAILABLE
	SupplierError Quirk = "supplierError" // the supplier does not confirm: PREBOOKING_FAILED
	OptionLost    Quirk = "optionLost"    // the option is gone between availability and order: OPTION_NOT_FOUND
	PriceMoves    Quirk = "priceMoves"    // its options cost more every hour
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

// SettlesAt is when a pending order that is made now is confirmed or fails by itself, a whole second; zero: never.
func (c Confirmation) SettlesAt(now time.Time) time.Time {
	if c.Mode == ConfirmAfter || c.Mode == ConfirmFail {
		return NextSecond(now.Add(c.After))
	}
	return time.Time{}
}

// Prebookable says whether the resource can be booked at all.
func (r Resource) Prebookable() bool { return r.Module.Prebooking() && r.PrebookingAllowed }

// Closed says whether the resource takes nobody: who comes with a voucher is not let in either.
func (r Resource) Closed() bool { return !r.WalkInAllowed && !r.PrebookingAllowed }

// MaxCapacity is how many persons a slot can take.
const MaxCapacity = 1_000_000

// MaxPersons is the largest party of all.
const MaxPersons = 100_000

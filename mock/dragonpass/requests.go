package dragonpass

import (
	"time"

	"dragonmock/mock/dragonpass/geo"
)

// IssueRequest asks for an E-pass.
type IssueRequest struct {
	ProgramID           string
	Path                Module // that the path names; 0: no path names one
	Module              Module
	ClientUserID        string
	FirstName, LastName string
	ActivationDate      time.Time // in any zone; zero: at once
	ExpirationDate      time.Time // in any zone
	Usages              int       // persons
	AllowedResources    []string  // ids; none: every resource of the module
}

// AvailabilityRequest asks whether a party finds a place.
type AvailabilityRequest struct {
	Holder     Holder // zero: none, so that nothing is reserved
	Module     Module
	ResourceID string
	OptionID   string // of a lifestyle resource
	TopUpOf    string // the order of an eSIM; empty: a new one is asked for
	Date       LocalTime
	Party      Party
}

// ResourceFilter narrows a list of resources. Zero members ask nothing.
type ResourceFilter struct {
	Modules         []Module
	TransportHubID  string
	IATA            string
	CityID          string
	CountryOrRegion string // ISO 3166-1 alpha-2
	Circle          *geo.Circle
}

// PrebookRequest asks to turn a prebooking token into an order.
type PrebookRequest struct {
	ProgramID string
	Path      Module // that the path names; 0: no path names one
	Module    Module
	Holder    Holder
	Issuing   bool // the same call issues the pass
	Token     string
	TopUp     bool // an eSIM's, see [PrebookingToken]
	Passenger Passenger

	// What the client expects it to take of a membership; zero and nil: it does not say.
	UseVisits int
	Use       *Spent
}

// BundleRequest asks for a pass and a prebooking with it.
type BundleRequest struct {
	Issue     IssueRequest
	Token     string
	Passenger Passenger
}

// RegisterRequest asks for a membership.
type RegisterRequest struct {
	ProgramID                       string
	ClientUserID                    string
	FirstName, LastName             string
	PhoneNumber, CallingCode, Email string
	ActivationDate                  time.Time // in any zone; zero: at once
	ExpirationDate                  time.Time // in any zone; zero: as the programme has it
}

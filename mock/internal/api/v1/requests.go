package v1

import (
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/store"
)

type accessTokenRequest struct {
	ClientID string `json:"clientId"`
	Secret   string `json:"secret"`
}

type availabilityRequest struct {
	EPassID        string `json:"ePassId"`
	MembershipID   string `json:"membershipId"`
	Module         int    `json:"module"`
	ResourceID     string `json:"resourceId"`
	PrebookingDate string `json:"prebookingDate"`
	AdultCount     int    `json:"adultCount"`
	ChildCount     int    `json:"childCount"`
}

type ePassRequest struct {
	Module       int    `json:"module"`
	ClientUserID string `json:"clientUserId"`
	Extra        struct {
		FirstName        string           `json:"firstName"`
		LastName         string           `json:"lastName"`
		ExpirationDate   string           `json:"expirationDate"`
		AvailableUsages  int              `json:"availableUsages"`
		AllowedResources allowedResources `json:"allowedResources"`

		// Of bundles only.
		PrebookingToken        string         `json:"prebookingToken"`
		PrebookingRequiredInfo *passengerData `json:"prebookingRequiredInfo"`
	} `json:"extra"`
}

type prebookingRequest struct {
	Module       int    `json:"module"`
	EPassID      string `json:"ePassId"`
	MembershipID string `json:"membershipId"`
	Extra        struct {
		PrebookingToken        string         `json:"prebookingToken"`
		PrebookingRequiredInfo *passengerData `json:"prebookingRequiredInfo"`
	} `json:"extra"`
}

type ePassSearch struct {
	OrderID string `json:"orderId"`
	EPassID string `json:"ePassId"`
}

type orderSearch struct {
	OrderID string `json:"orderId"`
}

type usageOrdersRequest struct {
	EPassID      string `json:"ePassId"`
	MembershipID string `json:"membershipId"`
	Status       *int   `json:"status"`
	Module       int    `json:"module"`
	PageSize     int    `json:"pageSize"`
	PageNumber   int    `json:"pageNumber"`
}

type membershipRequest struct {
	ClientUserID   string `json:"clientUserId"`
	FirstName      string `json:"firstName"`
	LastName       string `json:"lastName"`
	PhoneNumber    string `json:"phoneNumber"`
	CallingCode    string `json:"callingCode"`
	Email          string `json:"email"`
	ExpirationDate string `json:"expirationDate"`
}

type membershipUpdate struct {
	MembershipID   string                       `json:"membershipId"`
	Status         *dragonpass.MembershipStatus `json:"status"`
	ExpirationDate string                       `json:"expirationDate"`
}

// membershipSearch is also the request of what names a membership alone.
type membershipSearch struct {
	MembershipID string `json:"membershipId"`
	ClientUserID string `json:"clientUserId"`
}

type entitlementsUpdate struct {
	MembershipID string            `json:"membershipId"`
	Module       int               `json:"module"`
	Details      entitlementCounts `json:"details"`
}

// What requests and answers share.

type allowedResources struct {
	ResourceID []string `json:"resourceId"`
}

type passengerData struct {
	FirstName       *string `json:"firstName"`
	LastName        *string `json:"lastName"`
	Email           *string `json:"email"`
	PhoneNumber     *string `json:"phoneNumber"`
	CallingCode     *string `json:"callingCode"`
	TransportNumber *string `json:"transportNumber"`
}

type entitlementCounts struct {
	CardholderExclusiveEntitlements int `json:"cardholderExclusiveEntitlements"`
	GuestsExclusiveEntitlements     int `json:"guestsExclusiveEntitlements"`
	SharedEntitlements              int `json:"sharedEntitlements"`
	AllowedGuestsPerUsage           int `json:"allowedGuestsPerUsage"`
}

// instantOf reads a date with any offset.
func instantOf(field, s string) (time.Time, error) {
	t, err := store.ParseInstant(s)
	if err != nil {
		return t, dragonpass.RefuseField(dragonpass.InvalidRequest, field, "%s", err).By("A-020")
	}
	return t, nil
}

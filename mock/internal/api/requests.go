package api

import (
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/duration"
)

// AccessTokenRequest asks for a token.
type AccessTokenRequest struct {
	ClientID string `json:"clientId"`
	Secret   string `json:"secret"`
}

// AvailabilityRequest asks whether a party finds a place.
type AvailabilityRequest struct {
	EPassID        string `json:"ePassId"`
	MembershipID   string `json:"membershipId"`
	Module         int    `json:"module"`
	ResourceID     string `json:"resourceId"`
	PrebookingDate string `json:"prebookingDate"`
	AdultCount     int    `json:"adultCount"`
	ChildCount     int    `json:"childCount"`
}

// PrebookingRequest turns a prebooking token into an order of a pass.
type PrebookingRequest struct {
	Module  int                `json:"module"`
	EPassID string             `json:"ePassId"`
	Extra   PrebookingToRedeem `json:"extra"`
}

// PrebookingToRedeem is the token of a prebooking, and who comes.
type PrebookingToRedeem struct {
	PrebookingToken        string         `json:"prebookingToken"`
	PrebookingRequiredInfo *PassengerData `json:"prebookingRequiredInfo"`
}

// EPassSearch names a pass, or the order that issued it.
type EPassSearch struct {
	OrderID string `json:"orderId"`
	EPassID string `json:"ePassId"`
}

// OrderSearch names an order.
type OrderSearch struct {
	OrderID string `json:"orderId"`
}

// Cancellation cancels an order. Its status is 3, as the contract has it; it is read so that 3 in another form is refused.
type Cancellation struct {
	OrderID string `json:"orderId"`
	Status  int    `json:"status"`
}

// EPassUsageOrdersRequest asks for the uses of a pass.
type EPassUsageOrdersRequest struct {
	EPassID         string `json:"ePassId"`
	UsageOrdersPart `json:",embed"`
}

// MembershipUsageOrdersRequest asks for the uses of a membership.
type MembershipUsageOrdersRequest struct {
	MembershipID    string `json:"membershipId"`
	UsageOrdersPart `json:",embed"`
}

// UsageOrdersPart says which of the uses are asked for.
type UsageOrdersPart struct {
	Status     *int `json:"status"`
	Module     int  `json:"module"`
	PageSize   int  `json:"pageSize"`
	PageNumber int  `json:"pageNumber"`
}

// MembershipUpdate is what changes of a membership.
type MembershipUpdate struct {
	MembershipID   string                       `json:"membershipId"`
	Status         *dragonpass.MembershipStatus `json:"status"`
	ExpirationDate string                       `json:"expirationDate"`
}

// MembershipNamed names a membership.
type MembershipNamed struct {
	MembershipID string `json:"membershipId"`
}

// MembershipSearch names a membership, or whose newest it is.
type MembershipSearch struct {
	MembershipID string `json:"membershipId"`
	ClientUserID string `json:"clientUserId"`
}

// EntitlementsUpdate is what a membership has of a module from now on.
type EntitlementsUpdate struct {
	MembershipID string            `json:"membershipId"`
	Module       int               `json:"module"`
	Details      entitlementCounts `json:"details"`
}

// PassengerData is what is known of the lead passenger.
type PassengerData struct {
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

// InstantOf reads a date with any offset; one that is not there is zero, and one that is there never.
func InstantOf(field, s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	t, err := duration.ParseInstant(s)
	if err != nil {
		return t, dragonpass.RefuseField(dragonpass.InvalidRequest, field, "%s", err).By("A-020")
	}
	if t.IsZero() {
		t = t.Add(time.Nanosecond)
	}
	return t, nil
}

package v1

import "dragonmock/mock/internal/api"

// ePassData is what a client says of a pass.
type ePassData struct {
	FirstName        string           `json:"firstName"`
	LastName         string           `json:"lastName"`
	ExpirationDate   string           `json:"expirationDate"`
	AvailableUsages  int              `json:"availableUsages"`
	AllowedResources allowedResources `json:"allowedResources"`
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

type membershipPrebookingRequest struct {
	Module       int                    `json:"module"`
	MembershipID string                 `json:"membershipId"`
	Extra        api.PrebookingToRedeem `json:"extra"`
}

type allowedResources struct {
	ResourceID []string `json:"resourceId"`
}

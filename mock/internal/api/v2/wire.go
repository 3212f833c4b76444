package v2

import (
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/api"
	"dragonmock/mock/internal/api/v2/lifestyle"
)

// ePassData is what a client says of a pass.
type ePassData struct {
	FirstName        string           `json:"firstName"`
	LastName         string           `json:"lastName"`
	ActivationDate   string           `json:"activationDate"`
	ExpirationDate   string           `json:"expirationDate"`
	AvailableUsages  int              `json:"availableUsages"`
	AllowedResources allowedResources `json:"allowedResources"`
}

type allowedResources struct {
	ResourceIDs []string `json:"resourceIds"`
}

type membershipRequest struct {
	ClientUserID   string `json:"clientUserId"`
	FirstName      string `json:"firstName"`
	LastName       string `json:"lastName"`
	PhoneNumber    string `json:"phoneNumber"`
	CallingCode    string `json:"callingCode"`
	Email          string `json:"email"`
	ActivationDate string `json:"activationDate"`
	ExpirationDate string `json:"expirationDate"`
}

type membershipPrebookingRequest struct {
	Module       int    `json:"module"`
	MembershipID string `json:"membershipId"`
	Extra        struct {
		api.PrebookingToRedeem `json:",embed"`
		ToUseEntitlementCount  int             `json:"toUseEntitlementCount"`
		ToUseEntitlementDetail *entitlementUse `json:"toUseEntitlementDetail"`
	} `json:"extra"`
}

type entitlementUse struct {
	Cardholder int `json:"cardholderExclusiveEntitlements"`
	Guests     int `json:"guestsExclusiveEntitlements"`
	Shared     int `json:"sharedEntitlements"`
}

type preview struct {
	UsedEntitlementDetails   entitlementUse    `json:"usedEntitlementDetails"`
	UsedEntitlementBreakdown []usedEntitlement `json:"usedEntitlementBreakdown"`
}

type usedEntitlement struct {
	PassengerType   int `json:"passengerType"`
	EntitlementType int `json:"entitlementType"`
	Count           int `json:"count"`
}

// userRequest is a user to make, or what changes of one.
type userRequest struct {
	ClientUserID string `json:"clientUserId"`
	FirstName    string `json:"firstName"`
	LastName     string `json:"lastName"`
	PhoneNumber  string `json:"phoneNumber"`
	CallingCode  string `json:"callingCode"`
	Email        string `json:"email"`
}

type userSearch struct {
	ClientUserID string `json:"clientUserId"`
}

type userEPassesRequest struct {
	ClientUserID string                  `json:"clientUserId"`
	Module       *dragonpass.Module      `json:"module"`
	EPassStatus  *dragonpass.EPassStatus `json:"ePassStatus"`
	PageSize     int                     `json:"pageSize"`
	PageNumber   int                     `json:"pageNumber"`
}

type userMembershipsRequest struct {
	ClientUserID string                       `json:"clientUserId"`
	Status       *dragonpass.MembershipStatus `json:"status"`
	PageSize     int                          `json:"pageSize"`
	PageNumber   int                          `json:"pageNumber"`
}

type clientUser struct {
	ClientUserID string  `json:"clientUserId"`
	FirstName    string  `json:"firstName"`
	LastName     string  `json:"lastName"`
	PhoneNumber  *string `json:"phoneNumber"`
	CallingCode  *string `json:"callingCode"`
	Email        *string `json:"email"`
}

type deletedUser struct {
	ClientUserID string `json:"clientUserId"`
}

type userEPassesPage struct {
	Pagination api.Pagination          `json:"pagination"`
	EPasses    []api.EPassOrder[ePass] `json:"ePasses"`
}

type userMembershipsPage struct {
	Pagination  api.Pagination `json:"pagination"`
	Memberships []membership   `json:"memberships"`
}

type ePass struct {
	EPassID          string              `json:"ePassId"`
	FirstName        string              `json:"firstName"`
	LastName         string              `json:"lastName"`
	ActivationDate   string              `json:"activationDate"`
	ExpirationDate   string              `json:"expirationDate"`
	EPassStatus      int                 `json:"ePassStatus"`
	AvailableUsages  int                 `json:"availableUsages"`
	UsedUsages       int                 `json:"usedUsages"`
	AllowedResources allowedResources    `json:"allowedResources"`
	AllowedModules   []dragonpass.Module `json:"allowedModules,omitzero"`
}

type membership struct {
	ProgramID        string           `json:"programId"`
	ClientUserID     string           `json:"clientUserId"`
	MembershipID     string           `json:"membershipId"`
	Status           int              `json:"status"`
	RegistrationDate string           `json:"registrationDate"`
	ActivationDate   *string          `json:"activationDate"`
	ExpirationDate   string           `json:"expirationDate"`
	Entitlements     api.Entitlements `json:"entitlements"`
}

type locationInfo struct {
	api.LocationInfo `json:",embed"`
	Coordinates      string `json:"coordinates"`
}

type resourcesPage struct {
	Pagination api.Pagination `json:"pagination"`
	Language   string         `json:"language"`
	Resources  resources      `json:"resources"`
}

type resources struct {
	TransportHubResources []api.Resource[locationInfo] `json:"transportHubResources"`
	LifestyleResources    []lifestyle.Resource         `json:"lifestyleResources"`
}

type usageExtra struct {
	ClientUserID   string `json:"clientUserId"`
	api.UsageExtra `json:",embed"`
}

type prebookingExtra struct {
	ClientUserID        string `json:"clientUserId"`
	api.PrebookingExtra `json:",embed"`
}

type bundleExtra struct {
	prebookingExtra `json:",embed"`
	EPass           api.BundledEPass `json:"ePass"`
}

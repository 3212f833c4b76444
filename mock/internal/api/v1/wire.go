package v1

import "dragonmock/mock/internal/api"

type transportHubResourcesPage struct {
	Pagination api.Pagination        `json:"pagination"`
	Language   string                `json:"language"`
	Resources  transportHubResources `json:"resources"`
}

type transportHubResources struct {
	TransportHubResources []api.Resource[api.LocationInfo] `json:"transportHubResources"`
}

type ePass struct {
	EPassID          string           `json:"ePassId"`
	FirstName        string           `json:"firstName"`
	LastName         string           `json:"lastName"`
	ExpirationDate   string           `json:"expirationDate"`
	AvailableUsages  int              `json:"availableUsages"`
	UsedUsages       int              `json:"usedUsages"`
	AllowedResources allowedResources `json:"allowedResources"`
}

type membership struct {
	ProgramID        string           `json:"programId"`
	ClientUserID     string           `json:"clientUserId"`
	MembershipID     string           `json:"membershipId"`
	Status           int              `json:"status"`
	RegistrationDate string           `json:"registrationDate"`
	ExpirationDate   string           `json:"expirationDate"`
	Entitlements     api.Entitlements `json:"entitlements"`
}

type updatedResourcesPage struct {
	Pagination api.Pagination    `json:"pagination"`
	Resources  []updatedResource `json:"resources"`
}

type updatedResource struct {
	ResourceID string `json:"resourceId"`
	Module     int    `json:"module"`
	UpdatedAt  string `json:"updatedAt"`
}

// callback is what the client is told about a redemption order. "Not cancelled" is the empty string, status 1 is created
// and 2 cancelled, and membershipId also carries E-pass ids (D/v1/338387m0, A-019).
type callback struct {
	OrderID            string             `json:"orderId"`
	ProgramID          string             `json:"programId"`
	MembershipID       string             `json:"membershipId"`
	Module             int                `json:"module"`
	Category           int                `json:"category"`
	Status             int                `json:"status"`
	OrderCreatedDate   string             `json:"orderCreatedDate"`
	UsageDate          string             `json:"usageDate"`
	OrderCancelledDate string             `json:"orderCancelledDate"`
	TransportHubID     string             `json:"transportHubId"`
	TransportHubName   string             `json:"transportHubName"`
	ResourceID         string             `json:"resourceId"`
	ResourceName       string             `json:"resourceName"`
	Passengers         callbackPassengers `json:"passengers"`
}

type callbackPassengers struct {
	Cardholder int `json:"cardholder"`
	Guests     int `json:"guests"`
}

type bundleExtra struct {
	api.PrebookingExtra `json:",embed"`
	EPass               api.BundledEPass `json:"ePass"`
}

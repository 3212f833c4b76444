package api

// AccessToken is a bearer token and how long it lives.
type AccessToken struct {
	AccessToken string `json:"accessToken"`
	TokenType   string `json:"tokenType"`
	ExpiresIn   int    `json:"expiresIn"`
}

// Pagination says where a page stands.
type Pagination struct {
	PageSize    int `json:"pageSize"`
	PageNumber  int `json:"pageNumber"`
	TotalNumber int `json:"totalNumber"`
}

// TransportHub is a hub as lists show it.
type TransportHub struct {
	TransportHubID   string `json:"transportHubId"`
	TransportHubName string `json:"transportHubName"`
	Type             int    `json:"type"`
	IATA             string `json:"iata"`
	City             string `json:"city"`
	CountryOrRegion  string `json:"countryOrRegion"`
	Continent        string `json:"continent"`
	Latitude         string `json:"latitude"`
	Longitude        string `json:"longitude"`
}

// TransportHubsPage is a page of hubs.
type TransportHubsPage struct {
	Pagination    Pagination     `json:"pagination"`
	Language      string         `json:"language"`
	TransportHubs []TransportHub `json:"transportHubs"`
}

// TransportHubDetails is all about one hub.
type TransportHubDetails struct {
	Language     string `json:"language"`
	TransportHub `json:",embed"`
	ImagesList   []Picture `json:"imagesList"`
}

// Picture is a picture and its place among others.
type Picture struct {
	URL   string `json:"url"`
	Order int    `json:"order"`
}

// Resource is a resource whose place a version shows as L.
type Resource[L any] struct {
	Module       int           `json:"module"`
	ResourceID   string        `json:"resourceId"`
	ResourceName string        `json:"resourceName"`
	LocationInfo L             `json:"locationInfo"`
	Image        string        `json:"image"`
	Extra        ResourceExtra `json:"extra"`
}

// LocationInfo is where a resource is.
type LocationInfo struct {
	City             string `json:"city"`
	CountryOrRegion  string `json:"countryOrRegion"`
	Continent        string `json:"continent"`
	TransportHubID   string `json:"transportHubId"`
	TransportHubName string `json:"transportHubName"`
	IATA             string `json:"iata"`
	Location         string `json:"location"`
	Timezone         string `json:"timezone"`
}

// ResourceExtra is what is special to the kind of resource.
type ResourceExtra struct {
	LoungeInfo loungeInfo `json:"loungeInfo"`
}

type loungeInfo struct {
	Area        int     `json:"area"`
	RouteTypes  []int   `json:"routeTypes"`
	Terminal    string  `json:"terminal"`
	NearestGate *string `json:"nearestGate"`
	Tier        int     `json:"tier"`
}

// ResourceDetails is all about a resource whose place a version shows as L.
type ResourceDetails[L any] struct {
	Language    string `json:"language"`
	Resource[L] `json:",embed"`
	About       `json:",embed"`
}

// About is what is said of any resource that somebody looks at.
type About struct {
	OpeningHours      []openingHours    `json:"openingHours"`
	Facilities        []string          `json:"facilities"`
	ImagesList        []Picture         `json:"imagesList"`
	WalkInAllowed     bool              `json:"walkInAllowed"`
	PrebookingAllowed bool              `json:"prebookingAllowed"`
	PrebookingPolicy  *prebookingPolicy `json:"prebookingPolicy"`
}

type openingHours struct {
	DayOfWeek int    `json:"dayOfWeek"`
	Open      string `json:"open"`
	Close     string `json:"close"`
}

type prebookingPolicy struct {
	MaxPassengerPerOrder   int                `json:"maxPassengerPerOrder"`
	AdvanceBookingHours    int                `json:"advanceBookingHours"`
	MaxAdvanceDays         int                `json:"maxAdvanceDays"`
	SlotMinutes            int                `json:"slotMinutes"`
	PrebookingRequiredInfo requiredInfo       `json:"prebookingRequiredInfo"`
	CancellationPolicy     cancellationPolicy `json:"cancellationPolicy"`
}

type requiredInfo struct {
	FirstName       bool `json:"firstName"`
	LastName        bool `json:"lastName"`
	Email           bool `json:"email"`
	PhoneNumber     bool `json:"phoneNumber"`
	CallingCode     bool `json:"callingCode"`
	TransportNumber bool `json:"transportNumber"`
}

type cancellationPolicy struct {
	Cancellable             bool `json:"cancellable"`
	CancellationHoursBefore int  `json:"cancellationHoursBefore"`
}

// Availability is whether there is a place, and the token for it.
type Availability struct {
	Available       bool   `json:"available"`
	PrebookingToken string `json:"prebookingToken,omitzero"`
	ValidUntil      int64  `json:"validUntil,omitzero"`
	Price           *Price `json:"price,omitzero"`
}

// Price is what something costs.
type Price struct {
	DynamicPrice bool   `json:"dynamicPrice"`
	Currency     string `json:"currency"`
	AdultRate    string `json:"adultRate"`
	ChildRate    string `json:"childRate"`
}

// EPassOrder is the order that issued a pass, which a version shows as P.
type EPassOrder[P any] struct {
	Status             int     `json:"status"`
	Module             int     `json:"module"`
	Category           int     `json:"category"`
	ClientUserID       string  `json:"clientUserId"`
	OrderID            string  `json:"orderId"`
	OrderCreatedDate   string  `json:"orderCreatedDate"`
	OrderCancelledDate *string `json:"orderCancelledDate"`
	UsageDate          *string `json:"usageDate"`
	Extra              P       `json:"extra"`
}

// MembershipEntitlements are the visits of one membership.
type MembershipEntitlements struct {
	MembershipID string       `json:"membershipId"`
	Entitlements Entitlements `json:"entitlements"`
}

// Entitlements are what is left of each module.
type Entitlements struct {
	ModuleExclusiveEntitlements []moduleEntitlements `json:"moduleExclusiveEntitlements"`
}

type moduleEntitlements struct {
	Module  int                `json:"module"`
	Details entitlementDetails `json:"details"`
}

type entitlementDetails struct {
	entitlementCounts `json:",embed"`
	MaxGuestsNextUse  int `json:"maxGuestsNextUse"`
}

// QRCode is the dynamic string of a membership.
type QRCode struct {
	MembershipID string `json:"membershipId"`
	QRCode       string `json:"qrCode"`
	ExpiresIn    int    `json:"expiresIn"`
}

// UsageOrder is a prebooking or a walk-in, with a pass or a membership. Extra is what the version shows of one.
type UsageOrder struct {
	Status             int     `json:"status"`
	Module             int     `json:"module"`
	Category           int     `json:"category"`
	EPassID            string  `json:"ePassId,omitzero"`
	MembershipID       string  `json:"membershipId,omitzero"`
	OrderID            string  `json:"orderId"`
	OrderCreatedDate   string  `json:"orderCreatedDate"`
	OrderCancelledDate *string `json:"orderCancelledDate"`
	Extra              any     `json:"extra"`
}

// UsageExtra is what was used.
type UsageExtra struct {
	UsageDate        *string `json:"usageDate"`
	UsedUsages       int     `json:"usedUsages"`
	ResourceID       string  `json:"resourceId"`
	ResourceName     string  `json:"resourceName"`
	IATA             string  `json:"iata"`
	TransportHubName string  `json:"transportHubName"`
	Terminal         string  `json:"terminal"`
	City             string  `json:"city"`
	CountryOrRegion  string  `json:"countryOrRegion"`
}

// PrebookingExtra is what was booked.
type PrebookingExtra struct {
	PrebookingDate         string `json:"prebookingDate"`
	UsageExtra             `json:",embed"`
	VouchersList           []Voucher     `json:"vouchersList"`
	PrebookingRequiredInfo PassengerData `json:"prebookingRequiredInfo"`
}

// Voucher is what the traveller shows.
type Voucher struct {
	Voucher     string `json:"voucher"`
	VoucherType int    `json:"voucherType"`
}

// BundledEPass is the pass that was issued for a prebooking.
type BundledEPass struct {
	OrderID         string `json:"orderId"`
	EPassID         string `json:"ePassId"`
	AvailableUsages int    `json:"availableUsages"`
	UsedUsages      int    `json:"usedUsages"`
	ExpirationDate  string `json:"expirationDate"`
}

// UsageOrdersPage is a page of usage orders.
type UsageOrdersPage struct {
	Pagination Pagination      `json:"pagination"`
	Orders     []usageOrderRow `json:"orders"`
}

type usageOrderRow struct {
	OrderID          string             `json:"orderId"`
	Status           int                `json:"status"`
	UsedUsages       int                `json:"usedUsages"`
	Module           int                `json:"module"`
	Category         int                `json:"category"`
	OrderCreatedDate string             `json:"orderCreatedDate"`
	ResourceID       string             `json:"resourceId"`
	ResourceName     string             `json:"resourceName"`
	Image            string             `json:"image"`
	Extra            usageOrderRowExtra `json:"extra"`
}

type usageOrderRowExtra struct {
	TransportHubID   string `json:"transportHubId,omitzero"` // neither of what is in a city
	TransportHubName string `json:"transportHubName,omitzero"`
	City             string `json:"city"`
	CountryOrRegion  string `json:"countryOrRegion"`
}

package v1

type accessToken struct {
	AccessToken string `json:"accessToken"`
	TokenType   string `json:"tokenType"`
	ExpiresIn   int    `json:"expiresIn"`
}

type pagination struct {
	PageSize    int `json:"pageSize"`
	PageNumber  int `json:"pageNumber"`
	TotalNumber int `json:"totalNumber"`
}

type transportHub struct {
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

type transportHubsPage struct {
	Pagination    pagination     `json:"pagination"`
	Language      string         `json:"language"`
	TransportHubs []transportHub `json:"transportHubs"`
}

type transportHubDetails struct {
	Language     string `json:"language"`
	transportHub `json:",inline"`
	ImagesList   []picture `json:"imagesList"`
}

type picture struct {
	URL   string `json:"url"`
	Order int    `json:"order"`
}

type resource struct {
	Module       int           `json:"module"`
	ResourceID   string        `json:"resourceId"`
	ResourceName string        `json:"resourceName"`
	LocationInfo locationInfo  `json:"locationInfo"`
	Image        string        `json:"image"`
	Extra        resourceExtra `json:"extra"`
}

type locationInfo struct {
	City             string `json:"city"`
	CountryOrRegion  string `json:"countryOrRegion"`
	Continent        string `json:"continent"`
	TransportHubID   string `json:"transportHubId"`
	TransportHubName string `json:"transportHubName"`
	IATA             string `json:"iata"`
	Location         string `json:"location"`
	Timezone         string `json:"timezone"`
}

type resourceExtra struct {
	LoungeInfo loungeInfo `json:"loungeInfo"`
}

type loungeInfo struct {
	Area        int     `json:"area"`
	RouteTypes  []int   `json:"routeTypes"`
	Terminal    string  `json:"terminal"`
	NearestGate *string `json:"nearestGate"`
	Tier        int     `json:"tier"`
}

type transportHubResourcesPage struct {
	Pagination pagination            `json:"pagination"`
	Language   string                `json:"language"`
	Resources  transportHubResources `json:"resources"`
}

type transportHubResources struct {
	TransportHubResources []resource `json:"transportHubResources"`
}

type resourceDetails struct {
	Language          string `json:"language"`
	resource          `json:",inline"`
	OpeningHours      []openingHours    `json:"openingHours"`
	Facilities        []string          `json:"facilities"`
	ImagesList        []picture         `json:"imagesList"`
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

type availability struct {
	Available       bool   `json:"available"`
	PrebookingToken string `json:"prebookingToken,omitzero"`
	ValidUntil      int64  `json:"validUntil,omitzero"`
	Price           *price `json:"price,omitzero"`
}

type price struct {
	DynamicPrice bool   `json:"dynamicPrice"`
	Currency     string `json:"currency"`
	AdultRate    string `json:"adultRate"`
	ChildRate    string `json:"childRate"`
}

type ePassOrder struct {
	Status             int     `json:"status"`
	Module             int     `json:"module"`
	Category           int     `json:"category"`
	ClientUserID       string  `json:"clientUserId"`
	OrderID            string  `json:"orderId"`
	OrderCreatedDate   string  `json:"orderCreatedDate"`
	OrderCancelledDate *string `json:"orderCancelledDate"`
	UsageDate          *string `json:"usageDate"`
	Extra              ePass   `json:"extra"`
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
	ProgramID        string       `json:"programId"`
	ClientUserID     string       `json:"clientUserId"`
	MembershipID     string       `json:"membershipId"`
	Status           int          `json:"status"`
	RegistrationDate string       `json:"registrationDate"`
	ExpirationDate   string       `json:"expirationDate"`
	Entitlements     entitlements `json:"entitlements"`
}

type membershipEntitlements struct {
	MembershipID string       `json:"membershipId"`
	Entitlements entitlements `json:"entitlements"`
}

type entitlements struct {
	ModuleExclusiveEntitlements []moduleEntitlements `json:"moduleExclusiveEntitlements"`
}

type moduleEntitlements struct {
	Module  int                `json:"module"`
	Details entitlementDetails `json:"details"`
}

type entitlementDetails struct {
	entitlementCounts `json:",inline"`
	MaxGuestsNextUse  int `json:"maxGuestsNextUse"`
}

type qrCode struct {
	MembershipID string `json:"membershipId"`
	QRCode       string `json:"qrCode"`
	ExpiresIn    int    `json:"expiresIn"`
}

type updatedResourcesPage struct {
	Pagination pagination        `json:"pagination"`
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

// usageOrder is a prebooking or a walk-in, with a pass or a membership; Extra is one of prebookingExtra, bundleExtra and
// usageExtra.
type usageOrder struct {
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

type usageExtra struct {
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

type prebookingExtra struct {
	PrebookingDate         string `json:"prebookingDate"`
	usageExtra             `json:",inline"`
	VouchersList           []voucher     `json:"vouchersList"`
	PrebookingRequiredInfo passengerData `json:"prebookingRequiredInfo"`
}

type voucher struct {
	Voucher     string `json:"voucher"`
	VoucherType int    `json:"voucherType"`
}

type bundleExtra struct {
	prebookingExtra `json:",inline"`
	EPass           bundledEPass `json:"ePass"`
}

type bundledEPass struct {
	OrderID         string `json:"orderId"`
	EPassID         string `json:"ePassId"`
	AvailableUsages int    `json:"availableUsages"`
	UsedUsages      int    `json:"usedUsages"`
	ExpirationDate  string `json:"expirationDate"`
}

type usageOrdersPage struct {
	Pagination pagination      `json:"pagination"`
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
	TransportHubID   string `json:"transportHubId"`
	TransportHubName string `json:"transportHubName"`
	City             string `json:"city"`
	CountryOrRegion  string `json:"countryOrRegion"`
}

package main

import (
	"embed"
	"encoding/json"
	"net/http"
	"sync"

	"github.com/labstack/echo/v4"
)

// answers are the data of answers that the mock gave.
//
//go:embed answers
var answers embed.FS

// model reads such an answer when it is asked for first.
func model[T any](name string) func() T {
	return sync.OnceValue(func() (data T) {
		text, err := answers.ReadFile("answers/" + name + ".json")
		if err == nil {
			err = json.Unmarshal(text, &data)
		}
		if err != nil {
			panic(err)
		}
		return data
	})
}

type envelope struct {
	Code int `json:"code"`
	Data any `json:"data"`
}

func success(c echo.Context, data any) error { return c.JSON(http.StatusOK, envelope{0, data}) }

func health(c echo.Context) error { return success(c, struct{}{}) }

type availabilityRequest struct {
	Module         int    `json:"module"`
	ResourceID     string `json:"resourceId"`
	PrebookingDate string `json:"prebookingDate"`
	AdultCount     int    `json:"adultCount"`
	ChildCount     int    `json:"childCount"`
}

type availability struct {
	Available       bool   `json:"available"`
	PrebookingToken string `json:"prebookingToken"`
	ValidUntil      int64  `json:"validUntil"`
	Price           struct {
		DynamicPrice bool   `json:"dynamicPrice"`
		Currency     string `json:"currency"`
		AdultRate    string `json:"adultRate"`
		ChildRate    string `json:"childRate"`
	} `json:"price"`
}

var available = model[availability]("availability")

func checkAvailability(c echo.Context) error {
	var r availabilityRequest
	if err := c.Bind(&r); err != nil {
		return err
	}
	return success(c, available())
}

type prebookingRequest struct {
	Module  int    `json:"module"`
	EPassID string `json:"ePassId"`
	Extra   struct {
		PrebookingToken        string    `json:"prebookingToken"`
		PrebookingRequiredInfo passenger `json:"prebookingRequiredInfo"`
	} `json:"extra"`
}

type passenger struct {
	FirstName       string `json:"firstName"`
	LastName        string `json:"lastName"`
	Email           string `json:"email"`
	PhoneNumber     string `json:"phoneNumber"`
	CallingCode     string `json:"callingCode"`
	TransportNumber string `json:"transportNumber"`
}

type order struct {
	Status             int        `json:"status"`
	Module             int        `json:"module"`
	Category           int        `json:"category"`
	EPassID            string     `json:"ePassId"`
	OrderID            string     `json:"orderId"`
	OrderCreatedDate   string     `json:"orderCreatedDate"`
	OrderCancelledDate *string    `json:"orderCancelledDate"`
	Extra              orderExtra `json:"extra"`
}

type orderExtra struct {
	PrebookingDate   string  `json:"prebookingDate"`
	UsageDate        *string `json:"usageDate"`
	UsedUsages       int     `json:"usedUsages"`
	ResourceID       string  `json:"resourceId"`
	ResourceName     string  `json:"resourceName"`
	IATA             string  `json:"iata"`
	TransportHubName string  `json:"transportHubName"`
	Terminal         string  `json:"terminal"`
	City             string  `json:"city"`
	CountryOrRegion  string  `json:"countryOrRegion"`
	VouchersList     []struct {
		Voucher     string `json:"voucher"`
		VoucherType int    `json:"voucherType"`
	} `json:"vouchersList"`
	PrebookingRequiredInfo passenger `json:"prebookingRequiredInfo"`
}

var prebooked = model[order]("prebooking")

func prebook(c echo.Context) error {
	var r prebookingRequest
	if err := c.Bind(&r); err != nil {
		return err
	}
	made := prebooked()
	made.Module, made.EPassID, made.Extra.PrebookingRequiredInfo = r.Module, r.EPassID, r.Extra.PrebookingRequiredInfo
	return success(c, made)
}

type pagination struct {
	PageSize    int `json:"pageSize"`
	PageNumber  int `json:"pageNumber"`
	TotalNumber int `json:"totalNumber"`
}

type ordersRequest struct {
	EPassID    string `json:"ePassId"`
	PageSize   int    `json:"pageSize"`
	PageNumber int    `json:"pageNumber"`
}

type ordersPage struct {
	Pagination pagination `json:"pagination"`
	Orders     []struct {
		OrderID          string `json:"orderId"`
		Status           int    `json:"status"`
		UsedUsages       int    `json:"usedUsages"`
		Module           int    `json:"module"`
		Category         int    `json:"category"`
		OrderCreatedDate string `json:"orderCreatedDate"`
		ResourceID       string `json:"resourceId"`
		ResourceName     string `json:"resourceName"`
		Image            string `json:"image"`
		Extra            struct {
			TransportHubID   string `json:"transportHubId"`
			TransportHubName string `json:"transportHubName"`
			City             string `json:"city"`
			CountryOrRegion  string `json:"countryOrRegion"`
		} `json:"extra"`
	} `json:"orders"`
}

var orders = model[ordersPage]("orders")

func listOrders(c echo.Context) error {
	var r ordersRequest
	if err := c.Bind(&r); err != nil {
		return err
	}
	page := orders()
	page.Pagination.PageSize, page.Pagination.PageNumber = r.PageSize, r.PageNumber
	return success(c, page)
}

type resource struct {
	Language     string `json:"language"`
	Module       int    `json:"module"`
	ResourceID   string `json:"resourceId"`
	ResourceName string `json:"resourceName"`
	LocationInfo struct {
		City             string `json:"city"`
		CountryOrRegion  string `json:"countryOrRegion"`
		Continent        string `json:"continent"`
		TransportHubID   string `json:"transportHubId"`
		TransportHubName string `json:"transportHubName"`
		IATA             string `json:"iata"`
		Location         string `json:"location"`
		Timezone         string `json:"timezone"`
	} `json:"locationInfo"`
	Image string `json:"image"`
	Extra struct {
		LoungeInfo struct {
			Area        int    `json:"area"`
			RouteTypes  []int  `json:"routeTypes"`
			Terminal    string `json:"terminal"`
			NearestGate string `json:"nearestGate"`
			Tier        int    `json:"tier"`
		} `json:"loungeInfo"`
	} `json:"extra"`
	OpeningHours []struct {
		DayOfWeek int    `json:"dayOfWeek"`
		Open      string `json:"open"`
		Close     string `json:"close"`
	} `json:"openingHours"`
	Facilities []string `json:"facilities"`
	ImagesList []struct {
		URL   string `json:"url"`
		Order int    `json:"order"`
	} `json:"imagesList"`
	WalkInAllowed     bool `json:"walkInAllowed"`
	PrebookingAllowed bool `json:"prebookingAllowed"`
	PrebookingPolicy  struct {
		MaxPassengerPerOrder   int `json:"maxPassengerPerOrder"`
		AdvanceBookingHours    int `json:"advanceBookingHours"`
		MaxAdvanceDays         int `json:"maxAdvanceDays"`
		SlotMinutes            int `json:"slotMinutes"`
		PrebookingRequiredInfo struct {
			FirstName       bool `json:"firstName"`
			LastName        bool `json:"lastName"`
			Email           bool `json:"email"`
			PhoneNumber     bool `json:"phoneNumber"`
			CallingCode     bool `json:"callingCode"`
			TransportNumber bool `json:"transportNumber"`
		} `json:"prebookingRequiredInfo"`
		CancellationPolicy struct {
			Cancellable             bool `json:"cancellable"`
			CancellationHoursBefore int  `json:"cancellationHoursBefore"`
		} `json:"cancellationPolicy"`
	} `json:"prebookingPolicy"`
}

var lounge = model[resource]("resource")

func showResource(c echo.Context) error {
	shown := lounge()
	shown.ResourceID = c.Param("resourceId")
	return success(c, shown)
}

type hubsPage struct {
	Pagination    pagination `json:"pagination"`
	Language      string     `json:"language"`
	TransportHubs []struct {
		TransportHubID   string `json:"transportHubId"`
		TransportHubName string `json:"transportHubName"`
		Type             int    `json:"type"`
		IATA             string `json:"iata"`
		City             string `json:"city"`
		CountryOrRegion  string `json:"countryOrRegion"`
		Continent        string `json:"continent"`
		Latitude         string `json:"latitude"`
		Longitude        string `json:"longitude"`
	} `json:"transportHubs"`
}

var hubs = model[hubsPage]("hubs")

func listHubs(c echo.Context) error { return success(c, hubs()) }

package main

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"

	"github.com/labstack/echo/v4"
)

// serveBare is what the mock is held against: Echo with encoding/json, and nothing else. Its answers have the members
// and the size of the mock's.
func serveBare() error {
	e := echo.New()
	e.POST(availabilityPath, bareAvailability)
	e.POST(prebookingPath, barePrebooking)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	slog.New(slog.NewJSONHandler(os.Stderr, nil)).Info("listening", "url", "http://"+listener.Addr().String())
	server := &http.Server{Handler: e}
	context.AfterFunc(ctx, func() { server.Close() })
	if err := server.Serve(listener); ctx.Err() == nil {
		return err
	}
	return nil
}

type answer struct {
	Code int `json:"code"`
	Data any `json:"data"`
}

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
	Price           price  `json:"price"`
}

type price struct {
	DynamicPrice bool   `json:"dynamicPrice"`
	Currency     string `json:"currency"`
	AdultRate    string `json:"adultRate"`
	ChildRate    string `json:"childRate"`
}

func bareAvailability(c echo.Context) error {
	var r availabilityRequest
	if err := c.Bind(&r); err != nil {
		return err
	}
	return c.JSON(http.StatusOK, answer{0, availability{true, "85c69b8e790befc7e94870ec269c3f1d", 1923263999, price{true, "USD", "6.00", "6.00"}}})
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
	PrebookingDate         string    `json:"prebookingDate"`
	UsageDate              *string   `json:"usageDate"`
	UsedUsages             int       `json:"usedUsages"`
	ResourceID             string    `json:"resourceId"`
	ResourceName           string    `json:"resourceName"`
	IATA                   string    `json:"iata"`
	TransportHubName       string    `json:"transportHubName"`
	Terminal               string    `json:"terminal"`
	City                   string    `json:"city"`
	CountryOrRegion        string    `json:"countryOrRegion"`
	VouchersList           []voucher `json:"vouchersList"`
	PrebookingRequiredInfo passenger `json:"prebookingRequiredInfo"`
}

type voucher struct {
	Voucher     string `json:"voucher"`
	VoucherType int    `json:"voucherType"`
}

func barePrebooking(c echo.Context) error {
	var r prebookingRequest
	if err := c.Bind(&r); err != nil {
		return err
	}
	return c.JSON(http.StatusOK, answer{0, order{
		Status: 1, Module: r.Module, Category: 2, EPassID: r.EPassID, OrderID: "DP00000000000001", OrderCreatedDate: "2024-12-31T00:00:00+00:00",
		Extra: orderExtra{
			PrebookingDate: "2025-10-01T10:30", UsedUsages: 1, ResourceID: "N00001", ResourceName: "DragonPass Lounge", IATA: "MAN",
			TransportHubName: "Manchester Airport", Terminal: "Terminal 1", City: "Manchester", CountryOrRegion: "GB",
			VouchersList: []voucher{{"668800008888", 1}}, PrebookingRequiredInfo: r.Extra.PrebookingRequiredInfo,
		},
	}})
}

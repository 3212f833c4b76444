package dispatch_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/internal/mocktest"
)

func TestUnknownPath_NamesTheNearest(t *testing.T) {
	t.Parallel()
	srv, _ := mocktest.Start(t)
	c := mocktest.Stranger(t, srv.URL)
	for _, row := range []struct{ method, path, nearest string }{
		{"POST", "/cancellations", "Nearest: cancelOrder (PATCH /orders)"},
		{"POST", "/api/v3/cancellations", "Nearest: cancelOrder (PATCH /orders)"},
		{"GET", "/v3/partners/transportHub", "Nearest: listTransportHubs"},
		{"POST", "/api/v1/resource/bookings/availabilities", "Nearest: checkPrebookingAvailability"},
		{"POST", "/orders/lounge/ePass/prebookings", "Nearest: createEPassLoungePrebooking"},
		{"POST", "/orders/spas/ePasses", "createEPass (POST /orders/{module}/ePasses)"},
		{"POST", "/", "Nearest: "},
		{"POST", "/orders/ePasses/", "Nearest: "},
		{"GET", "/resources/N00001/", "retrieveResource (GET"},
		{"GET", "/resources/N00001/availability", "checkPrebookingAvailability"},
	} {
		t.Run(row.method+" "+row.path, func(t *testing.T) {
			got := c.For(t).Call(row.method, row.path, nil)
			assert.Equal(t, 404, got.Status)
			assert.Contains(t, got.Refused("ROUTE_NOT_FOUND"), row.nearest)
			assert.Equal(t, "mock", got.Header.Get("X-Mock-Origin"))
		})
	}
	endless := c.Get("/" + strings.Repeat("word/", 2000)).Refused("ROUTE_NOT_FOUND")
	assert.Less(t, len(endless), 1000, "a path is quoted as far as it is bearable")
	known := mocktest.NewClient(t, srv)
	assert.Contains(t, known.Get("/resources/N0%2F1").Refused("RESOURCE_NOT_FOUND"), "N0/1", "an id may hold anything")
	got := c.Call("POST", "/v1/orders", nil)
	assert.Contains(t, got.Refused("METHOD_NOT_ALLOWED"), "PATCH")
	assert.Equal(t, 405, got.Status)
	assert.Contains(t, got.Header.Get("Allow"), "PATCH")
}

func TestCORS_OnTheVendorsSurface_AllowsAll(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	stranger := mocktest.Stranger(t, srv.URL)
	for name, got := range map[string]mocktest.Answer{
		"preflight":                  stranger.Call("OPTIONS", "/orders", nil),
		"preflight with a base":      stranger.Call("OPTIONS", "/api/v1/orders/lounges/ePasses/prebooking", nil),
		"success":                    c.Get("/resources/N00001"),
		"refusal":                    c.Get("/resources/none"),
		"refusal of an unknown path": stranger.Get("/nowhere"),
	} {
		assert.Equal(t, "*", got.Header.Get("Access-Control-Allow-Origin"), name)
		assert.Equal(t, "*, Authorization", got.Header.Get("Access-Control-Allow-Headers"), name)
	}
	assert.Equal(t, 204, stranger.Call("OPTIONS", "/orders", nil).Status)
	assert.Contains(t, stranger.Call("OPTIONS", "/orders", nil).Header.Get("Access-Control-Allow-Methods"), "PATCH")
	assert.Empty(t, stranger.Get("/_mock/health").Header.Get("Access-Control-Allow-Origin"), "not the control plane")
}

func TestRequestID_IsReturnedOrMade(t *testing.T) {
	t.Parallel()
	_, c := mocktest.Start(t)
	assert.Equal(t, "my-id", c.With("X-Request-ID", "my-id").Get("/resources/N00001").Header.Get("X-Request-ID"))
	assert.NotEmpty(t, c.Get("/resources/N00001").Header.Get("X-Request-ID"))
	assert.NotEmpty(t, c.Get("/nowhere").Header.Get("X-Request-ID"))
}

func TestExplain_AskedFor_TellsTheReason(t *testing.T) {
	t.Parallel()
	_, c := mocktest.Start(t)
	late := obj{"prebookingDate": "2025-09-01T10:30"}
	got := c.With("X-Mock-Explain", "1").Ask(late)
	assert.Equal(t, obj{"available": false}, got.OK())
	assert.Equal(t, "not available: too late: it must be booked at least 24 h ahead", got.Header.Get("X-Mock-Reason"))
	assert.Empty(t, c.Ask(late).Header.Get("X-Mock-Reason"))
	late["adultCount"] = 7
	got = c.With("X-Mock-Explain", "1").Ask(late)
	got.Refused("PASSENGERS_INVALID")
	assert.Equal(t, "PASSENGERS_INVALID; rule A-044; satisfied by a party of at most 6", got.Header.Get("X-Mock-Reason"))
	assert.Equal(t, "vendor", got.Header.Get("X-Mock-Origin"))
}

package offers_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

// TestOffers_Refused: what is asked of options and of what was bought of them, refused with the member that is wrong; nothing
// changes.
func TestOffers_Refused(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t, mock.WithScenario(mocktest.WriteScenario(t, `
name: refused
given:
  clock: 2025-09-01T09:00:00Z
  ePasses:
    - {module: 1, ePassId: "1788000000000001"}
    - {module: 7, ePassId: "1788000000000007", availableUsages: 3}
    - {module: 8, ePassId: "1788000000000008"}
    - {module: 8, ePassId: "1788000000000009"}
  orders:
    - {orderId: LOUNGE, ePassId: "1788000000000001", resourceId: N00001, prebookingDate: 2025-09-04T10:30}
    - {orderId: ESIM, ePassId: "1788000000000008", resourceId: E00001, optionId: E00001-02, prebookingDate: 2025-09-01T10:00}
    - {orderId: CLASS, ePassId: "1788000000000007", resourceId: F00001, optionId: F00001-yoga-20250908, prebookingDate: 2025-09-08T07:00}
    - {orderId: GONE, ePassId: "1788000000000007", resourceId: F00001, optionId: F00001-yoga-20250908, prebookingDate: 2025-09-08T07:00, status: 3}
`)))
	w := srv.World()
	before := mocktest.Snapshot(t, w)
	for _, row := range []struct {
		path   string
		body   any // nil: it is read
		symbol string
		member string
	}{
		{"/resources/esims/E7/options", nil, "RESOURCE_NOT_FOUND", "path resourceId"},
		{"/resources/esims/N00001/options", nil, "MODULE_MISMATCH", "path resourceId: resource N00001 is of module 1, not 8"},
		{"/resources/esims/F00001/options", nil, "MODULE_MISMATCH", "path resourceId: resource F00001 is of module 7, not 8"},
		{"/resources/fitness/E00001/schedule", nil, "MODULE_MISMATCH", "path resourceId"},
		{"/resources/fitness/F00001/options/F00001-none", nil, "OPTION_NOT_FOUND", "path optionId: resource F00001 has no option F00001-none"},
		{"/resources/fitness/F00001/options/F00001-yoga-20250909", nil, "OPTION_NOT_FOUND", "path optionId"},
		{"/resources/fitness/F00001/options/F00001-yoga-20250230", nil, "OPTION_NOT_FOUND", "path optionId"},
		{"/resources/localOffers/L00001/options/E00001-01", nil, "OPTION_NOT_FOUND", "path optionId"},
		{"/resources/localOffers/L99/options", nil, "RESOURCE_NOT_FOUND", "path resourceId"},

		{"/resources/prices", obj{"module": 8, "resourceIds": []any{"E00001", "E7"}}, "RESOURCE_NOT_FOUND", "/resourceIds/1: no resource E7"},
		{"/resources/prices", obj{"module": 8, "resourceIds": []any{"N00001"}}, "MODULE_MISMATCH", "/resourceIds/0"},
		{"/resources/prices", obj{"module": 8, "resourceIds": []any{}}, "INVALID_REQUEST", "/resourceIds"},
		{"/resources/prices", obj{"module": 5, "resourceIds": []any{"E00001"}}, "INVALID_REQUEST", "/module"},
		{"/resources/options/prices", obj{"module": 8, "resourceId": "E00001", "optionIds": []any{"E00001-01", "E00001-99"}}, "OPTION_NOT_FOUND", "/optionIds/1"},
		{"/resources/options/prices", obj{"module": 8, "resourceId": "F00001"}, "MODULE_MISMATCH", "/resourceId"},
		{"/resources/options/prices", obj{"module": 1, "resourceId": "N00001"}, "INVALID_REQUEST", "/module"},
		{"/resources/options/prices", obj{"module": 8, "resourceId": "E00001", "optionIds": []any{strings.Repeat("x", 81)}}, "INVALID_REQUEST", "/optionIds/0"},

		{"/orders/esims/details", obj{"orderId": "nobody"}, "ORDER_NOT_FOUND", "/orderId"},
		{"/orders/esims/details", obj{"orderId": "LOUNGE"}, "MODULE_MISMATCH", "/orderId: order LOUNGE is of module 1, not of an eSIM"},
		{"/orders/esims/details", obj{"orderId": "CLASS"}, "MODULE_MISMATCH", "/orderId"},
		{"/orders/esims/details", obj{"orderId": ""}, "INVALID_REQUEST", "/orderId"},
		{"/orders/esims/packages/query", obj{}, "INVALID_REQUEST", "iccid"},
		{"/orders/esims/packages/query", obj{"iccid": "898600F1234567890123", "orderId": "ESIM"}, "INVALID_REQUEST", "iccid"},
		{"/orders/esims/packages/query", obj{"iccid": "898600F0000000000000"}, "ORDER_NOT_FOUND", "/iccid: no eSIM 898600F0000000000000"},
		{"/orders/esims/packages/query", obj{"iccid": "ESIM/"}, "ORDER_NOT_FOUND", "/iccid"},
		{"/orders/esims/packages/query", obj{"orderId": "LOUNGE"}, "MODULE_MISMATCH", "/orderId"},

		{"/orders/esims/topup/availability", obj{"orderId": "nobody", "optionId": "E00001-01"}, "ORDER_NOT_FOUND", "/orderId"},
		{"/orders/esims/topup/availability", obj{"orderId": "LOUNGE", "optionId": "E00001-01"}, "MODULE_MISMATCH", "/orderId"},
		{"/orders/esims/topup/availability", obj{"orderId": "ESIM", "optionId": "E00002-01"}, "OPTION_NOT_FOUND", "/optionId"},
		{"/orders/esims/topup/availability", obj{"orderId": "ESIM", "optionId": "E00001-01", "ePassId": "1788000000000009"}, "ORDER_NOT_FOUND", "/orderId"},
		{"/orders/esims/topup/availability", obj{"orderId": "ESIM", "optionId": "E00001-01", "ePassId": "1788000000000008", "membershipId": "8888000000000001"}, "INVALID_REQUEST", "ePassId"},
		{"/orders/esims/topup/availability", obj{"optionId": "E00001-01"}, "INVALID_REQUEST", "/orderId"},

		{"/orders/fitness/checkin", obj{"orderId": "nobody"}, "ORDER_NOT_FOUND", "/orderId"},
		{"/orders/fitness/checkin", obj{"orderId": "ESIM"}, "MODULE_MISMATCH", "/orderId: order ESIM is of module 8, not of a fitness club"},
		{"/orders/fitness/checkin", obj{"orderId": "GONE"}, "ORDER_ALREADY_CANCELLED", "/orderId"},
		{"/orders/fitness/checkin", obj{"orderId": "CLASS"}, "REDEMPTION_WINDOW_CLOSED", "/orderId"},
		{"/orders/fitness/checkin", obj{}, "INVALID_REQUEST", "/orderId"},
	} {
		var got mocktest.Answer
		if row.body == nil {
			got = c.Get("/api/v2" + row.path)
		} else {
			got = c.Post("/api/v2"+row.path, row.body)
		}
		assert.Contains(t, got.Refused(row.symbol), row.member, "%s %v", row.path, row.body)
		assert.Equal(t, before, mocktest.Snapshot(t, w), "%s %v", row.path, row.body)
	}
	for _, row := range []struct {
		order string
		bytes int64
		want  string
	}{
		{"nobody", 1, "ORDER_NOT_FOUND: orderId: "}, {"LOUNGE", 1, "MODULE_MISMATCH: orderId: "}, {"ESIM", 0, "INVALID_REQUEST: bytes: expected 1 to "},
		{"ESIM", -1, "INVALID_REQUEST: bytes: "}, {"ESIM", 1<<50 + 1, "INVALID_REQUEST: bytes: "}, {"CLASS", 1, "MODULE_MISMATCH: orderId: "},
	} {
		_, err := w.UseData(row.order, row.bytes)
		assert.ErrorContains(t, err, row.want)
		assert.Equal(t, before, mocktest.Snapshot(t, w))
	}
}

// TestCheckIn_AtAClosedClub: nobody gets in, whichever order it is, until it opens again.
func TestCheckIn_AtAClosedClub(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t, mock.WithScenario(mocktest.WriteScenario(t, `
name: closed
given:
  clock: 2025-09-08T07:00:00+01:00
  ePasses: [{module: 7, ePassId: "1788000000000007"}]
  resources: [{resourceId: F00001, prebookingAllowed: true}]
  orders: [{orderId: CLASS, ePassId: "1788000000000007", resourceId: F00001, optionId: F00001-yoga-20250908, prebookingDate: 2025-09-08T07:00}]
`)))
	checkIn := func() mocktest.Answer {
		return c.Post("/api/v2/orders/fitness/checkin", obj{"orderId": "CLASS"})
	}
	mocktest.PatchResource(t, srv.World(), "F00001", `{"prebookingAllowed":false}`)
	assert.Contains(t, checkIn().Refused("VOUCHER_INVALID"), "/orderId: order CLASS is not good while resource F00001 is closed")
	mocktest.PatchResource(t, srv.World(), "F00001", `{"prebookingAllowed":true}`)
	checkIn().OK()
}

// TestBooking_OfWhatIsOver: what can be used no more is not sold, though a token was given for it; the pass keeps its usage.
func TestBooking_OfWhatIsOver(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		module           int
		path, at, option string
		clock            string // five minutes before it is over
		patch            string // instead of the six minutes that pass
	}{
		{7, "fitness", "F00001", "F00001-dayPass", "2025-10-07T20:55:00Z", ""},
		{7, "fitness", "F00001", "F00001-yoga-20251013", "2025-10-06T05:00:00Z", `{"options":[{"optionId":"F00001-yoga","optionName":"Yoga",` +
			`"adultRate":"8.00","childRate":"8.00","visit":{"optionType":2,"dayOfWeek":1,"startTime":"10:00","endTime":"11:00","places":9}}]}`},
		{11, "localOffers", "L00001", "L00001-02", "2030-12-31T23:55:00Z", ""},
	} {
		srv, c := mocktest.Start(t, mock.WithScenario(mocktest.WriteScenario(t, fmt.Sprintf(`
name: over
given:
  clock: %s
  ePasses: [{module: %d, ePassId: "1788000000000007", expirationDate: 2039-12-31T23:59:59Z, availableUsages: 1}]
`, row.clock, row.module))))
		ask := obj{"module": row.module, "ePassId": "1788000000000007", "resourceId": row.at, "optionId": row.option, "adultCount": 1, "childCount": 0}
		token := c.Post("/api/v2/resources/options/prebookings/availability", ask).OK()["prebookingToken"]
		if row.patch != "" {
			mocktest.PatchResource(t, srv.World(), row.at, row.patch)
		} else {
			mocktest.Advance(t, srv.World(), 6*time.Minute)
		}
		before := mocktest.Snapshot(t, srv.World())
		c.Post("/api/v2/orders/"+row.path+"/ePasses/prebooking", obj{"module": row.module, "ePassId": "1788000000000007", "extra": obj{"prebookingToken": token}}).
			Refused("SLOT_UNAVAILABLE")
		assert.Equal(t, before, mocktest.Snapshot(t, srv.World()), row.option)
	}
}

// TestDayPass_ToTheEndOfTheDay: it ends when the opening hours do, at 24:00.
func TestDayPass_ToTheEndOfTheDay(t *testing.T) {
	t.Parallel()
	_, c := mocktest.Start(t, mock.WithScenario(mocktest.WriteScenario(t, `
name: all day
given:
  clock: 2025-09-01T09:00:00Z
  ePasses: [{module: 7, ePassId: "1788000000000007"}]
`)))
	token := c.Post("/api/v2/resources/options/prebookings/availability", obj{
		"module": 7, "ePassId": "1788000000000007", "resourceId": "F99901", "optionId": "F99901-dayPass", "adultCount": 1, "childCount": 0,
	}).OK()["prebookingToken"]
	order := c.Post("/api/v2/orders/fitness/ePasses/prebooking", obj{"module": 7, "ePassId": "1788000000000007", "extra": obj{"prebookingToken": token}}).OK()
	visit := mocktest.Dig(order, "extra", "fitnessOptions").(obj)
	assert.Equal(t, [2]any{"00:00", "24:00"}, [2]any{visit["startTime"], visit["endTime"]})
}

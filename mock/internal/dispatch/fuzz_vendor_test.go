package dispatch_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/mocktest"
	"dragonmock/openapi"
)

// FuzzVendor sends anything to the vendor's operations. Run it with: go test -fuzz FuzzVendor ./mock/internal/dispatch
func FuzzVendor(f *testing.F) {
	target := mocktest.NewTarget(f, openapi.V1)
	pass := `"firstName":"Ada","lastName":"Lovelace","expirationDate":"2030-12-31T23:59:59+00:00","availableUsages":2`
	seeds := map[string][3]string{ // word, query, body
		"generateAccessToken":                 {"-", "", `{"clientId":"DragonPass","secret":"dpSecretKey12345"}`},
		"registerMembership":                  {"-", "", `{"clientUserId":"u-9","firstName":"Ada","lastName":"Byron"}`},
		"updateMembership":                    {"-", "", `{"membershipId":"8888000000000001","status":2,"expirationDate":"9999-12-31T23:59:59+00:00"}`},
		"retrieveMembership":                  {"-", "", `{"membershipId":"8888000000000001"}`},
		"generateMembershipQRCode":            {"-", "", `{"membershipId":"8888000000000001"}`},
		"updateEntitlements":                  {"-", "", `{"membershipId":"8888000000000001","module":1,"details":{"cardholderExclusiveEntitlements":1,"guestsExclusiveEntitlements":1,"sharedEntitlements":1,"allowedGuestsPerUsage":1}}`},
		"retrieveEntitlements":                {"-", "", `{"membershipId":"8888000000000001","module":1}`},
		"listTransportHubs":                   {"-", "type=1&pageNumber=1&pageSize=10&countryOrRegion=GB", ""},
		"retrieveTransportHub":                {"A00001", "", ""},
		"listTransportHubResources":           {"A00001", "module=1", ""},
		"listUpdatedResources":                {"-", "module=1&since=2025-09-01T00%3A00%3A00%2B00%3A00&pageNumber=1", ""},
		"retrieveResource":                    {"N00001", "", ""},
		"checkPrebookingAvailability":         {"-", "", `{"ePassId":"1788000000000001","module":1,"resourceId":"N99910","prebookingDate":"2025-09-04T10:30","adultCount":1,"childCount":1}`},
		"createEPass":                         {"lounges", "", `{"module":1,"clientUserId":"u-9","extra":{` + pass + `}}`},
		"createEPassWithLoungePrebooking":     {"-", "", `{"module":1,"clientUserId":"u-9","extra":{` + pass + `,"prebookingToken":"00000000000000000000000000000001"}}`},
		"createEPassLoungePrebooking":         {"-", "", `{"module":1,"ePassId":"1788000000000001","extra":{"prebookingToken":"00000000000000000000000000000001"}}`},
		"createEPassFastTrackPrebooking":      {"-", "", `{"module":2,"ePassId":"1788000000000002","extra":{"prebookingToken":"00000000000000000000000000000002"}}`},
		"createEPassWithFastTrackPrebooking":  {"-", "", `{"module":2,"clientUserId":"u-9","extra":{` + pass + `,"prebookingToken":"00000000000000000000000000000002"}}`},
		"createMembershipLoungePrebooking":    {"-", "", `{"module":1,"membershipId":"8888000000000001","extra":{"prebookingToken":"00000000000000000000000000000001"}}`},
		"createMembershipFastTrackPrebooking": {"-", "", `{"module":2,"membershipId":"8888000000000001","extra":{"prebookingToken":"00000000000000000000000000000002"}}`},
		"listEPassUsageOrders":                {"-", "", `{"ePassId":"1788000000000001","pageNumber":2147483647,"pageSize":100,"status":1,"module":1}`},
		"retrieveEPass":                       {"-", "", `{"ePassId":"1788000000000001"}`},
		"retrieveEPassUsageOrder":             {"-", "", `{"orderId":"DP00000000000903"}`},
		"listMembershipUsageOrders":           {"-", "", `{"membershipId":"8888000000000001"}`},
		"retrieveMembershipUsageOrder":        {"-", "", `{"orderId":"DP00000000000904"}`},
		"cancelOrder":                         {"-", "", `{"status":3,"orderId":"DP00000000000901"}`},
	}
	request := func(operation string, base uint8, word, query, media, requestID, program, language string, body []byte) *http.Request {
		r := mocktest.Request([]string{"", "/v1", "/api/v1"}[base%3], target.Operation(operation), func(string) string { return word }, query, body)
		if r == nil {
			return nil
		}
		r.Header.Set("Authorization", "Bearer "+target.Server.World().Token())
		for name, value := range map[string]string{"Content-Type": media, "X-Request-ID": requestID, "X-Program-ID": program, "Accept-Language": language, "X-Mock-Explain": "1"} {
			if !mocktest.IsHeader(value) {
				return nil
			}
			if value != "" {
				r.Header.Set(name, value)
			}
		}
		return r
	}
	mocktest.Seeded(f, target, seeds)
	for _, id := range slices.Sorted(maps.Keys(seeds)) {
		seed := seeds[id]
		f.Add(id, uint8(0), seed[0], seed[1], "application/json", "request-1", "18943", "en-US", []byte(seed[2]))
		r := request(id, 0, seed[0], seed[1], "application/json", "request-1", "18943", "en-US", []byte(seed[2]))
		w, ok := target.Send(f, target.Operation(id), r)
		require.True(f, ok, "%s: mutations begin at what is accepted: %s", id, w.Body)
	}
	f.Fuzz(func(t *testing.T, operation string, base uint8, word, query, media, requestID, program, language string, body []byte) {
		r := request(operation, base, word, query, media, requestID, program, language, body)
		if r == nil {
			return
		}
		op := target.Operation(operation)
		if w, ok := target.Send(t, op, r); ok {
			require.True(t, json.Valid(w.Body.Bytes()), "%s: %s", op.ID, w.Body)
		}
	})
}

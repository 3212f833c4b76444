package dispatch_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/internal/mocktest"
)

// obj is a JSON object.
type obj = mocktest.Object

// TestChecks_SeveralBroken_NameTheFirst breaks several rules at once: the first in A-049 is named.
func TestChecks_SeveralBroken_NameTheFirst(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	stranger := mocktest.Stranger(t, srv.URL)
	large := `{"x":"` + strings.Repeat("x", 1<<20) + `"}`
	stranger.Post("/nowhere", large).Refused("BODY_TOO_LARGE")
	stranger.Post("/nowhere", "{").Refused("ROUTE_NOT_FOUND")
	stranger.Call("DELETE", "/orders", nil).Refused("METHOD_NOT_ALLOWED")
	stranger.With("X-Program-ID", "1").Post("/orders/ePasses/search", "{").Refused("TOKEN_MISSING")
	c.With("X-Program-ID", "1").Post("/orders/ePasses/search", "{").Refused("PROGRAM_NOT_ALLOWED")
	c.With("Content-Type", "text/plain").Post("/orders/ePasses/search", "{").Refused("UNSUPPORTED_MEDIA_TYPE")
	c.Post("/orders/ePasses/search", "{").Refused("MALFORMED_JSON")
	first := c.With("X-Request-ID", "r-1")
	order := first.Issue(1)
	first.Post("/orders/lounges/ePasses", obj{"module": 9}).Refused("INVALID_REQUEST")
	first.Cancel(order["orderId"]).Refused("REQUEST_ID_REUSED")
	first.Cancel("unknown").Refused("REQUEST_ID_REUSED")
}

func TestBody_NotAnObject_IsRefused(t *testing.T) {
	t.Parallel()
	_, c := mocktest.Start(t)
	pass := c.Pass(1)
	good := fmt.Sprintf(`{"ePassId":%q}`, pass)
	for _, row := range []struct{ name, body, want string }{
		{"good", good, ""},
		{"spaces around", " \n" + good + "\t", ""},
		{"empty", "", "INVALID_REQUEST"},
		{"null", "null", "INVALID_REQUEST"},
		{"a list", "[]", "INVALID_REQUEST"},
		{"trailing data", good + "x", "MALFORMED_JSON"},
		{"two values", good + good, "MALFORMED_JSON"},
		{"a member twice", `{"ePassId":"1","ePassId":"2"}`, "MALFORMED_JSON"},
		{"broken UTF-8", "{\"ePassId\":\"\xff\"}", "MALFORMED_JSON"},
		{"cut off", good[:5], "MALFORMED_JSON"},
		{"a comment", "/**/" + good, "MALFORMED_JSON"},
		{"both ids", fmt.Sprintf(`{"ePassId":%q,"orderId":"DP00000000000001"}`, pass), "INVALID_REQUEST"},
		{"neither id", `{}`, "INVALID_REQUEST"},
		{"another case of the name", fmt.Sprintf(`{"EPASSID":%q}`, pass), "INVALID_REQUEST"},
		{"unknown members are accepted", fmt.Sprintf(`{"ePassId":%q,"EPASSID":"other","more":{"deep":[1]}}`, pass), ""},
		{"a number for an id", `{"ePassId":1788000066668888}`, "INVALID_REQUEST"},
		{"deep", strings.Repeat("[", 40_000), "MALFORMED_JSON"},
		{"most values", "[" + strings.Repeat("1,", 49_998) + "1]", "INVALID_REQUEST"},
		{"too many values", "[" + strings.Repeat("1,", 49_999) + "1]", "BODY_TOO_LARGE"},
		{"commas in a text", `"` + strings.Repeat(`,\"`, 49_999) + `"`, "INVALID_REQUEST"},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := c.For(t).Post("/orders/ePasses/search", row.body)
			if row.want == "" {
				assert.Equal(t, pass, mocktest.EPassID(got.OK()))
			} else {
				got.Refused(row.want)
				assert.Equal(t, "contract", got.Header.Get("X-Mock-Origin"))
			}
		})
	}
	c.With("Content-Type", "application/vnd.dragonpass+json; charset=utf-8").Post("/orders/ePasses/search", good).OK()
	c.With("Content-Type", "").Post("/orders/ePasses/search", good).OK()
	c.With("Content-Type", "application/x-www-form-urlencoded").Post("/orders/ePasses/search", good).Refused("UNSUPPORTED_MEDIA_TYPE")
}

// TestInvalidRequest_NamesEveryField shows all violations at once, by JSON pointer, with what was expected.
func TestInvalidRequest_NamesEveryField(t *testing.T) {
	t.Parallel()
	_, c := mocktest.Start(t)
	message := c.Post("/orders/lounges/ePasses", obj{"module": "1", "extra": obj{
		"firstName": "", "expirationDate": "2028-12-31", "availableUsages": 0, "allowedResources": obj{"resourceId": []any{1}},
	}}).Refused("INVALID_REQUEST")
	for _, want := range []string{
		"/module: expected one of 1, 2, 3, 4",
		"/clientUserId: expected a string of 1 to 64 characters, it is missing",
		"/extra/firstName: expected a string of 1 to 100 characters",
		"/extra/lastName: expected a string of 1 to 100 characters, it is missing",
		"/extra/expirationDate: expected a date and time with offset, such as 2028-12-31T23:59:59+00:00",
		"/extra/availableUsages: expected an integer from 1 to 10000",
		"/extra/allowedResources/resourceId/0: expected a string of 1 to 64 characters, got the number 1",
	} {
		assert.Contains(t, message, want)
	}
	message = c.Get("/transportHubs?pageSize=0&pageNumber=x&language=english&language=en-US").Refused("INVALID_REQUEST")
	for _, want := range []string{"query pageSize: expected an integer from 1 to 100", "query pageNumber: expected an integer of 1 or more", "query language: expected one value, got 2"} {
		assert.Contains(t, message, want)
	}
	message = c.With("X-Request-ID", strings.Repeat("x", 129)).Get("/transportHubs").Refused("INVALID_REQUEST")
	assert.Contains(t, message, "header X-Request-ID: expected a string of 1 to 128 characters")
	message = c.Ask(obj{"ePassId": "1", "membershipId": "2", "prebookingDate": "2025-09-04", "adultCount": -1}).Refused("INVALID_REQUEST")
	assert.Contains(t, message, "only one of ePassId, membershipId")
}

// TestNull_ForAnOptionalMember_IsLeftOut: many clients write what they do not have as null.
func TestNull_ForAnOptionalMember_IsLeftOut(t *testing.T) {
	t.Parallel()
	_, c := mocktest.Start(t)
	member := c.Post("/memberships", `{"clientUserId":"u","firstName":"A","lastName":"B","email":null,"phoneNumber":null,"callingCode":null,"expirationDate":null}`).OK()
	id := member["membershipId"].(string)
	c.Post("/memberships/search", obj{"membershipId": id, "clientUserId": nil}).OK()
	c.Post("/memberships/update", obj{"membershipId": id, "status": 2, "expirationDate": nil}).OK()
	c.Post("/memberships/update", obj{"membershipId": id, "status": nil, "expirationDate": nil}).Refused("INVALID_REQUEST")
	c.Post("/orders/memberships", obj{"membershipId": id, "status": nil, "module": nil, "pageSize": nil, "pageNumber": nil}).OK()
	c.Ask(obj{"ePassId": nil, "membershipId": nil}).OK()
	issue := `{"module":1,"clientUserId":"u","extra":{"firstName":"A","lastName":"B","expirationDate":"2026-09-01T00:00:00+00:00","availableUsages":%s,"allowedResources":null}}`
	c.Post("/orders/lounges/ePasses", fmt.Sprintf(issue, "1")).OK()
	assert.Contains(t, c.Post("/orders/lounges/ePasses", fmt.Sprintf(issue, "null")).Refused("INVALID_REQUEST"), "/extra/availableUsages: expected an integer from 1 to 10000, got null")
	assert.Contains(t, c.Post("/orders/lounges/ePasses", fmt.Sprintf(issue, "1e400")).Refused("MALFORMED_JSON"), "/extra/availableUsages is a number too large")
}

// TestHostileInput_IsNeverAnInternalError sends what no client should, and looks for a 500 or a silent acceptance.
func TestHostileInput_IsNeverAnInternalError(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	for _, path := range []string{
		"/resources/%00", "/resources/%2e%2e", "/resources/N00001%2Fx", "/resources/" + strings.Repeat("x", 65), "/transportHubs/%F0%28%8C%28",
		"/transportHubs?iata=%00", "/transportHubs?pageNumber=99999999999999999999", "/transportHubs?;;&&==", "/transportHubs?pageSize=%zz",
	} {
		t.Run("path "+path[:min(len(path), 40)], func(t *testing.T) {
			got := c.For(t).Get(path)
			assert.Less(t, got.Status, 500, "%s", got.Raw)
		})
	}
	for _, id := range []string{"e/", "\x00", strings.Repeat("9", 64), "../../etc", base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{255}, 9))} {
		t.Run(fmt.Sprintf("id %.20q", id), func(t *testing.T) {
			assert.Equal(t, 404, c.For(t).Post("/orders/ePasses", obj{"ePassId": id}).Status)
			_, err := srv.World().EPass(id)
			assert.ErrorContains(t, err, "EPASS_NOT_FOUND")
		})
	}
	c.Ask(obj{"prebookingDate": "9999-12-31T23:59", "adultCount": 2147483647, "childCount": 2147483647}).Refused("PASSENGERS_INVALID")
	c.Ask(obj{"prebookingDate": "0000-01-01T00:00"}).Refused("PREBOOKING_DATE_INVALID")
	c.Post("/orders/lounges/ePasses", `{"module":1.0,"clientUserId":"u","extra":{"firstName":"A","lastName":"B","expirationDate":"2030-01-01T00:00:00Z","availableUsages":1}}`).Refused("INVALID_REQUEST")
}

package mock_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

func TestTokens(t *testing.T) {
	srv, c := mocktest.Start(t)
	who := srv.World().Credentials()
	sign := func(method jwt.SigningMethod, key any, claims jwt.MapClaims) string {
		token, err := jwt.NewWithClaims(method, claims).SignedString(key)
		require.NoError(t, err)
		return token
	}
	hour, hs256 := time.Now().Add(time.Hour).Unix(), jwt.SigningMethodHS256
	for _, row := range []struct {
		name, header, want string
	}{
		{"none", "", "TOKEN_MISSING"},
		{"another scheme", "Basic RHJhZ29uUGFzczpkcA==", "TOKEN_MISSING"},
		{"a scheme alone", "Bearer ", "TOKEN_MISSING"},
		{"no JWT", "Bearer nonsense", "TOKEN_INVALID"},
		{"her own", "Bearer " + sign(hs256, []byte(who.Key), jwt.MapClaims{"iss": who.Issuer, "exp": hour}), ""},
		{"scheme in lower case", "bearer " + sign(hs256, []byte(who.Key), jwt.MapClaims{"iss": who.Issuer, "exp": hour}), ""},
		{"nbf and iat are not looked at", "Bearer " + sign(hs256, []byte(who.Key), jwt.MapClaims{"iss": who.Issuer, "exp": hour, "nbf": hour, "iat": hour}), ""},
		{"no exp", "Bearer " + sign(hs256, []byte(who.Key), jwt.MapClaims{"iss": who.Issuer}), "TOKEN_INVALID"},
		{"exp in text", "Bearer " + sign(hs256, []byte(who.Key), jwt.MapClaims{"iss": who.Issuer, "exp": "soon"}), "TOKEN_INVALID"},
		{"expired", "Bearer " + sign(hs256, []byte(who.Key), jwt.MapClaims{"iss": who.Issuer, "exp": time.Now().Unix() - 1}), "TOKEN_EXPIRED"},
		{"unknown issuer", "Bearer " + sign(hs256, []byte(who.Key), jwt.MapClaims{"iss": "nobody", "exp": hour}), "TOKEN_INVALID"},
		{"no issuer", "Bearer " + sign(hs256, []byte(who.Key), jwt.MapClaims{"exp": hour}), "TOKEN_INVALID"},
		{"another key", "Bearer " + sign(hs256, []byte("guess"), jwt.MapClaims{"iss": who.Issuer, "exp": hour}), "TOKEN_INVALID"},
		{"another algorithm", "Bearer " + sign(jwt.SigningMethodHS512, []byte(who.Key), jwt.MapClaims{"iss": who.Issuer, "exp": hour}), "TOKEN_INVALID"},
		{"alg none", "Bearer " + sign(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, jwt.MapClaims{"iss": who.Issuer, "exp": hour}), "TOKEN_INVALID"},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := mocktest.Stranger(t, srv.URL).With("Authorization", row.header)
			got := c.Get("/resources/N00001")
			if row.want == "" {
				got.OK()
			} else {
				got.Refused(row.want)
				assert.Equal(t, 401, got.Status)
			}
		})
	}
	signed, err := srv.World().SignedToken(time.Now().Add(time.Minute))
	require.NoError(t, err)
	c.Token = signed
	c.Get("/resources/N00001").OK()

	c.Token = ""
	c.Post("/auth/token", obj{"clientId": who.ClientID, "secret": "wrong"}).Refused("CREDENTIALS_INVALID")
	c.Post("/auth/token", obj{"clientId": "nobody", "secret": who.Secret}).Refused("CREDENTIALS_INVALID")
	c.Post("/auth/token", obj{"clientId": 7}).Refused("INVALID_REQUEST")
	c.Post("/auth/token", "{").Refused("MALFORMED_JSON")
}

// TestMovingTheClockExpiresNoToken shows that access tokens go by the machine's clock.
func TestMovingTheClockExpiresNoToken(t *testing.T) {
	srv, c := mocktest.Start(t)
	mocktest.Advance(t, srv.World(), 1000*time.Hour)
	c.Get("/resources/N00001").OK()
}

func TestProgram(t *testing.T) {
	_, c := mocktest.Start(t)
	c.With("X-Program-ID", "1876920048220766208").Get("/resources/N00001").OK()
	c.With("X-Program-ID", "1").Get("/resources/N00001").Refused("PROGRAM_NOT_ALLOWED")
}

// TestOrderOfChecks breaks several rules at once: the first in A-049 is named.
func TestOrderOfChecks(t *testing.T) {
	srv, c := mocktest.Start(t)
	stranger := mocktest.Author(t, srv)
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
	first.Call("PATCH", "/orders", obj{"status": 3, "orderId": order["orderId"]}).Refused("REQUEST_ID_REUSED")
	first.Call("PATCH", "/orders", obj{"status": 3, "orderId": "unknown"}).Refused("REQUEST_ID_REUSED")
}

func TestBodies(t *testing.T) {
	_, c := mocktest.Start(t)
	pass := mocktest.EPassID(c.Issue(1))
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
		{"deep", strings.Repeat("[", 100_000), "MALFORMED_JSON"},
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

// TestInvalidRequestNamesEveryField shows all violations at once, by JSON pointer, with what was expected.
func TestInvalidRequestNamesEveryField(t *testing.T) {
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
	message = c.Post("/resources/prebookings/availability", obj{"ePassId": "1", "membershipId": "2", "module": 1, "resourceId": "N00001", "prebookingDate": "2025-09-04", "adultCount": -1, "childCount": 0}).Refused("INVALID_REQUEST")
	assert.Contains(t, message, "only one of ePassId, membershipId")
}

// TestNullIsLeftOut: many clients write what they do not have as null.
func TestNullIsLeftOut(t *testing.T) {
	_, c := mocktest.Start(t)
	member := c.Post("/memberships", `{"clientUserId":"u","firstName":"A","lastName":"B","email":null,"phoneNumber":null,"callingCode":null,"expirationDate":null}`).OK()
	id := member["membershipId"].(string)
	c.Post("/memberships/search", obj{"membershipId": id, "clientUserId": nil}).OK()
	c.Post("/memberships/update", obj{"membershipId": id, "status": 2, "expirationDate": nil}).OK()
	c.Post("/memberships/update", obj{"membershipId": id, "status": nil, "expirationDate": nil}).Refused("INVALID_REQUEST")
	c.Post("/orders/memberships", obj{"membershipId": id, "status": nil, "module": nil, "pageSize": nil, "pageNumber": nil}).OK()
	c.Post("/resources/prebookings/availability", obj{"ePassId": nil, "membershipId": nil, "module": 1, "resourceId": "N00001", "prebookingDate": mocktest.Thursday, "adultCount": 1, "childCount": 0}).OK()
	issue := `{"module":1,"clientUserId":"u","extra":{"firstName":"A","lastName":"B","expirationDate":"2026-09-01T00:00:00+00:00","availableUsages":%s,"allowedResources":null}}`
	c.Post("/orders/lounges/ePasses", fmt.Sprintf(issue, "1")).OK()
	assert.Contains(t, c.Post("/orders/lounges/ePasses", fmt.Sprintf(issue, "null")).Refused("INVALID_REQUEST"), "/extra/availableUsages: expected an integer from 1 to 10000, got null")
	assert.Contains(t, c.Post("/orders/lounges/ePasses", fmt.Sprintf(issue, "1e400")).Refused("MALFORMED_JSON"), "/extra/availableUsages is a number too large")
}

func TestUnknownPathsNameTheNearest(t *testing.T) {
	srv, _ := mocktest.Start(t)
	c := mocktest.Author(t, srv)
	for _, row := range []struct{ method, path, nearest string }{
		{"POST", "/cancellations", "Nearest: cancelOrder (PATCH /orders)"},
		{"POST", "/api/v3/cancellations", "Nearest: cancelOrder (PATCH /orders)"},
		{"GET", "/v3/partners/transportHub", "Nearest: listTransportHubs"},
		{"POST", "/api/v1/resource/bookings/availabilities", "Nearest: checkPrebookingAvailability"},
		{"POST", "/orders/lounge/ePass/prebookings", "Nearest: createEPassLoungePrebooking"},
		{"POST", "/orders/spas/ePasses", "createEPass (POST /orders/{module}/ePasses)"},
		{"GET", "/", "Nearest: "},
		{"POST", "/orders/ePasses/", "Nearest: "},
		{"GET", "/resources/N00001/", "retrieveResource (GET"},
		{"GET", "/resources/N00001/availability", "checkPrebookingAvailability"},
	} {
		got := c.Call(row.method, row.path, nil)
		assert.Equal(t, 404, got.Status)
		assert.Contains(t, got.Refused("ROUTE_NOT_FOUND"), row.nearest, "%s %s", row.method, row.path)
		assert.Equal(t, "mock", got.Header.Get("X-Mock-Origin"))
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

func TestCORS(t *testing.T) {
	srv, c := mocktest.Start(t)
	stranger := mocktest.Author(t, srv)
	for _, got := range []mocktest.Answer{
		stranger.Call("OPTIONS", "/orders", nil), stranger.Call("OPTIONS", "/api/v1/orders/lounges/ePasses/prebooking", nil),
		c.Get("/resources/N00001"), c.Get("/resources/none"), stranger.Get("/nowhere"),
	} {
		assert.Equal(t, "*", got.Header.Get("Access-Control-Allow-Origin"))
		assert.Equal(t, "*, Authorization", got.Header.Get("Access-Control-Allow-Headers"))
	}
	assert.Equal(t, 204, stranger.Call("OPTIONS", "/orders", nil).Status)
	assert.Contains(t, stranger.Call("OPTIONS", "/orders", nil).Header.Get("Access-Control-Allow-Methods"), "PATCH")
	assert.Empty(t, stranger.Get("/_mock/health").Header.Get("Access-Control-Allow-Origin"), "not the control plane")
}

func TestRequestID(t *testing.T) {
	_, c := mocktest.Start(t)
	assert.Equal(t, "my-id", c.With("X-Request-ID", "my-id").Get("/resources/N00001").Header.Get("X-Request-ID"))
	assert.NotEmpty(t, c.Get("/resources/N00001").Header.Get("X-Request-ID"))
	assert.NotEmpty(t, c.Get("/nowhere").Header.Get("X-Request-ID"))
}

func TestExplain(t *testing.T) {
	_, c := mocktest.Start(t)
	late := obj{"module": 1, "resourceId": "N00001", "prebookingDate": "2025-09-01T10:30", "adultCount": 1, "childCount": 0}
	got := c.With("X-Mock-Explain", "1").Post("/resources/prebookings/availability", late)
	assert.Equal(t, obj{"available": false}, got.OK())
	assert.Equal(t, "not available: too late: it must be booked at least 24 h ahead", got.Header.Get("X-Mock-Reason"))
	assert.Empty(t, c.Post("/resources/prebookings/availability", late).Header.Get("X-Mock-Reason"))
	late["adultCount"] = 7
	got = c.With("X-Mock-Explain", "1").Post("/resources/prebookings/availability", late)
	got.Refused("PASSENGERS_INVALID")
	assert.Equal(t, "PASSENGERS_INVALID; rule A-044; satisfied by a party of at most 6", got.Header.Get("X-Mock-Reason"))
	assert.Equal(t, "vendor", got.Header.Get("X-Mock-Origin"))
}

func TestRefusalsOfRules(t *testing.T) {
	srv, c := mocktest.Start(t)
	pass := mocktest.EPassID(c.Issue(1))
	availability := func(edit obj) mocktest.Answer {
		body := obj{"module": 1, "resourceId": "N00001", "prebookingDate": mocktest.Thursday, "adultCount": 1, "childCount": 0}
		for k, v := range edit {
			body[k] = v
		}
		return c.Post("/resources/prebookings/availability", body)
	}
	availability(obj{"resourceId": "N99998"}).Refused("RESOURCE_NOT_FOUND")
	availability(obj{"resourceId": "C00001"}).Refused("MODULE_MISMATCH")
	availability(obj{"resourceId": "R00001", "module": 3}).Refused("PREBOOKING_NOT_SUPPORTED")
	availability(obj{"prebookingDate": "2025-02-30T10:30"}).Refused("PREBOOKING_DATE_INVALID")
	availability(obj{"adultCount": 0}).Refused("PASSENGERS_INVALID")
	availability(obj{"ePassId": "1788999999999999"}).Refused("EPASS_NOT_FOUND")
	availability(obj{"ePassId": pass, "adultCount": 2}).Refused("EPASS_USAGES_EXHAUSTED")
	c.Get("/transportHubs/A00009").Refused("TRANSPORT_HUB_NOT_FOUND")
	c.Get("/transportHubs/A00009/resources").Refused("TRANSPORT_HUB_NOT_FOUND")
	c.Get("/resources/none").Refused("RESOURCE_NOT_FOUND")
	c.Get("/resources/N00001?language=fr-FR").Refused("LANGUAGE_NOT_ALLOWED")

	issue := func(path string, edit obj) mocktest.Answer {
		extra := obj{"firstName": "Ada", "lastName": "Lovelace", "expirationDate": "2026-09-01T00:00:00+00:00", "availableUsages": 1}
		body := obj{"module": 1, "clientUserId": "u-1", "extra": extra}
		for k, v := range edit {
			if k == "module" || k == "clientUserId" {
				body[k] = v
			} else {
				extra[k] = v
			}
		}
		return c.Post("/orders/"+path+"/ePasses", body)
	}
	issue("fastTrack", nil).Refused("MODULE_MISMATCH")
	issue("lounges", obj{"lastName": "Byron"}).Refused("CLIENT_USER_NAME_MISMATCH")
	issue("lounges", obj{"expirationDate": "2025-09-01T09:00:00+01:00"}).Refused("EXPIRATION_INVALID")
	issue("lounges", obj{"expirationDate": "2025-09-01T23:59:60+00:00"}).Refused("INVALID_REQUEST")
	issue("lounges", obj{"allowedResources": obj{"resourceId": []string{"N99998"}}}).Refused("RESOURCE_NOT_FOUND")
	issue("lounges", obj{"allowedResources": obj{"resourceId": []string{"R00001"}}}).Refused("MODULE_MISMATCH")
	scoped := mocktest.EPassID(issue("lounges", obj{"allowedResources": obj{"resourceId": []string{"N00012"}}}).OK())
	availability(obj{"ePassId": scoped}).Refused("EPASS_OUT_OF_SCOPE")
	meal := mocktest.EPassID(issue("setMeals", obj{"module": 3}).OK())
	availability(obj{"ePassId": meal}).Refused("MODULE_MISMATCH")
	short := mocktest.EPassID(issue("lounges", obj{"expirationDate": "2025-09-04T09:29:59+00:00"}).OK())
	availability(obj{"ePassId": short}).Refused("EPASS_EXPIRED")

	c.Book(pass, "nonsense").Refused("PREBOOKING_TOKEN_INVALID")
	token := c.Place(pass, "N00001", mocktest.Thursday, 1)
	c.Book(scoped, token).Refused("PREBOOKING_TOKEN_MISMATCH")
	message := c.Post("/orders/lounges/ePasses/prebooking", obj{"module": 1, "ePassId": pass, "extra": obj{"prebookingToken": token}}).Refused("PASSENGER_INFO_REQUIRED")
	assert.Contains(t, message, "/extra/prebookingRequiredInfo/transportNumber")
	anybody := c.Place("", "N00001", mocktest.Thursday, 1)
	c.Post("/orders/lounges/ePasses/prebooking", obj{"module": 2, "ePassId": pass, "extra": obj{"prebookingToken": anybody}}).Refused("MODULE_MISMATCH")
	c.Book("1788999999999999", anybody).Refused("EPASS_NOT_FOUND")
	c.Book(meal, anybody).Refused("MODULE_MISMATCH")
	c.Book(scoped, anybody).Refused("EPASS_OUT_OF_SCOPE")
	c.Book(short, anybody).Refused("EPASS_EXPIRED")
	c.Book(pass, token).OK()
	c.Book(pass, token).Refused("PREBOOKING_TOKEN_USED")
	c.Book(pass, anybody).Refused("EPASS_USAGES_EXHAUSTED")
	late := c.Place("", "N00001", mocktest.Thursday, 1)
	mocktest.Advance(t, srv.World(), 10*time.Minute+time.Second)
	c.Book(pass, late).Refused("PREBOOKING_TOKEN_EXPIRED")
	c.Post("/orders/ePasses/search", obj{"orderId": "DP99999999999999"}).Refused("ORDER_NOT_FOUND")
	c.Post("/orders/ePasses/search", obj{"ePassId": "1788999999999999"}).Refused("EPASS_NOT_FOUND")
	c.Post("/orders/ePasses/details", obj{"orderId": "DP00000000000001"}).Refused("ORDER_NOT_FOUND")
}

// TestPassengerDataThatIsNotAskedForIsDropped is the vendor's own rule (seed page).
func TestPassengerDataThatIsNotAskedForIsDropped(t *testing.T) {
	_, c := mocktest.Start(t)
	pass := mocktest.EPassID(c.Issue(1))
	order := c.Book(pass, c.Place(pass, "N00012", mocktest.Thursday, 1)).OK()
	assert.Equal(t, obj{"firstName": "Ada", "lastName": "Lovelace", "email": nil, "phoneNumber": nil, "callingCode": nil, "transportNumber": nil},
		mocktest.Dig(order, "extra", "prebookingRequiredInfo"))
}

func TestErrorsFile(t *testing.T) {
	path := mocktest.WriteScenario(t, "errors:\n  - {symbol: RESOURCE_NOT_FOUND, status: 400, code: 400.777.001}\n")
	_, c := mocktest.Start(t, mock.WithErrors(path))
	got := c.Get("/resources/none")
	assert.Equal(t, 400, got.Status)
	assert.Equal(t, "400.777.001", got.Body["code"])
	assert.Equal(t, "404.015.001", c.Get("/transportHubs/none").Body["code"], "the rest stays")
	for text, want := range map[string]string{
		"errors:\n  - {symbol: RESOURCE_NOT_FOUNT, status: 400, code: x}\n":                                                   "did you mean RESOURCE_NOT_FOUND?",
		"errors:\n  - {symbol: RESOURCE_NOT_FOUND, status: 200, code: x}\n":                                                   "errors/0/status",
		"errors:\n  - {symbol: RESOURCE_NOT_FOUND, status: 400}\n":                                                            "errors/0/code",
		"errors:\n  - {symbol: ORDER_NOT_FOUND, status: 400, code: x}\n  - {symbol: ORDER_NOT_FOUND, status: 400, code: x}\n": "there twice",
		"errors:\n  - {symbol: RESOURCE_NOT_FOUND, state: 400}\n":                                                             "line 2",
	} {
		_, err := mock.New(mock.WithErrors(mocktest.WriteScenario(t, text)))
		assert.ErrorContains(t, err, want)
	}
}

// TestHostileInput sends what no client should, and looks for a 500 or a silent acceptance.
func TestHostileInput(t *testing.T) {
	srv, c := mocktest.Start(t)
	for _, path := range []string{
		"/resources/%00", "/resources/%2e%2e", "/resources/N00001%2Fx", "/resources/" + strings.Repeat("x", 65), "/transportHubs/%F0%28%8C%28",
		"/transportHubs?iata=%00", "/transportHubs?pageNumber=99999999999999999999", "/transportHubs?;;&&==", "/transportHubs?pageSize=%zz",
	} {
		got := c.Get(path)
		assert.Less(t, got.Status, 500, "%s: %s", path, got.Raw)
	}
	for _, id := range []string{"e/", "\x00", strings.Repeat("9", 64), "../../etc", base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{255}, 9))} {
		assert.Equal(t, 404, c.Post("/orders/ePasses", obj{"ePassId": id}).Status, "%q", id)
		_, err := srv.World().EPass(id)
		assert.Error(t, err)
	}
	got := c.Post("/resources/prebookings/availability", obj{"module": 1, "resourceId": "N00001", "prebookingDate": "9999-12-31T23:59", "adultCount": 2147483647, "childCount": 2147483647})
	got.Refused("PASSENGERS_INVALID")
	c.Post("/resources/prebookings/availability", obj{"module": 1, "resourceId": "N00001", "prebookingDate": "0000-01-01T00:00", "adultCount": 1, "childCount": 0}).Refused("PREBOOKING_DATE_INVALID")
	c.Post("/orders/lounges/ePasses", `{"module":1.0,"clientUserId":"u","extra":{"firstName":"A","lastName":"B","expirationDate":"2030-01-01T00:00:00Z","availableUsages":1}}`).Refused("INVALID_REQUEST")
}

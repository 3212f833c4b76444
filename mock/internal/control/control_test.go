package control_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
	"dragonmock/scenarios"
)

// obj is a JSON object.
type obj = mocktest.Object

func TestControl_PlaysTheVenuesPart(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	author := mocktest.Author(t, srv) // no token: the door is the test author's

	health := author.Get("/_mock/health")
	assert.Equal(t, obj{"status": "ok", "version": mock.Version(), "worlds": 1.0}, health.Body)
	assert.Equal(t, "mock", health.Header.Get("X-Mock-Origin"))

	for _, name := range []string{"dragonpass-v1.yaml", "control.yaml", "errors.yaml", "assumptions.yaml"} {
		got := author.Get("/_mock/openapi/" + name)
		assert.Equal(t, 200, got.Status, name)
		assert.Equal(t, "application/yaml", got.Header.Get("Content-Type"), name)
		assert.NotEmpty(t, got.Raw, name)
	}
	author.Get("/_mock/openapi/none.yaml").Refused("ROUTE_NOT_FOUND")
	author.Get("/_mock/openapi/..%2fgo.mod").Refused("ROUTE_NOT_FOUND")
	author.Get("/_mock/openapi/%2e").Refused("ROUTE_NOT_FOUND")

	const world = mocktest.DefaultWorld
	clock := author.Get(world + "/clock").OK()
	assert.Equal(t, obj{"now": "2025-09-01T08:00:00+00:00", "mode": "frozen"}, clock)

	pass := c.Pass(3)
	order := author.Post(world+"/redemptions", obj{"ePassId": pass, "resourceId": "N00001", "adultCount": 1}).OK()
	assert.Equal(t, 2.0, order["status"])
	reversed := author.Post(world+"/reversals", obj{"orderId": order["orderId"]}).OK()
	assert.Equal(t, 3.0, reversed["status"])

	slot := author.Call("PUT", world+"/slots", obj{"resourceId": "N00001", "prebookingDate": mocktest.Thursday, "free": 1}).OK()
	assert.Equal(t, obj{"resourceId": "N00001", "prebookingDate": mocktest.Thursday, "free": 1.0}, slot)
	token := c.Place(pass, "N00001", mocktest.Thursday, 1)
	booked := c.Book(pass, token).OK()
	voucher := mocktest.FirstVoucher(booked)
	author.Post(world+"/redemptions", obj{"voucher": voucher, "adultCount": 1}).Refused("REDEMPTION_WINDOW_CLOSED")
	moved := author.Post(world+"/clock", obj{"advance": "3d1h30m"}).OK()
	assert.Equal(t, "2025-09-04T09:30:00+00:00", moved["now"])
	assert.Equal(t, 2.0, author.Post(world+"/redemptions", obj{"voucher": voucher, "adultCount": 1}).OK()["status"])

	author.Post(world+"/reset", nil).OK()
	assert.Equal(t, "2025-09-01T08:00:00+00:00", author.Get(world + "/clock").OK()["now"])
	c.Post("/orders/ePasses/search", obj{"ePassId": pass}).Refused("EPASS_NOT_FOUND")
	assert.Equal(t, pass, c.Pass(1), "ids begin again")
}

func TestControl_WrongRequest_SaysWhatWasExpected(t *testing.T) {
	t.Parallel()
	srv, _ := mocktest.Start(t)
	author := mocktest.Author(t, srv)
	const world = mocktest.DefaultWorld
	for _, row := range []struct {
		name, method, path string
		body               any
		symbol, want       string
	}{
		{"misspelt member", "POST", world + "/clock", obj{"advnace": "1h"}, "INVALID_REQUEST", "/advnace: expected no such member, did you mean advance?"},
		{"no member", "POST", world + "/clock", obj{}, "INVALID_REQUEST", "/: expected exactly one of advance, follow, freeze, real, set"},
		{"two members", "POST", world + "/clock", obj{"advance": "1h", "freeze": true}, "INVALID_REQUEST", "/: expected exactly one of advance"},
		{"no duration", "POST", world + "/clock", obj{"advance": "soon"}, "INVALID_REQUEST", "/advance: expected a duration such as 72h, 90d or 1d12h"},
		{"fraction of a second", "POST", world + "/clock", obj{"advance": "500ms"}, "INVALID_REQUEST", "/advance: expected whole seconds, which is how fine the clock of a world is, got 500ms"},
		{"negative duration", "POST", world + "/clock", obj{"advance": "-1h"}, "INVALID_REQUEST", "/advance: expected a duration of 0 or more"},
		{"date without time", "POST", world + "/clock", obj{"set": "2025-09-01"}, "INVALID_REQUEST", "/set: expected a date and time with offset"},
		{"freeze that is false", "POST", world + "/clock", obj{"freeze": false}, "INVALID_REQUEST", "/freeze: expected true, or no such member"},
		{"pass and membership", "POST", world + "/redemptions", obj{"ePassId": "1", "membershipId": "2", "resourceId": "N00001", "adultCount": 1}, "INVALID_REQUEST", "/: expected exactly one of ePassId + resourceId"},
		{"null for a way to move", "POST", world + "/clock", obj{"advance": nil}, "INVALID_REQUEST", "/advance: expected a string of 2 to 32 characters, got null"},
		{"stream without end", "GET", world + "/requests/stream?timeout=1d", nil, "INVALID_REQUEST", "query timeout: expected a duration of at most 5m"},
		{"state without tables", "PUT", world + "/state", obj{"version": 2, "clock": obj{}, "counters": obj{}}, "INVALID_REQUEST", "/tables/ePasses: it is missing"},
		{"state without a clock", "PUT", world + "/state", obj{"version": 2, "counters": obj{}, "tables": obj{}}, "INVALID_REQUEST", "/clock: it is missing"},
		{"state without counters", "PUT", world + "/state", obj{"version": 2, "clock": obj{}, "tables": obj{}}, "INVALID_REQUEST", "/counters: it is missing"},
		{"state whose clock is null", "PUT", world + "/state", obj{"version": 2, "clock": nil}, "INVALID_REQUEST", "/clock: expected an object, got null"},
		{"state whose clock is a list", "PUT", world + "/state", obj{"version": 2, "clock": []int{}}, "INVALID_REQUEST", "/clock: expected an object, got a list"},
		{"state with a row that is null", "PUT", world + "/state", obj{"version": 2, "tables": obj{"orders": []any{nil}}}, "INVALID_REQUEST", "/tables/orders/0: expected an object, got null"},
		{"state of one long word", "PUT", world + "/state", `{"version":2,"clock":{"At":"` + strings.Repeat("A", 9<<20) + `"}}`, "INVALID_REQUEST", "expected a value of at most 8388608 bytes"},
		{"state in UTF-16", "PUT", world + "/state", "\xFF\xFE{\x00", "MALFORMED_JSON", "this is UTF-16"},
		{"state and more", "PUT", world + "/state", "{} {}", "INVALID_REQUEST", "/version: expected 2, it is missing"},
		{"broken JSON", "POST", world + "/clock", "{", "MALFORMED_JSON", "JSON"},
		{"no body", "POST", world + "/clock", nil, "INVALID_REQUEST", "the body is empty"},
		{"unknown query parameter", "GET", world + "/clock?now=1", nil, "INVALID_REQUEST", "query now"},
		{"unknown world", "POST", "/_mock/worlds/none/reset", nil, "WORLD_NOT_FOUND", "none"},
		{"redemption without resource", "POST", world + "/redemptions", obj{"ePassId": "1", "adultCount": 1}, "INVALID_REQUEST", "exactly one of ePassId + resourceId, membershipId + resourceId, qrCode + resourceId, voucher"},
		{"redemption without party", "POST", world + "/redemptions", obj{"voucher": "1"}, "INVALID_REQUEST", "/adultCount"},
		{"redemption by two things", "POST", world + "/redemptions", obj{"voucher": "1", "ePassId": "2", "adultCount": 1}, "INVALID_REQUEST", "/voucher: expected it without ePassId"},
		{"voucher with a resource", "POST", world + "/redemptions", obj{"voucher": "1", "resourceId": "N00001", "adultCount": 1}, "INVALID_REQUEST", "/voucher: expected it without"},
		{"unknown voucher", "POST", world + "/redemptions", obj{"voucher": "1", "adultCount": 1}, "VOUCHER_INVALID", "1"},
		{"unknown pass", "POST", world + "/redemptions", obj{"ePassId": "1", "resourceId": "N00001", "adultCount": 1}, "EPASS_NOT_FOUND", "1"},
		{"unknown resource", "POST", world + "/redemptions", obj{"ePassId": "1", "resourceId": "N1", "adultCount": 1}, "RESOURCE_NOT_FOUND", "N1"},
		{"unknown order", "POST", world + "/reversals", obj{"orderId": "DP1"}, "ORDER_NOT_FOUND", "DP1"},
		{"slot that clocks skip", "PUT", world + "/slots", obj{"resourceId": "N00001", "prebookingDate": "2025-03-30T01:30", "free": 1}, "PREBOOKING_DATE_INVALID", "clocks skip it"},
		{"slot of a restaurant", "PUT", world + "/slots", obj{"resourceId": "R00001", "prebookingDate": "2025-03-30T10:30", "free": 1}, "PREBOOKING_NOT_SUPPORTED", "R00001"},
		{"negative places", "PUT", world + "/slots", obj{"resourceId": "N00001", "prebookingDate": "2025-03-30T10:30", "free": -1}, "INVALID_REQUEST", "/free"},
		{"a seed with a point", "POST", "/_mock/worlds", json.RawMessage(`{"seed":1.0}`), "INVALID_REQUEST", "/seed: expected an integer in digits alone"},
		{"a seed with an exponent", "POST", "/_mock/worlds", json.RawMessage(`{"seed":1e3}`), "INVALID_REQUEST", "/seed: expected an integer in digits alone"},
		{"a seed that does not fit", "POST", "/_mock/worlds", json.RawMessage(`{"seed":18446744073709551616}`), "INVALID_REQUEST", "/seed: expected an integer"},
		{"places with a point", "PUT", world + "/slots", json.RawMessage(`{"resourceId":"N00001","prebookingDate":"2026-03-30T10:30","free":1.0}`), "INVALID_REQUEST", "/free: expected an integer in digits alone"},
		{"places that do not fit", "PUT", world + "/slots", json.RawMessage(`{"resourceId":"N00001","prebookingDate":"2026-03-30T10:30","free":18446744073709551616}`), "INVALID_REQUEST", "/free: expected an integer"},
		{"a party with a point", "POST", world + "/redemptions", json.RawMessage(`{"ePassId":"1","resourceId":"N00001","adultCount":1.0}`), "INVALID_REQUEST", "/adultCount: expected an integer in digits alone"},
		{"a capacity with a point", "PATCH", world + "/resources/N00001", json.RawMessage(`{"capacity":1.0}`), "INVALID_REQUEST", "/capacity: expected a number that fits: a whole one"},
		{"a capacity that does not fit", "PATCH", world + "/resources/N00001", json.RawMessage(`{"capacity":18446744073709551616}`), "INVALID_REQUEST", "/capacity: expected a number that fits: a whole one"},
		{"unknown path", "GET", "/_mock/nowhere", nil, "ROUTE_NOT_FOUND", "control.yaml"},
		{"checkpoint with a slash", "POST", world + "/checkpoints/a/b", nil, "ROUTE_NOT_FOUND", "/checkpoints/a/b"},
		{"world with a slash", "POST", "/_mock/worlds/no%2Fne/reset", nil, "WORLD_NOT_FOUND", "no/ne"},
		{"wrong method", "DELETE", world + "/clock", nil, "METHOD_NOT_ALLOWED", "POST"},
	} {
		t.Run(row.name, func(t *testing.T) {
			assert.Contains(t, author.For(t).Call(row.method, row.path, row.body).Refused(row.symbol), row.want)
		})
	}
}

func TestControl_PlaysAndValidatesScenarios(t *testing.T) {
	t.Parallel()
	srv, _ := mocktest.Start(t)
	author := mocktest.Author(t, srv)
	report := author.Post("/_mock/scenarios/play", obj{"scenario": "vendor-lounge-example"}).OK()
	assert.Equal(t, "held", report["outcome"], "%v", report)
	assert.NotEmpty(t, report["steps"])
	wrong := obj{"name": "wrong", "steps": []obj{{"call": "retrieveResource", "path": obj{"resourceId": "N00001"}, "expect": obj{"data": obj{"resourceName": "Ours"}}}}}
	report = author.Post("/_mock/scenarios/play", obj{"scenario": wrong}).OK()
	assert.Equal(t, "failed", report["outcome"])
	assert.Contains(t, report["steps"].([]any)[0].(obj)["diff"], "DragonPass Lounge")
	author.Post("/_mock/scenarios/validate", obj{"scenario": wrong}).OK()
	message := author.Post("/_mock/scenarios/validate", obj{"scenario": obj{"name": "x", "steps": []obj{{"call": "retrieveResorce"}}}}).Refused("INVALID_REQUEST")
	assert.Contains(t, message, "retrieveResource")
	author.Post("/_mock/scenarios/play", obj{"scenario": "none"}).Refused("INVALID_REQUEST")
	author.Post("/_mock/scenarios/play", obj{}).Refused("INVALID_REQUEST")
	assert.Equal(t, 1.0, author.Get("/_mock/health").Body["worlds"], "its worlds are gone")
}

// TestControl_TextOfAFile_IsAScenarioWhole: who keeps scenario files beside tests that are not in Go sends them as they are.
func TestControl_TextOfAFile_IsAScenarioWhole(t *testing.T) {
	t.Parallel()
	srv, _ := mocktest.Start(t)
	author := mocktest.Author(t, srv)
	file, err := scenarios.Files.ReadFile("vendor-lounge-example.yaml")
	require.NoError(t, err)
	byName := author.Post("/_mock/scenarios/play", obj{"scenario": "vendor-lounge-example"}).OK()
	assert.Equal(t, byName, author.Post("/_mock/scenarios/play", obj{"scenario": string(file)}).OK())
	text := "name: x\r\ngiven:\r\n  ePasses: [{as: pass, module: 1, availableUsages: 3}]\r\n"
	author.Post("/_mock/scenarios/validate", obj{"scenario": text}).OK()
	assert.NotEmpty(t, mocktest.Dig(author.Post("/_mock/worlds", obj{"scenario": text}).OK(), "given", "pass", "ePassId"))

	for text, want := range map[string]string{
		"name: x\nsteps:\n- {cal: x}\n":      "\nscenario:3:4: /steps/0/cal: unknown key, did you mean call?",
		"name: x\n steps: []\n":              "/scenario: scenario:2:1: line 2: mapping values are not allowed in this context",
		"lounge-booking\n":                   "/scenario: scenario:1:1: expected object, got string",
		"\n":                                 "/scenario: scenario:1:1: the file is empty",
		"\r" + strings.Repeat("-\r", 40_000): "/scenario: scenario:1:1: the file holds more than 10000 keys and values",
		strings.Repeat("x", 10_000):          "/scenario: no scenario " + strings.Repeat("x", 200) + "...; there are ",
		"{name: x, steps: []}":               "/scenario: no scenario {name: x, steps: []}; there are ",
		"vendor-lounge-exmaple":              "did you mean vendor-lounge-example?",
	} {
		for _, path := range []string{"/_mock/scenarios/validate", "/_mock/scenarios/play", "/_mock/worlds"} {
			assert.Contains(t, author.Post(path, obj{"scenario": text}).Refused("INVALID_REQUEST"), want, path)
		}
	}
}

// TestPlay_ScenarioThatPlaysItself_Ends, and the server is as it was.
func TestPlay_ScenarioThatPlaysItself_Ends(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	self := "name: plays itself\nsteps:\n- {request: POST /_mock/scenarios/play, body: {scenario: self}, expect: {status: 200}}\n"
	require.NoError(t, os.WriteFile(filepath.Join(folder, "self.yaml"), []byte(self), 0o600))
	author := mocktest.Author(t, mock.Start(t, mock.WithScenarios(folder)))
	for range 2 {
		a := author.Post("/_mock/scenarios/play", obj{"scenario": "self"})
		a.OK()
		assert.Less(t, len(a.Raw), 1<<20)
	}
	assert.Equal(t, 1.0, author.Get("/_mock/health").Body["worlds"])
}

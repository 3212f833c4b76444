package control_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

// TestRequests_OfWhatThereIsNot_AreRefused: a filter that chooses nothing looks as if nothing had been called.
func TestRequests_OfWhatThereIsNot_AreRefused(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	a, w := mocktest.Author(t, srv), srv.World()
	c.Get("/api/v1/transportHubs").OK()
	c.Get("/transportHubs").OK()
	for _, row := range []struct {
		query  string
		filter mock.RequestFilter
		want   string
	}{
		{"operation=listTransportHub", mock.RequestFilter{Operation: "listTransportHub"}, "operation: unknown operation, did you mean listTransportHubs?"},
		{"operation=callback", mock.RequestFilter{Operation: "callback"}, "operation: callbacks are not what clients sent"},
		{"operation=cancelOrder&method=POST", mock.RequestFilter{Operation: "cancelOrder", Method: "POST"}, "method: the method of cancelOrder is PATCH"},
		{"operation=GET%20/transportHubs", mock.RequestFilter{Operation: "GET /transportHubs"}, "operation: expected an operationId: listTransportHubs"},
		{"operation=/api/v1/transportHubs", mock.RequestFilter{Operation: "/api/v1/transportHubs"}, "operation: expected an operationId: listTransportHubs"},
		{"operation=PATCH%20/orders", mock.RequestFilter{Operation: "PATCH /orders"}, "operation: expected an operationId: cancelOrder"},
		{"operation=/transport*", mock.RequestFilter{Operation: "/transport*"}, "operation: expected an operationId: listTransportHubResources, listTransportHubs, retrieveTransportHub"},
		{"operation=*", mock.RequestFilter{Operation: "*"}, ", ..."},
		{"operation=/nowhere", mock.RequestFilter{Operation: "/nowhere"}, "operation: no operation has this path"},
		{"operation=*&method=POST", mock.RequestFilter{Operation: "*", Method: "POST"}, "operation: expected an operationId: "},
		{"path=/transportHubs&method=POST", mock.RequestFilter{PathPrefix: "/transportHubs", Method: "POST"}, "method: POST is not allowed on /transportHubs, it knows GET, HEAD; with unmatched, any method may be looked for"},
		{"method=OPTIONS", mock.RequestFilter{Method: "OPTIONS"}, "method: no operation has this method; with unmatched"},
		{"status=200&symbol=RATE_LIMITED", mock.RequestFilter{Status: 200, Symbol: "RATE_LIMITED"}, "status: RATE_LIMITED has the status 429"},
		{"status=404&symbol=RATE_LIMITED", mock.RequestFilter{Status: 404, Symbol: "RATE_LIMITED"}, "status: RATE_LIMITED has the status 429"},
		{"status=200&origin=contract", mock.RequestFilter{Status: 200, Origin: "contract"}, "status: expected one of a refusal, from 400"},
		{"status=200&unmatched=true", mock.RequestFilter{Status: 200, Unmatched: true}, "status: expected one of a refusal, from 400"},
		{"status=0&unmatched=true", mock.RequestFilter{Dropped: true, Unmatched: true}, "status: expected it without unmatched"},
		{"status=0&origin=vendor", mock.RequestFilter{Dropped: true, Origin: "vendor"}, "origin: what was dropped has the origin fault"},
		{"unmatched=true&origin=vendor", mock.RequestFilter{Unmatched: true, Origin: "vendor"}, "origin: calls that no operation matched have the origin mock, or contract"},
		{"symbol=EPASS_NOT_FOUND&origin=contract", mock.RequestFilter{Symbol: "EPASS_NOT_FOUND", Origin: "contract"}, "origin: EPASS_NOT_FOUND has the origin vendor, or fault"},

		{"operation=cancelOrder&unmatched=true", mock.RequestFilter{Operation: "cancelOrder", Unmatched: true}, "operation: expected it without unmatched"},
		{"operation=cancelOrder&path=/transportHubs", mock.RequestFilter{Operation: "cancelOrder", PathPrefix: "/transportHubs"}, "path: cancelOrder has no path that begins so"},
		{"symbol=EPASS_NOT_FUND", mock.RequestFilter{Symbol: "EPASS_NOT_FUND"}, "symbol: unknown symbol, did you mean EPASS_NOT_FOUND?"},
		{"method=PSOT", mock.RequestFilter{Method: "PSOT"}, "method: unknown method, did you mean POST?"},
		{"method=PURGE", mock.RequestFilter{Method: "PURGE"}, "method: unknown method; with unmatched, any method may be looked for"},
		{"method=P%20T&unmatched=true", mock.RequestFilter{Method: "P T", Unmatched: true}, "method: expected a method: letters, digits"},
		{"status=99", mock.RequestFilter{Status: 99}, "status: expected a status from 200 to 599"},
		{"path=/transporthubs", mock.RequestFilter{PathPrefix: "/transporthubs"}, "path: no operation has this path. Nearest: listTransportHubs"},
		{"path=/api/v1/cancellations", mock.RequestFilter{PathPrefix: "/api/v1/cancellations"}, "with unmatched, any path may be looked for"},
		{"path=orders", mock.RequestFilter{PathPrefix: "orders"}, "path: expected the beginning of a path"},
		{"since=3", mock.RequestFilter{Since: 3}, "since: the journal has no such entry, its newest is 2"},
	} {
		t.Run(row.query, func(t *testing.T) {
			assert.Contains(t, a.For(t).Get("/_mock/worlds/default/requests?"+row.query).Refused("INVALID_REQUEST"), row.want)
			_, err := w.Requests(row.filter)
			assert.ErrorContains(t, err, row.want)
			_, err = w.AwaitRequests(t.Context(), row.filter, 1)
			assert.ErrorContains(t, err, row.want)
		})
	}
	for _, n := range []int{-1, 0, 1001} {
		_, err := w.AwaitRequests(t.Context(), mock.RequestFilter{}, n)
		assert.ErrorContains(t, err, "wait: expected a number of requests from 1 to 1000", "%d", n)
	}
	for _, f := range []mock.RequestFilter{{Origin: "vender"}, {Limit: -1}, {Status: 200, Dropped: true}} {
		_, err := w.Requests(f)
		assert.ErrorContains(t, err, "INVALID_REQUEST", "%v", f)
	}
	for query, want := range map[string]string{
		"timeout=5s":           "timeout: expected it with wait",
		"wait=1&timeout=5":     `timeout: expected a duration of at most 5m0s, such as 5s, got "5"`,
		"wait=1;timeout=5s":    "what divides parameters is &, not ;",
		"operatoin=x":          "query operatoin: expected no such parameter, did you mean operation?",
		"path=%zz":             "query path: expected % and two hex digits",
		"path=%ff":             "query path: expected UTF-8",
		"limit=1&limit=2":      "query limit: expected one value, got 2",
		"%zz=1":                "query %zz: expected % and two hex digits",
		"operation=":           "query operation: expected",
		"unmatched=yes":        "query unmatched: expected",
		"origin=vender":        "query origin: expected",
		"path=/orders;limit=1": "path: no operation has this path",
	} {
		assert.Contains(t, a.Get("/_mock/worlds/default/requests?"+query).Refused("INVALID_REQUEST"), want, query)
	}
}

func TestRequests_ByPath_AreFoundWhateverTheBase(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	w := srv.World()
	for _, base := range []string{"", "/v1", "/api/v1"} {
		c.Get(base + "/transportHubs").OK()
	}
	c.Post("/cancellations", obj{}).Refused("ROUTE_NOT_FOUND")
	for prefix, total := range map[string]int{
		"/transportHubs": 3, "/api/v1/transportHubs": 3, "/v1/transport": 3, "/api": 1, "/api/v1": 4, "/": 4, "/orders": 0, "/transportHubs/": 0,
	} {
		got, err := w.Requests(mock.RequestFilter{PathPrefix: prefix})
		require.NoError(t, err, prefix)
		assert.Equal(t, total, got.Total, prefix)
	}
	got, err := w.Requests(mock.RequestFilter{PathPrefix: "/api/v1/cancellations", Unmatched: true})
	require.NoError(t, err)
	assert.Equal(t, 1, got.Total)
}

// TestRequests_ByPath_OfAVersion_AreOfThatVersionAlone: without a base they are of all.
func TestRequests_ByPath_OfAVersion_AreOfThatVersionAlone(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	a := mocktest.Author(t, srv)
	for _, base := range []string{"", "/v1", "/api/v1", "/v2", "/api/v2"} {
		c.Get(base + "/resources/N00001").OK()
	}
	c.Get("/api/v2/resources?iata=MAN").OK()
	for query, total := range map[string]float64{
		"path=/resources": 6, "path=/resources/N00001": 5, "operation=retrieveResource": 5, "path=/api/v1/resources": 3, "path=/v1": 3,
		"path=/v2/resources/N00001": 2, "path=/api/v2": 3, "operation=retrieveResource&path=/api/v2": 2,
	} {
		assert.Equal(t, total, a.Get(mocktest.DefaultWorld + "/requests?" + query).OK()["total"], query)
	}
	a.Get(mocktest.DefaultWorld + "/requests?path=/api/v1/resources&operation=listResources").Refused("INVALID_REQUEST")
}

// TestRequests_Unmatched_AreFoundByAnyMethod: what nothing matched may have a method that nobody knows.
func TestRequests_Unmatched_AreFoundByAnyMethod(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	a := mocktest.Author(t, srv)
	c.Call("PURGE", "/transportHubs", nil)
	for method, total := range map[string]float64{"PURGE": 1, "purge": 1, "M-SEARCH": 0, "GET": 0} {
		assert.Equal(t, total, a.Get("/_mock/worlds/default/requests?unmatched=true&method=" + method).OK()["total"], method)
		got, err := srv.World().Requests(mock.RequestFilter{Method: method, Unmatched: true})
		require.NoError(t, err)
		assert.Equal(t, int(total), got.Total, method)
	}
}

// TestRequests_ThatMayBeThere_MayBeLookedFor: what can match is no contradiction.
func TestRequests_ThatMayBeThere_MayBeLookedFor(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	a := mocktest.Author(t, srv)
	c.Call("HEAD", "/transportHubs", nil)
	c.Call("POST", "/transportHubs", obj{})
	a.Post(mocktest.DefaultWorld+"/faults", obj{"on": "HEAD /transportHubs", "error": "RATE_LIMITED"}).OK()
	c.Call("HEAD", "/transportHubs", nil)
	for query, total := range map[string]float64{
		"operation=listTransportHubs&method=HEAD": 2, "path=/transport&method=head": 2, "path=/transportHubs&method=HEAD&status=200": 1,
		"symbol=RATE_LIMITED&status=429&origin=fault": 1, "symbol=RATE_LIMITED&origin=vendor": 0, "unmatched=true&path=/transportHubs&method=POST": 1,
		"unmatched=true&origin=mock&status=405": 1, "unmatched=true&origin=contract": 0, "symbol=INTERNAL_ERROR&origin=contract": 0, "status=0&origin=fault": 0,
	} {
		assert.Equal(t, total, a.Get(mocktest.DefaultWorld + "/requests?" + query).OK()["total"], query)
	}
}

// TestNames_OfTheAuthor_AreRefusedWithTheNearest goes through the other names that a test author writes.
func TestNames_OfTheAuthor_AreRefusedWithTheNearest(t *testing.T) {
	t.Parallel()
	srv, _ := mocktest.Start(t)
	a := mocktest.Author(t, srv)
	const world = "/_mock/worlds/default"
	slot := func(resource, date string) obj { return obj{"resourceId": resource, "prebookingDate": date, "free": 0} }
	a.Call("POST", world+"/checkpoints/before", nil).OK()
	a.Post(world+"/faults", obj{"id": "outage", "on": "*", "malformed": true}).OK()
	scenario := func(given obj) obj { return obj{"scenario": obj{"name": "x", "given": given}} }
	for _, row := range []struct {
		name, method, path string
		body               any
		symbol, want       string
	}{
		{"world", "POST", "/_mock/worlds/defualt/reset", nil, "WORLD_NOT_FOUND", "did you mean default?"},
		{"checkpoint", "POST", world + "/restore", obj{"name": "befor"}, "CHECKPOINT_NOT_FOUND", "no checkpoint \"befor\", did you mean before?; there are before"},
		{"fault rule", "DELETE", world + "/faults/outrage", nil, "VALUE_NOT_FOUND", "did you mean outage?"},
		{"scenario", "POST", "/_mock/worlds", obj{"scenario": "lounge-bookin"}, "INVALID_REQUEST", "did you mean lounge-booking?"},
		{"slot of no resource", "PUT", world + "/slots", slot("N0001", "2025-09-04T10:30"), "RESOURCE_NOT_FOUND", "no resource N0001, did you mean N00001?"},
		{"patch of no resource", "PATCH", world + "/resources/N9991", obj{"resourceName": "x"}, "RESOURCE_NOT_FOUND", "no resource N9991, did you mean N99901?"},
		{"use at no resource", "POST", world + "/redemptions", obj{"ePassId": "1", "resourceId": "N9991", "adultCount": 1}, "RESOURCE_NOT_FOUND", "no resource N9991, did you mean N99901?"},
		{"rules where one is added", "POST", world + "/faults", obj{"faults": []obj{}}, "INVALID_REQUEST", "it does nothing: expected one of error"},
		{"path of a rule", "POST", world + "/faults", obj{"on": "/order/*", "malformed": true}, "INVALID_REQUEST", "/on: no operation has this path. Nearest"},
		{"pace of a rule", "POST", world + "/faults", obj{"on": "*", "slowBody": 1e12}, "INVALID_REQUEST", "/slowBody: expected a whole number of at most 2147483647"},
		{"resource in a matched body", "POST", world + "/faults", obj{"on": "checkPrebookingAvailability", "malformed": true, "match": obj{"body": obj{"resourceId": "N9991"}}}, "INVALID_REQUEST", "/match/body/resourceId: no resourceId is N9991, did you mean N99901?"},
		{"error by its beginning", "POST", world + "/faults", obj{"on": "*", "error": "RATE"}, "INVALID_REQUEST", "did you mean RATE_LIMITED?"},
		{"path of the control plane", "GET", "/_mock/world", nil, "ROUTE_NOT_FOUND", "listWorlds (GET /worlds)"},
		{"document", "GET", "/_mock/openapi/contrl.yaml", nil, "ROUTE_NOT_FOUND", "control.yaml"},
		{"no operations", "POST", "/_mock/worlds", obj{"operations": []string{}}, "INVALID_REQUEST", "at least one operation"},
		{"language", "POST", "/_mock/worlds", obj{"languages": []string{"FR-fr"}}, "INVALID_REQUEST", "such as fr-FR"},
		{"given programme", "POST", "/_mock/worlds", scenario(obj{"ePasses": []obj{{"module": 1, "programId": "1894"}}}), "INVALID_REQUEST", "no programme 1894 of the client, did you mean 18943?"},
		{"given name twice", "POST", "/_mock/worlds", scenario(obj{"ePasses": []obj{{"as": "p", "module": 1}, {"as": "p", "module": 1}}}), "INVALID_REQUEST", "p is the name of something else already"},
		{"given name of the client", "POST", "/_mock/worlds", scenario(obj{"ePasses": []obj{{"as": "client", "module": 1}}}), "INVALID_REQUEST", "client is the client itself"},
		{"given slot", "POST", "/_mock/worlds", scenario(obj{"slots": []obj{slot("N0001", "2025-09-04T10:30")}}), "INVALID_REQUEST", "did you mean N00001?"},
		{"slot beside the grid", "PUT", world + "/slots", slot("N00001", "2025-09-04T10:20"), "PREBOOKING_DATE_INVALID", "a slot begins every 30 min from opening"},
		{"slot at night", "PUT", world + "/slots", slot("N00001", "2025-09-04T03:30"), "PREBOOKING_DATE_INVALID", "closed at that hour"},
		{"slot in the past", "PUT", world + "/slots", slot("N00001", "2025-08-28T10:30"), "PREBOOKING_DATE_INVALID", "after the world's now"},
		{"given slot in the past", "POST", "/_mock/worlds", scenario(obj{"clock": "2025-09-01T08:00:00Z", "slots": []obj{slot("N00001", "2025-08-28T10:30")}}), "INVALID_REQUEST", "after the world's now"},
		{"body that nobody reads", "POST", world + "/reset", obj{"checkpoint": "before"}, "INVALID_REQUEST", "/checkpoint: expected no such member"},
		{"body that is no object", "POST", world + "/reset", "[1]", "INVALID_REQUEST", "expected no body"},
	} {
		t.Run(row.name, func(t *testing.T) {
			assert.Contains(t, a.For(t).Call(row.method, row.path, row.body).Refused(row.symbol), row.want)
		})
	}
	a.Post(world+"/reset", obj{}).OK() // as clients send that send a body with every call
	assert.ErrorContains(t, srv.World().Checkpoint("two words"), "INVALID_REQUEST")
}

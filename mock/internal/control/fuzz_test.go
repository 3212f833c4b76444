package control_test

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/mocktest"
	"dragonmock/openapi"
)

// seed is a request that mutations begin at.
type seed struct{ word, query, body string }

// FuzzControl sends anything to the control plane. Run it with: go test -fuzz FuzzControl ./mock/internal/control
func FuzzControl(f *testing.F) {
	target := mocktest.NewTarget(f, openapi.Control)
	const world = `{"name":"x","given":{"clock":"2025-09-01T09:00:00+01:00","ePasses":[{"module":1,"availableUsages":2,"expiresIn":"2d"}],"slots":[{"resourceId":"N00001","prebookingDate":"2025-09-04T10:30","free":1}]}}`
	// The first of each is accepted, but for those that refused names.
	seeds := map[string][]seed{
		"readHealth": {{}}, "readDocument": {{word: "control.yaml"}}, "listWorlds": {{}}, "deleteWorld": {{}}, "resetWorld": {{}, {body: "{}"}}, "readClock": {{}}, "listEvents": {{}}, "listDeliveries": {{}}, "listScenarios": {{}},
		"createWorld": {
			{body: `{}`}, {}, {body: `{"scenario":"lounge-booking","seed":7,"lifetime":"10m","programs":["1"],"operations":["createEPass"],"languages":["fr-FR"]}`},
			{body: `{"clock":"2025-09-01T09:00:00+01:00"}`}, {body: `{"scenario":` + world + `}`},
			{body: `{"scenario":{"name":"x","faults":[{"on":"createEPass","error":"RATE_LIMITED"}],"steps":[]}}`}, {body: `{"clock":"9999-12-31T23:59:59-12:00"}`},
		},
		"moveClock": {
			{body: `{"advance":"72h"}`}, {body: `{"advance":"65535d"}`}, {body: `{"set":"2025-09-01T09:00:00+01:00"}`}, {body: `{"set":"0001-01-01T00:00:00Z"}`},
			{body: `{"set":"9999-12-31T23:59:59-12:00"}`}, {body: `{"freeze":true}`}, {body: `{"follow":true}`}, {body: `{"real":true}`},
		},
		"redeem": {
			{body: `{"ePassId":"1788000000000001","resourceId":"N99910","adultCount":1}`}, {body: `{"voucher":"668800008888","adultCount":1,"childCount":1}`},
			{body: `{"membershipId":"8888000000000001","resourceId":"N99910","adultCount":2147483647,"childCount":2147483647}`},
		},
		"reverse": {{body: `{"orderId":"DP00000000000903"}`}, {body: `{"orderId":"DP00000000000001"}`}},
		"setSlot": {{body: `{"resourceId":"N99910","prebookingDate":"2025-09-04T10:30","free":1}`}, {body: `{"resourceId":"F00001","optionId":"F00001-yoga-20250908","prebookingDate":"2025-09-08T07:00","free":1}`}},
		"patchResource": {
			{word: "N99910", body: `{"resourceName":"Other","capacity":0,"openingHours":[{"dayOfWeek":1,"open":"05:00","close":"24:00"}],"confirm":{"after":"5m"}}`},
			{word: "N99910", body: `{"prebookingPolicy":{"slotMinutes":0}}`},
			{word: "N99910", body: `{"locationInfo":{"transportHubId":"A00001"},"price":{"dynamicPrice":false,"currency":"EUR","adultRate":"1.00","childRate":"1.00"}}`},
			{word: "N99910", body: `{"resourceId":"X"}`},
		},
		"listEventKeys":    {{}, {query: "event=walkin.redemption"}},
		"readJWKS":         {{}, {query: "event=walkin.redemption"}},
		"rotateEventKeys":  {{body: `{"event":"walkin.redemption","overlap":"0s"}`}},
		"drawQRCode":       {{word: "1788000000000001"}, {word: "1788000000000001", query: "format=svg"}},
		"playScenario":     {{body: `{"scenario":{"name":"x","steps":[{"call":"listTransportHubs"},{"advance":"1h"}]}}`}},
		"validateScenario": {{body: `{"scenario":` + world + `}`}, {body: `{"scenario":"portable-flow"}`}},
		"listFaults":       {{}},
		"addFault":         {{body: `{"on":"retrieveResource","times":2,"error":"RATE_LIMITED"}`}, {body: `{"on":"GET /resources/*","probability":0.5,"drop":"after"}`}},
		"replaceFaults":    {{body: `{"faults":[{"on":"*","rateLimit":{"requests":2,"per":"1m"}},{"on":"callback","delay":"1h"}]}`}, {body: `{"faults":[]}`}},
		"removeFault":      {{word: "f1"}, {word: "f2"}},
		"listRequests":     {{query: "operation=retrieveResource&limit=1&since=0"}, {query: "wait=1&timeout=1m"}},
		"clearRequests":    {{}}, "listUnread": {{}}, "streamRequests": {{}}, "dumpState": {{}}, "forkWorld": {{}},
		"makeCheckpoint":    {{word: "then"}},
		"restoreCheckpoint": {{body: `{"name":"first"}`}, {body: `{"name":"never"}`}},
		"listChanges":       {{query: "since=first"}, {query: "since=never"}},
		"loadState":         {{body: target.First}, {body: `{"version":1}`}},
		"confirmOrder":      {{word: "PB00000000000905"}, {word: "DP00000000000903"}},
		"useData":           {{word: "DP00000000000908", body: `{"bytes":1}`}, {word: "DP00000000000903", body: `{"bytes":1}`}},
		"failOrder":         {{word: "PB00000000000905"}, {word: "DP00000000000903"}},
		"closeResource":     {{word: "N99910", body: `{"remarks":"Closed for repair"}`}, {word: "nowhere", body: `{"remarks":"x"}`}},
		"moveOrder":         {{word: "PB00000000000909", body: `{"prebookingDate":"2025-09-04T11:30","remarks":"Later"}`}},
		"announce":          {{body: `{"type":"transportHub.metadata.updated","ids":["A00001"]}`}, {body: `{"type":"resource.metadata.updated","ids":["N99910","N99910"]}`}},
		"expireEPass":       {{word: "1788000000000001"}, {word: "1788000000000009"}},
		"replayEvent":       {{word: "e1"}},
	}
	refused := map[string]string{"deleteWorld": "the default world does not end", "replayEvent": "nobody has come yet"}
	mocktest.Seeded(f, target, seeds)

	// send sends one request. Who waits or listens has gone already, and worlds that are made end.
	send := func(t mocktest.TB, operation, id, word, query string, body []byte) (w *httptest.ResponseRecorder, ok bool) {
		op := target.Operation(operation)
		r := mocktest.Request("/_mock", op, func(parameter string) string {
			if parameter == "id" {
				return id
			}
			return word
		}, query, body)
		if r == nil {
			return nil, false
		}
		if op.ID == "listRequests" || op.ID == "streamRequests" {
			ctx, cancel := context.WithCancel(r.Context())
			cancel()
			r = r.WithContext(ctx)
		}
		if w, ok = target.Send(t, op, r); ok && (op.ID == "createWorld" || op.ID == "forkWorld") {
			var made struct{ Data struct{ ID string } }
			require.NoError(t, json.Unmarshal(w.Body.Bytes(), &made))
			ended := httptest.NewRecorder()
			target.Server.Handler().ServeHTTP(ended, httptest.NewRequest("DELETE", "/_mock/worlds/"+made.Data.ID, nil))
			require.Equal(t, 200, ended.Code)
		}
		return w, ok
	}
	for _, id := range slices.Sorted(maps.Keys(seeds)) {
		for i, s := range seeds[id] {
			f.Add(id, "default", s.word, s.query, []byte(s.body))
			if w, ok := send(f, id, "default", s.word, s.query, []byte(s.body)); i == 0 {
				require.Equal(f, refused[id] == "", ok, "%s: mutations begin at what is accepted: %s", id, w.Body)
			}
		}
	}
	f.Fuzz(func(t *testing.T, operation, id, word, query string, body []byte) {
		if op := target.Operation(operation).ID; bytes.Contains(body, []byte("allback")) && op != "addFault" && op != "replaceFaults" {
			return // nobody is told
		}
		send(t, operation, id, word, query, body)
	})
}

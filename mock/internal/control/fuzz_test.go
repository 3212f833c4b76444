package control_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/mocktest"
	"dragonmock/openapi"
)

// FuzzControl sends anything to the control plane.
func FuzzControl(f *testing.F) {
	target := mocktest.NewTarget(f, openapi.Control)
	seeds := map[string][]string{
		"readHealth": {""}, "readDocument": {""}, "listWorlds": {""}, "deleteWorld": {""}, "resetWorld": {"", "{}"}, "readClock": {""}, "listEvents": {""}, "drawQRCode": {""},
		"createWorld": {
			`{}`, `{"scenario":"lounge-booking","seed":7,"lifetime":"10m","programs":["1"],"operations":["createEPass"],"languages":["fr-FR"]}`, `{"clock":"2025-09-01T09:00:00+01:00"}`,
			`{"scenario":{"name":"x","given":{"clock":"2025-09-01T09:00:00+01:00","ePasses":[{"module":1,"availableUsages":2,"expiresIn":"2d"}],"slots":[{"resourceId":"N00001","prebookingDate":"2025-09-04T10:30","free":1}]}}}`,
			`{"scenario":{"name":"x","faults":[{"operation":"createEPass","error":"RATE_LIMITED"}],"steps":[]}}`, `{"clock":"9999-12-31T23:59:59-12:00"}`,
		},
		"moveClock": {`{"advance":"72h"}`, `{"advance":"65535d"}`, `{"set":"2025-09-01T09:00:00+01:00"}`, `{"set":"0001-01-01T00:00:00Z"}`, `{"set":"9999-12-31T23:59:59-12:00"}`, `{"freeze":true}`, `{"follow":true}`, `{"real":true}`},
		"redeem":    {`{"ePassId":"1788000000000001","resourceId":"N99910","adultCount":1}`, `{"voucher":"668800008888","adultCount":1,"childCount":1}`, `{"membershipId":"8888000000000001","resourceId":"N99910","adultCount":2147483647,"childCount":2147483647}`},
		"reverse":   {`{"orderId":"DP00000000000001"}`},
		"setSlot":   {`{"resourceId":"N99910","prebookingDate":"2025-09-04T10:30","free":1}`},
		"patchResource": {
			`{"resourceName":"Other","capacity":0,"openingHours":[{"dayOfWeek":1,"open":"05:00","close":"24:00"}],"confirm":{"after":"5m"}}`, `{"prebookingPolicy":{"slotMinutes":0}}`,
			`{"locationInfo":{"transportHubId":"A00001"},"price":{"dynamicPrice":false,"currency":"EUR","adultRate":"1.00","childRate":"1.00"}}`, `{"resourceId":"X"}`,
		},
	}
	for _, id := range slices.Sorted(maps.Keys(seeds)) {
		i := target.Index(f, id)
		word := map[string]string{"readDocument": "control.yaml", "patchResource": "N99910", "drawQRCode": "1788000000000001"}[id]
		for _, body := range seeds[id] {
			f.Add(uint8(i), "default", word, "", []byte(body))
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, world, word, query string, body []byte) {
		if bytes.Contains(body, []byte("allback")) {
			return // nobody is told
		}
		op := target.Operations[int(which)%len(target.Operations)]
		r := mocktest.Request("/_mock", op, map[string]string{"id": world, "file": word, "resourceId": word, "value": word}, query, body)
		if r == nil {
			return
		}
		w, ok := target.Throw(t, op, r)
		if !ok || op.ID != "createWorld" {
			return
		}
		var made struct{ Data struct{ ID string } }
		require.NoError(t, json.Unmarshal(w.Body.Bytes(), &made))
		ended := httptest.NewRecorder()
		target.Server.Handler().ServeHTTP(ended, httptest.NewRequest("DELETE", "/_mock/worlds/"+made.Data.ID, nil))
		require.Equal(t, 200, ended.Code)
	})
}

package control_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/mocktest"
	"dragonmock/openapi"
)

// leak is what Go and its libraries call things.
var leak = regexp.MustCompile(`\bGo\b|json:|jsontext|strictjson|\bstructs?\b|\bu?int(8|16|32|64)?\b|float|\bmap\[|interface|dragonpass\.|\w+\.\w+Row|[Uu]nmarshal|strconv|\btime:|parsing|reflect|\bEOF\b|%!|\[\]$|\bnil\b`)

// samples are bodies of operations that the document leaves open, with every member.
var samples = map[string]string{
	"patchResource": `{"resourceName":"x","image":"x","locationInfo":{"location":"x"},"extra":{"loungeInfo":{"area":1,"routeTypes":[1],"terminal":"x","nearestGate":"x","tier":1}},
		"openingHours":[{"dayOfWeek":1,"open":"05:00","close":"22:00"}],"facilities":["x"],"imagesList":[{"url":"x","order":1}],"walkInAllowed":true,"prebookingAllowed":true,
		"prebookingPolicy":{"maxPassengerPerOrder":6,"advanceBookingHours":24,"maxAdvanceDays":365,"slotMinutes":30,"prebookingRequiredInfo":{"firstName":true},
		"cancellationPolicy":{"cancellable":true,"cancellationHoursBefore":24}},"price":{"dynamicPrice":true,"currency":"USD","adultRate":"6.00","childRate":"6.00"},
		"capacity":60,"confirm":{"after":"5m"},"quirk":"slow"}`,
	"addFault": `{"id":"f","on":"createEPass","match":{"header":{"X-A":"b"},"query":{"a":"b"},"body":{"module":1}},"after":1,"times":1,"probability":0.5,"error":"RATE_LIMITED","delay":"1s"}`,
	"replaceFaults": `{"faults":[{"on":"createEPass","respond":{"status":500,"header":{"X-A":"b"},"body":{"a":1}}},{"on":"*","delay":{"min":"1s","max":"2s"}},
		{"on":"cancelOrder","drop":"after"},{"on":"cancelOrder","truncate":5},{"on":"cancelOrder","malformed":true},{"on":"cancelOrder","slowBody":10},{"on":"cancelOrder","rateLimit":{"requests":1,"per":"1m"}}]}`,
	"createWorld": `{"scenario":{"name":"x","given":{"clock":"2025-09-01T09:00:00Z","seed":1,"ePasses":[{"as":"p","module":1,"availableUsages":2,"expiresIn":"90d"}],
		"slots":[{"resourceId":"N00001","prebookingDate":"2025-09-05T08:00","free":1}],"resources":[{"resourceId":"N00001","capacity":1}]}},"seed":7,"clock":"2025-09-01T09:00:00Z",
		"lifetime":"10m","programs":["1"],"operations":["createEPass"],"languages":["fr-FR"],"publicKey":"x","callbackUrl":"http://127.0.0.1:9"}`,
	"playScenario":     `{"scenario":{"name":"x","given":{"memberships":[{"as":"m"}]},"steps":[{"call":"listTransportHubs","query":{"iata":"MAN"},"expect":{"status":200}}]}}`,
	"validateScenario": `{"scenario":{"name":"x","faults":[{"on":"createEPass","error":"RATE_LIMITED"}],"steps":[{"advance":"1h"}]}}`,
}

// wrong are values of every kind; each is wrong at most places.
var wrong = []string{`null`, `true`, `-1`, `1.5`, `123456789012345678901234567890`, `1e400`, `""`, `"x"`, `"\u0000"`, `[]`, `[[]]`, `[null]`, `{}`, `{"x":1}`}

// TestRefusals_HaveNoWordsOfGo sends a value of every kind for every member of every operation that takes a body: as the
// document lists its members, and of a sample where the document leaves them open. What is refused changes nothing.
func TestRefusals_HaveNoWordsOfGo(t *testing.T) {
	t.Parallel()
	data, err := openapi.Files.ReadFile(openapi.Control)
	require.NoError(t, err)
	document, err := contract.Load(data)
	require.NoError(t, err)
	refused := 0
	for _, op := range document.Operations() {
		if !op.TakesBody() {
			continue
		}
		srv := mock.Start(t)
		a := mocktest.Author(t, srv)
		path := "/_mock" + strings.NewReplacer("{id}", "default", "{resourceId}", "N00001").Replace(op.Path)
		bodies := append([]string{}, wrong...)
		bodies = append(bodies, `{`, `{"a":1,"a":2}`, `x`, "\xff")
		for _, field := range op.Fields() {
			for _, value := range wrong {
				bodies = append(bodies, nest(field, value))
			}
		}
		sample := samples[op.ID]
		if op.ID == "loadState" {
			raw := a.Get(path).Raw
			sample = string(raw[len(`{"code":0,"data":`) : len(raw)-1])
		}
		if sample != "" {
			bodies = append(bodies, variants(t, sample)...)
		}
		before := mocktest.Snapshot(t, srv.World())
		for _, body := range bodies {
			got := a.Call(op.Method, path, body)
			after := mocktest.Snapshot(t, srv.World())
			if got.Status == 200 {
				before = after
				continue
			}
			assert.True(t, before == after, "%s %.300s: refused, but something has changed", op.ID, body)
			refused++
			message, _ := got.Body["message"].(string)
			assert.Less(t, got.Status, 500, "%s %.300s: %s", op.ID, body, message)
			assert.NotRegexp(t, leak, message, "%s %.300s", op.ID, body)
		}
	}
	assert.Greater(t, refused, 1000)
}

// nest writes an object in which a value stands at a JSON pointer.
func nest(pointer, value string) string {
	names := strings.Split(pointer, "/")[1:]
	for i := len(names) - 1; i >= 0; i-- {
		if names[i] == "*" {
			value = "[" + value + "]"
		} else {
			value = fmt.Sprintf("{%q:%s}", names[i], value)
		}
	}
	return value
}

// maxVariants bounds what is made of a long sample.
const maxVariants = 1000

// variants are the bodies that a sample becomes when one of its values is another, or a member is added.
func variants(t *testing.T, sample string) (bodies []string) {
	t.Helper()
	var root any
	require.NoError(t, json.Unmarshal([]byte(sample), &root))
	var visit func(v any, put func(any))
	try := func(put func(any), old any) {
		for _, value := range wrong {
			put(json.RawMessage(value))
			if text, err := json.Marshal(root); err == nil && len(bodies) < maxVariants {
				bodies = append(bodies, string(text))
			}
		}
		put(old)
	}
	visit = func(v any, put func(any)) {
		try(put, v)
		switch v := v.(type) {
		case map[string]any:
			for name, value := range v {
				visit(value, func(other any) { v[name] = other })
			}
			try(func(other any) { v["another"] = other }, nil)
			delete(v, "another")
		case []any:
			for i, value := range v {
				visit(value, func(other any) { v[i] = other })
				if i > 1 {
					break
				}
			}
		}
	}
	visit(root, func(other any) { root = other })
	return bodies
}

package fault_test

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/fault"
)

// history makes up rules and calls from a number, always the same ones.
type history struct{ *rand.Rand }

func newHistory(n uint64) history { return history{rand.New(rand.NewPCG(n, 1))} }

func (h history) pick(choices ...string) string { return choices[h.IntN(len(choices))] }

// rules are up to six rules as they are written, without ids or with one.
func (h history) rules() string {
	list := make([]string, 1+h.IntN(6))
	for i := range list {
		members := []string{
			`"on":"` + h.pick("*", "*", "cancelOrder", "getOrder", "/v1/orders*", "/v1/orders/{id}/cancel", "POST /v1/*", "GET /v1/orders") + `"`,
			h.pick(
				`"error":"SERVICE_UNAVAILABLE"`, `"error":"ORDER_NOT_FOUND"`, `"delay":"800ms"`, `"delay":{"mean":"788ms","p95":"2.6s"}`, `"slowBody":9`,
				`"drop":"before"`, `"drop":"after"`, `"truncate":7`, `"malformed":true`, `"rateLimit":{"requests":2,"per":"7s"}`, `"respond":{"status":502}`,
			),
		}
		for _, when := range []string{
			h.pick("", "", `"after":2`), h.pick("", "", `"times":3`), h.pick("", "", `"probability":0.4`),
			h.pick("", "", "", `"match":{"body":{"a":"/^x/"}}`, `"match":{"body":{"n":3,"list":[{},{"b":null}]}}`, `"match":{"query":{"page":2}}`, `"match":{"headers":{"x-a":"/1/"}}`),
		} {
			if when != "" {
				members = append(members, when)
			}
		}
		if h.IntN(4) == 0 {
			members = append(members, fmt.Sprintf(`"id":"own%d"`, i))
		}
		list[i] = "{" + strings.Join(members, ",") + "}"
	}
	return "[" + strings.Join(list, ",") + "]"
}

// call is a call, and when it is made after the last one.
func (h history) call() (fault.Call, time.Duration) {
	var body any
	_ = json.Unmarshal([]byte(h.pick(`null`, `{"a":"xy"}`, `{"a":"y"}`, `{"n":3.0,"list":[{"c":1},{"b":null}],"a":"x"}`)), &body)
	c := fault.Call{
		Version:   "v1",
		Operation: h.pick("cancelOrder", "getOrder"), Method: h.pick("GET", "POST"), Path: h.pick("/orders", "/orders/DP1/cancel"),
		Query: url.Values{"page": {h.pick("1", "2")}}, Header: http.Header{"X-A": {h.pick("1", "2")}}, Body: func() any { return body },
	}
	return c, time.Duration(h.IntN(4000)) * time.Millisecond
}

// TestDecide_OverManyHistories_GivesWhatItAlwaysGave holds the decisions that users have seen: rules, counters, windows and
// chance. The digest is that of the first version that was published.
func TestDecide_OverManyHistories_GivesWhatItAlwaysGave(t *testing.T) {
	assert.Equal(t, "a12f6ef22793f712", histories(t, func(*world) {}))
}

// TestDecide_WithRulesSavedBetweenCalls_GivesTheSame holds that a rule is wholly in its JSON.
func TestDecide_WithRulesSavedBetweenCalls_GivesTheSame(t *testing.T) {
	assert.Equal(t, "a12f6ef22793f712", histories(t, func(w *world) {
		data, err := json.Marshal(w.rules)
		require.NoError(t, err)
		w.rules = nil
		require.NoError(t, json.Unmarshal(data, &w.rules))
	}))
}

// histories makes the digest of many histories. Between is called before every fifth call.
func histories(t *testing.T, between func(*world)) string {
	digest := fnv.New64a()
	for n := range uint64(300) {
		h := newHistory(n)
		rules, err := fault.Parse([]byte(h.rules()), known)
		require.NoError(t, err)
		w := &world{seed: n}
		require.NoError(t, w.replace(rules...))
		now := noon
		for i := range 40 {
			call, later := h.call()
			now = now.Add(later)
			if i%13 == 12 && len(w.rules) > 1 {
				w.remove(w.ids()[h.IntN(len(w.rules))])
			}
			if i%5 == 4 {
				between(w)
			}
			d := w.decide(call, now)
			respond := 0
			if d.Respond != nil {
				respond = d.Respond.Status
			}
			fmt.Fprintln(digest, d.Rule, d.Delay.Round(time.Microsecond), d.SlowBody, d.Error, d.RetryAfter, respond, d.Drop, d.Truncate, d.Keep, d.Malformed)
		}
		for _, s := range w.status() {
			fmt.Fprintln(digest, s.ID, s.Seen, s.Hits, s.Window != nil && s.Window.Count > 0)
		}
	}
	return fmt.Sprintf("%016x", digest.Sum64())
}

package fault_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/fault"
)

func TestMatching(t *testing.T) {
	var body any
	require.NoError(t, json.Unmarshal([]byte(`{"orderId":"DP123","status":3,"none":null,"yes":true,"list":[{"a":1,"b":2},{"a":"x"}],"deep":{"a":{"b":"c"}}}`), &body))
	call := fault.Call{
		Version:   "v1",
		Operation: "cancelOrder", Method: "POST", Path: "/orders/DP123/cancel",
		Query:  url.Values{"page": {"2"}, "tag": {"a", "b"}, "empty": {""}},
		Header: http.Header{"X-Program-Id": {"p-17"}},
		Body:   func() any { return body },
	}
	for rule, want := range map[string]bool{
		`"on":"*"`:                                true,
		`"on":"cancelOrder"`:                      true,
		`"on":"getOrder"`:                         false,
		`"on":"/v1/orders/DP123/cancel"`:          true,
		`"on":"/v1/orders"`:                       false,
		`"on":"/v1/orders*"`:                      true,
		`"on":"/v1/orders/*"`:                     true,
		`"on":"/v1/orders/DP123/cancel*"`:         true,
		`"on":"/v1/orders/DP.23/cancel"`:          false,
		`"on":"/v1/orders/{orderId}/cancel"`:      true,
		`"on":"/v1/{anything}"`:                   false,
		`"on":"/v1/orders/{orderId}*"`:            true,
		`"on":"POST /v1/orders/{orderId}/cancel"`: true,
		`"on":"POST /v1/*"`:                       true,
		`"on":"GET /v1/*"`:                        false,

		`"on":"*","match":{"query":{"page":"2"}}`:                             true,
		`"on":"*","match":{"query":{"page":2}}`:                               true,
		`"on":"*","match":{"query":{"page":"3"}}`:                             false,
		`"on":"*","match":{"query":{"Page":"2"}}`:                             false,
		`"on":"*","match":{"query":{"tag":"b"}}`:                              true,
		`"on":"*","match":{"query":{"tag":"/^[bc]$/"}}`:                       true,
		`"on":"*","match":{"query":{"tag":"b","page":"3"}}`:                   false,
		`"on":"*","match":{"query":{"empty":""}}`:                             true,
		`"on":"*","match":{"query":{"gone":""}}`:                              false,
		`"on":"*","match":{"query":{"gone":"//"}}`:                            false,
		`"on":"*","match":{"headers":{"x-program-id":"p-17"}}`:                true,
		`"on":"*","match":{"headers":{"X-Program-ID":"/-\\d+$/"}}`:            true,
		`"on":"*","match":{"headers":{"X-Program-ID":"p"}}`:                   false,
		`"on":"*","match":{"body":{}}`:                                        true,
		`"on":"*","match":{"body":{"orderId":"DP123"}}`:                       true,
		`"on":"*","match":{"body":{"orderId":"/^DP\\d+$/"}}`:                  true,
		`"on":"*","match":{"body":{"orderId":"/P/","status":3.0}}`:            true,
		`"on":"*","match":{"body":{"orderId":"/P/","status":4}}`:              false,
		`"on":"*","match":{"body":{"status":"3"}}`:                            false,
		`"on":"*","match":{"body":{"status":"/3/"}}`:                          false,
		`"on":"*","match":{"body":{"none":null}}`:                             true,
		`"on":"*","match":{"body":{"gone":null}}`:                             false,
		`"on":"*","match":{"body":{"yes":true}}`:                              true,
		`"on":"*","match":{"body":{"yes":false}}`:                             false,
		`"on":"*","match":{"body":{"deep":{"a":{"b":"/./"}}}}`:                true,
		`"on":"*","match":{"body":{"deep":{"a":"c"}}}`:                        false,
		`"on":"*","match":{"body":{"list":[{"a":1},{}]}}`:                     true,
		`"on":"*","match":{"body":{"list":[{"a":1}]}}`:                        false,
		`"on":"*","match":{"body":{"list":{"a":1}}}`:                          false,
		`"on":"*","match":{"body":{"status":3},"query":{"page":"1"}}`:         false,
		`"on":"GET /v1/*","match":{"body":{"status":3}}`:                      false,
		`"on":"*","match":{"body":{"list":[{"b":2},{"a":"/x/"}],"yes":true}}`: true,
	} {
		w := armed(t, "{"+rule+`,"malformed":true}`)
		assert.Equal(t, want, w.decide(call, noon).Malformed, rule)
	}
	assert.True(t, armed(t, `{"on":"*","malformed":true,"match":{"body":{}}}`).decide(cancel, noon).IsZero(), "there is no body")
}

// TestNumbers holds that a number matches in whatever form a decoder left it.
func TestNumbers(t *testing.T) {
	w := armed(t, `{"on":"*","malformed":true,"match":{"body":{"n":3}}}`)
	for _, n := range []any{3, int64(3), uint64(3), 3.0, json.Number("3"), json.Number("3.0")} {
		call := fault.Call{Body: func() any { return map[string]any{"n": n} }}
		assert.False(t, w.decide(call, noon).IsZero(), "%T", n)
	}
	call := fault.Call{Body: func() any { return map[string]any{"n": "3"} }}
	assert.True(t, w.decide(call, noon).IsZero())
}

// TestBodyIsLazy holds that a body is decoded once, and only for a rule that asks.
func TestBodyIsLazy(t *testing.T) {
	decoded := 0
	call := cancel
	call.Body = func() any { decoded++; return map[string]any{"a": "1"} }
	asks := `{"on":"cancelOrder","malformed":true,"match":{"body":{"a":"2"}}}`
	armed(t, `{"on":"getOrder","malformed":true,"match":{"body":{}}}`, `{"on":"*","malformed":true}`).decide(call, noon)
	assert.Zero(t, decoded)
	armed(t, asks, asks).decide(call, noon)
	assert.Equal(t, 1, decoded)
}

// TestWhen: of eight calls one after the other, + is one on which the rule acts, and - one that it lets pass.
func TestWhen(t *testing.T) {
	for when, want := range map[string]string{
		``:                                     "++++++++",
		`,"times":3`:                           "+++-----",
		`,"after":2`:                           "--++++++",
		`,"after":2,"times":3`:                 "--+++---",
		`,"probability":1`:                     "++++++++",
		`,"probability":1,"after":7,"times":1`: "-------+",
	} {
		assert.Equal(t, want, acts(armed(t, `{"on":"*","error":"SERVICE_UNAVAILABLE"`+when+`}`), 8), when)
	}
}

func TestProbability(t *testing.T) {
	rule := `{"on":"cancelOrder","error":"SERVICE_UNAVAILABLE","probability":0.3}`
	const n = 20_000
	drawn := acts(armed(t, rule), n)
	pairs := 0
	for i := range n - 1 {
		if drawn[i:i+2] == "++" {
			pairs++
		}
	}
	assert.InDelta(t, 0.3, float64(strings.Count(drawn, "+"))/n, 0.01)
	assert.InDelta(t, 0.09, float64(pairs)/n, 0.01, "one draw says nothing of the next")
	drawn = drawn[:100]
	assert.Equal(t, drawn, acts(armed(t, rule), 100), "the seed decides")

	other := armed(t, rule)
	other.seed = 8
	assert.NotEqual(t, drawn, acts(other, 100), "another seed, other draws")

	w := armed(t, rule, `{"on":"getOrder","malformed":true,"probability":0.5}`)
	var b strings.Builder
	for range 100 {
		w.decide(fault.Call{Operation: "getOrder"}, noon)
		b.WriteString(acts(w, 1))
	}
	assert.Equal(t, drawn, b.String(), "another rule shifts nothing")
	assert.NotEqual(t, drawn, acts(armed(t, strings.Replace(rule, "{", `{"id":"own",`, 1)), 100), "each rule has its stream")

	times := acts(armed(t, strings.Replace(rule, "{", `{"times":5,`, 1)), 200)
	assert.Equal(t, 5, strings.Count(times, "+"), "times counts what acted, not what was drawn")
}

func TestOrder(t *testing.T) {
	w := armed(t,
		`{"on":"*","error":"SERVICE_UNAVAILABLE","times":1}`,
		`{"on":"*","delay":"1s"}`,
		`{"on":"*","slowBody":10}`,
		`{"on":"*","delay":"2s"}`,
		`{"on":"*","error":"ORDER_NOT_FOUND","after":1,"times":1}`,
		`{"on":"*","truncate":3,"times":1}`,
		`{"on":"*","drop":"after","times":1}`,
		`{"on":"*","slowBody":20}`,
	)
	slow := fault.Decision{Rule: "f2,f3", Delay: time.Second, SlowBody: 10}
	truncated, refused, dropped := slow, slow, slow
	truncated.Rule, truncated.Truncate, truncated.Keep = "f2,f3,f6", true, 3
	refused.Rule, refused.Error = "f2,f3,f5", "ORDER_NOT_FOUND"
	dropped.Rule, dropped.Drop = "f2,f3,f7", fault.After
	for i, want := range []fault.Decision{{Rule: "f1", Error: "SERVICE_UNAVAILABLE"}, truncated, refused, dropped, slow} {
		assert.Equal(t, want, w.decide(cancel, noon), "call %d", i+1)
	}
	var counts []string
	for _, r := range w.status() {
		counts = append(counts, fmt.Sprintf("%s %d/%d", r.ID, r.Hits, r.Seen))
	}
	assert.Equal(t, []string{"f1 1/5", "f2 4/4", "f3 4/4", "f4 0/0", "f5 1/4", "f6 1/3", "f7 1/2", "f8 0/0"}, counts)
}

func TestActions(t *testing.T) {
	for rule, want := range map[string]fault.Decision{
		`"error":"RATE_LIMITED"`: {Error: "RATE_LIMITED"},
		`"delay":"800ms"`:        {Delay: 800 * time.Millisecond},
		`"drop":"before"`:        {Drop: fault.Before},
		`"drop":"after"`:         {Drop: fault.After},
		`"truncate":0`:           {Truncate: true},
		`"truncate":9`:           {Truncate: true, Keep: 9},
		`"malformed":true`:       {Malformed: true},
		`"slowBody":9`:           {SlowBody: 9},
	} {
		want.Rule = "f1"
		got := armed(t, `{"on":"*",`+rule+`}`).decide(cancel, noon)
		assert.Equal(t, want, got, rule)
		assert.False(t, got.IsZero())
	}
	got := armed(t, `{"on":"*","respond":{"status":502}}`).decide(cancel, noon)
	assert.Equal(t, 502, got.Respond.Status)
	assert.True(t, fault.Decision{}.IsZero())
}

func TestRateLimit(t *testing.T) {
	w := armed(t, `{"on":"*","rateLimit":{"requests":2,"per":"1m"}}`, `{"on":"*","delay":"1s"}`)
	for i, c := range []struct {
		at   time.Duration
		left time.Duration // 0: let through
	}{
		{0, 0},
		{10 * time.Second, 0},
		{10 * time.Second, 50 * time.Second},
		{59 * time.Second, time.Second},
		{60*time.Second - 1, 1},
		{60 * time.Second, 0}, // the window ends here, and another begins
		{61 * time.Second, 0},
		{119 * time.Second, time.Second},
		{200 * time.Second, 0}, // windows begin with a call, not on the minute
		{201 * time.Second, 0},
		{259 * time.Second, time.Second},
		{-time.Hour, 0}, // the clock was set back
		{-time.Hour, 0},
		{-time.Hour, time.Minute},
	} {
		d := w.decide(cancel, noon.Add(c.at))
		want := fault.Decision{Rule: "f2", Delay: time.Second}
		if c.left > 0 {
			want = fault.Decision{Rule: "f1", Error: "RATE_LIMITED", RetryAfter: c.left}
		}
		assert.Equal(t, want, d, "call %d", i+1)
	}
	assert.Equal(t, 6, w.status()[0].Hits, "what is let through is no hit")
	for d, want := range map[time.Duration]string{0: "", 1: "1", time.Second: "1", time.Second + 1: "2", time.Minute: "60"} {
		assert.Equal(t, want, fault.Decision{RetryAfter: d}.RetryAfterHeader(), d)
	}
}

func TestRender(t *testing.T) {
	for rule, want := range map[string][]string{
		`{}`:                                   {"200", "", ""},
		`{"status":204}`:                       {"204", "", ""},
		`{"body":"<h1>Bad \u0047ateway</h1>"}`: {"200", "text/plain; charset=utf-8", "<h1>Bad Gateway</h1>"},
		`{"status":502,"body":"x","headers":{"content-type":"text/html"}}`: {"502", "text/html", "x"},
		`{"body":{"b": 12345678901234567890, "a":null}}`:                   {"200", "application/json; charset=utf-8", `{"b":12345678901234567890,"a":null}`},
		`{"body":null}`: {"200", "application/json; charset=utf-8", "null"},
	} {
		d := armed(t, `{"on":"*","respond":`+rule+`}`).decide(cancel, noon)
		status, header, body := d.Respond.Render()
		assert.Equal(t, want, []string{fmt.Sprint(status), header.Get("Content-Type"), string(body)}, rule)
	}
}

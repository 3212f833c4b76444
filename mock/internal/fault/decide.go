package fault

import (
	"math/rand/v2"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"sync"
	"time"

	"dragonmock/mock/dragonpass"
)

// Call is what rules look at.
type Call struct {
	Operation string // operationId
	Method    string
	Path      string
	Query     url.Values
	Header    http.Header
	Body      func() any // decodes the JSON body, nil when there is none; called at most once, and only when a rule asks
}

// Decision is what befalls a call. The zero Decision is nothing.
type Decision struct {
	Rule string // ids of the rules that acted, with commas between

	// Delay and SlowBody go with any of the others.
	Delay    time.Duration // [Sleep] so long before anything else
	SlowBody int           // bytes a second; 0: as fast as it goes

	// At most one of these.
	Error      dragonpass.Code // refuse with this, the handler does not run
	RetryAfter time.Duration   // with RATE_LIMITED: until the window ends
	Respond    *Response       // answer this, the handler does not run; not to be changed
	Drop       Moment          // reset the connection before the handler or after it
	Truncate   bool            // end the connection after Keep bytes of the body
	Keep       int
	Malformed  bool // send what is no JSON
}

// IsZero says that nothing befalls the call.
func (d Decision) IsZero() bool { return d == Decision{} }

// Decide looks for the rules that act on a call, and counts. Now is the time of the world.
func (e *Engine) Decide(c Call, now time.Time) Decision {
	list := e.rules.Load()
	if list == nil {
		return Decision{}
	}
	return e.decide(*list, c, now)
}

func (e *Engine) decide(list []*armed, c Call, now time.Time) (d Decision) {
	// What a rule looks at does not change, so bodies are decoded and compared outside the lock.
	body := sync.OnceValue(func() any {
		if c.Body == nil {
			return nil
		}
		return c.Body()
	})
	var matched []*armed
	for _, a := range list {
		if a.matches(&c, body) {
			matched = append(matched, a)
		}
	}
	if len(matched) == 0 {
		return d
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	delayed, slowed := false, false
	for _, a := range matched {
		delays, slows := a.rule.Delay != nil, a.rule.SlowBody > 0
		if delayed && delays || slowed && slows || !a.act(now, &d) {
			continue
		}
		if d.Rule != "" {
			d.Rule += ","
		}
		d.Rule += a.rule.ID
		if !delays && !slows {
			break
		}
		delayed, slowed = delayed || delays, slowed || slows
	}
	return d
}

// armed is a rule that is ready to be tried. The engine's lock guards its counters; the rest never changes.
type armed struct {
	rule    Rule
	on      target
	body    pattern
	query   map[string]func(string) bool
	headers map[string]func(string) bool
	key     uint64

	seen, hits int
	window     Window
}

// newArmed makes a lawful rule ready.
func newArmed(r Rule, seed uint64) *armed {
	r = r.clone()
	a := &armed{rule: r, key: keyed(seed, r.ID), query: map[string]func(string) bool{}, headers: map[string]func(string) bool{}}
	a.on, _ = parseTarget(r.On) // Check has been here: nothing below fails
	if r.Match == nil {
		return a
	}
	if r.Match.Body != nil {
		a.body = jsonPattern(r.Match.Body, "", &problems{})
	}
	for name, want := range r.Match.Query {
		a.query[name], _ = textPattern(want)
	}
	for name, want := range r.Match.Headers {
		a.headers[textproto.CanonicalMIMEHeaderKey(name)], _ = textPattern(want)
	}
	return a
}

// matches says whether a call is one that the rule looks at.
func (a *armed) matches(c *Call, body func() any) bool {
	if !a.on.matches(c) {
		return false
	}
	for name, want := range a.query {
		if !slices.ContainsFunc(c.Query[name], want) {
			return false
		}
	}
	for name, want := range a.headers {
		if !slices.ContainsFunc(c.Header[name], want) {
			return false
		}
	}
	return a.body == nil || a.body(body())
}

// act counts a matching call, and says whether the rule acts on it.
func (a *armed) act(now time.Time, d *Decision) bool {
	a.seen++
	r := &a.rule
	if a.seen <= r.After || r.Times > 0 && a.hits >= r.Times {
		return false
	}
	var random *rand.Rand
	if r.Probability != nil || r.Delay != nil {
		random = a.stream()
	}
	if r.Probability != nil && random.Float64() >= *r.Probability {
		return false
	}
	switch {
	case r.Error != "":
		d.Error = r.Error
	case r.Respond != nil:
		d.Respond = r.Respond
	case r.Delay != nil:
		d.Delay = r.Delay.draw(random)
	case r.Drop != "":
		d.Drop = r.Drop
	case r.Truncate != nil:
		d.Truncate, d.Keep = true, *r.Truncate
	case r.Malformed:
		d.Malformed = true
	case r.SlowBody > 0:
		d.SlowBody = r.SlowBody
	case r.RateLimit != nil:
		left := a.window.over(*r.RateLimit, now)
		if left == 0 {
			return false
		}
		d.Error, d.RetryAfter = dragonpass.RateLimited, left
	}
	a.hits++
	return true
}

// over counts a call. It answers 0 when the call is within the limit, else how long the window still lasts.
func (w *Window) over(limit RateLimit, now time.Time) time.Duration {
	end := w.Began.Add(time.Duration(limit.Per))
	// A clock that was set back begins a window too: the old one might last for years.
	if w.Count == 0 || now.Before(w.Began) || !now.Before(end) {
		*w = Window{Began: now.Round(0).UTC()} // without what does not survive JSON
	}
	if w.Count < limit.Requests {
		w.Count++
		return 0
	}
	return end.Sub(now)
}

package fault

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/duration"
	"dragonmock/mock/internal/pattern"
	"dragonmock/mock/internal/seed"
)

// Decision is what happens to a call. The zero Decision is nothing.
type Decision struct {
	Rule string // ids of the rules that acted, with commas between

	// Delay and SlowBody go with any of the others.
	Delay    time.Duration // wait so long before anything else
	SlowBody int           // bytes a second; 0: as fast as it goes

	// At most one of these.
	Error      dragonpass.Code // refuse with this, the handler does not run
	RetryAfter time.Duration   // with RATE_LIMITED: until the window ends
	Respond    *Response       // answer this, the handler does not run; not to be changed
	Drop       Moment          // reset the connection before the handler or after it
	Truncate   bool            // end the connection after Keep bytes of the body
	Keep       int
	Malformed  bool // send what is no JSON
	Forge      Forgery
}

// IsZero says that nothing happens to the call.
func (d Decision) IsZero() bool { return d == Decision{} }

// RetryAfterHeader is the value of Retry-After: whole seconds, rounded up. It is empty when there is none.
func (d Decision) RetryAfterHeader() string {
	if d.RetryAfter <= 0 {
		return ""
	}
	return strconv.FormatInt(int64((d.RetryAfter-1)/time.Second)+1, 10)
}

// Words are those of a refusal, with what they say of Retry-After where there is one.
func (d Decision) Words(when string) string {
	if d.RetryAfter > 0 {
		return when + "; Retry-After says when to come back"
	}
	return when
}

// Reason adds to the reason of an answer that its body, of so many bytes, was to be cut off and is whole.
func (d Decision) Reason(reason string, body int) string {
	if !d.Truncate || d.Keep < body {
		return reason
	}
	if reason != "" {
		reason += "; "
	}
	return reason + fmt.Sprintf("fault rule %s: truncate %d cuts nothing off, the body has %d bytes", d.Rule, d.Keep, body)
}

// Matched are the rules that look at a call, in their order.
type Matched struct{ rules []*compiled }

// Empty says that no rule looks at the call, so that there is nothing to decide.
func (m Matched) Empty() bool { return len(m.rules) == 0 }

// Matching returns the rules that look at a call. What a rule looks at never changes, so this needs no lock: bodies are
// decoded and compared here.
func Matching(rules []Armed, c Call) (m Matched) {
	var body func() any
	if len(rules) > 0 && c.Body != nil {
		body = sync.OnceValue(c.Body)
	}
	for _, a := range rules {
		if a.compiled.matches(&c, body) {
			m.rules = append(m.rules, a.compiled)
		}
	}
	return m
}

// Changed is a rule that has counted: what stands at this index from now on.
type Changed struct {
	Index int
	Rule  Armed
}

// Decide looks for the rules that act on the call, and counts. Rules are those of the world now, and now is its time;
// what was removed or replaced since the match has not seen the call. The seed decides what is left to chance. The caller
// puts what has changed into the world.
func (m Matched) Decide(rules []Armed, seed uint64, now time.Time) (d Decision, changed []Changed) {
	delayed, slowed := false, false
	from := 0
	for _, c := range m.rules {
		delays, slows := c.rule.Delay != nil, c.rule.SlowBody > 0
		i := from + slices.IndexFunc(rules[from:], func(a Armed) bool { return a.compiled == c })
		if i < from || delayed && delays || slowed && slows {
			continue
		}
		from = i + 1
		counted, acts := rules[i].count(seed, now, &d)
		changed = append(changed, Changed{i, counted})
		if !acts {
			continue
		}
		d.Rule = strings.TrimPrefix(d.Rule+","+c.rule.ID, ",")
		if !delays && !slows {
			break
		}
		delayed, slowed = delayed || delays, slowed || slows
	}
	return d, changed
}

// matches says whether a call is one that the rule looks at.
func (r *compiled) matches(c *Call, body func() any) bool {
	return r.on.Matches(c.Version, c.Operation, c.Method, c.Path) && fit(r.query, c.Query) && fit(r.headers, c.Header) && (r.body == nil || body != nil && r.body.Fits(body()))
}

// fit says whether one value of each name looks as wanted.
func fit(wants map[string]*pattern.Pattern, values map[string][]string) bool {
	for name, want := range wants {
		if !slices.ContainsFunc(values[name], func(v string) bool { return want.Fits(v) }) {
			return false
		}
	}
	return true
}

// count counts a matching call. It returns the rule from then on, and whether it acts on the call.
func (a Armed) count(seed uint64, now time.Time, d *Decision) (counted Armed, acts bool) {
	a.seen++
	r := &a.compiled.rule
	if a.seen <= r.After || r.Times > 0 && a.hits >= r.Times {
		return a, false
	}
	var random *rand.Rand
	if r.Probability != nil || r.Delay != nil {
		random = a.stream(seed)
	}
	if r.Probability != nil && random.Float64() >= *r.Probability {
		return a, false
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
	case r.Forge != "":
		d.Forge = r.Forge
	case r.SlowBody > 0:
		d.SlowBody = r.SlowBody
	case r.RateLimit != nil:
		left := a.window.over(*r.RateLimit, now)
		if left == 0 {
			return a, false
		}
		d.Error, d.RetryAfter = dragonpass.RateLimited, left
	}
	a.hits++
	return a, true
}

// stream is the random stream of a rule at the nth call that it has seen, so that n is all there is to remember.
func (a Armed) stream(of uint64) *rand.Rand {
	return rand.New(seed.Nth(of, "fault "+a.ID(), uint64(a.seen)))
}

// over counts a call. It returns 0 when the call is within the limit, else how long the window still lasts.
func (w *Window) over(limit RateLimit, now time.Time) time.Duration {
	end := time.Time(w.Began).Add(time.Duration(limit.Per))
	// A clock that was set back begins a window too: the old one might last for years.
	if w.Count == 0 || now.Before(time.Time(w.Began)) || !now.Before(end) {
		*w = Window{Began: duration.Instant(now.Round(0).UTC())} // without what does not survive JSON
	}
	if w.Count < limit.Requests {
		w.Count++
		return 0
	}
	return end.Sub(now)
}

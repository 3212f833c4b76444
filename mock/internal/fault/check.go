package fault

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/directory"
	"dragonmock/mock/internal/nearest"
	"dragonmock/mock/internal/pattern"
	"dragonmock/mock/internal/strictjson"
	"dragonmock/mock/internal/text"
)

// checker judges what rules say. Ids are those that were met, with the rules that have them.
type checker struct {
	strictjson.Problems
	known  Known
	ids    map[string]string
	weight int // of the rules of the world, as far as they were looked at; see [MaxWeight]
}

func (c *checker) rule(r Rule, at jsontext.Pointer, acts []string) {
	before := c.weight
	defer func() {
		if c.weight += r.bytes(); before <= MaxWeight && c.weight > MaxWeight {
			c.Add(at, "the fault rules of a world take at most %d bytes, a step of an expression %d of them: with this one they take more", MaxWeight, stepWeight)
		}
	}()
	c.id(r.ID, at.AppendToken("id"))
	c.target(r, at, acts)
	if r.Match != nil {
		c.match(*r.Match, at.AppendToken("match"))
	}
	c.atLeast(r.After, 0, at.AppendToken("after"))
	c.atLeast(r.Times, 0, at.AppendToken("times"))
	if p := r.Probability; p != nil && !(*p > 0 && *p <= 1) { // nor NaN
		c.Add(at.AppendToken("probability"), "expected a number above 0, at most 1")
	}
	switch len(acts) {
	case 0:
		c.Add(at, "it does nothing: expected one of %s", strings.Join(actions, ", "))
	case 1:
	default:
		c.Add(at, "expected one action, got %s", strings.Join(acts, " and "))
	}
	for _, act := range acts {
		c.action(r, act, at.AppendToken(act))
	}
}

func (c *checker) id(id string, at jsontext.Pointer) {
	if id == "" {
		return
	}
	if !text.IsName(id) {
		c.Add(at, "expected at most 64 letters, digits, dots, dashes and underscores")
	}
	if other, taken := c.ids[id]; taken {
		c.Add(at, "it is the id of %s", other)
		return
	}
	c.ids[id] = string(at.Parent())
}

// target judges which calls a rule means, and whether it can act on them: a rule that looks at what they never have would
// never act, and nobody would know.
func (c *checker) target(r Rule, at jsontext.Pointer, acts []string) {
	t, err := c.known.Operations.Target(r.On)
	if err != nil {
		c.Add(at.AppendToken("on"), "%s", err)
		return
	}
	if c.known.Operations == nil {
		return
	}
	if c.known.IDs != nil {
		if err := c.known.Operations.CheckIDs(t, c.known.IDs); err != nil {
			c.Add(at.AppendToken("on"), "%s", err)
		}
	}
	meant := c.known.Operations.Meant(t)
	calledBack := slices.ContainsFunc(meant, func(op *contract.Operation) bool { return c.known.Sends(op.ID) })
	if slices.Contains(acts, actForge) && (len(meant) != 1 || !slices.Contains(c.known.Events, meant[0].ID)) {
		c.Add(at.AppendToken(actForge), "only events of v2 are signed: expected on to be one of %s", strings.Join(c.known.Events, ", "))
	}
	switch {
	case calledBack && len(meant) == 1:
		if slices.Contains(acts, actSlowBody) {
			c.Add(at.AppendToken(actSlowBody), "a callback has no answer of the mock to be slow: expected another action")
		}
		if r.Match != nil && len(r.Match.Query)+len(r.Match.Headers) > 0 {
			c.Add(at.AppendToken("match"), "of a callback, expected body alone")
		}
	case r.Match != nil:
		query := at.AppendToken("match").AppendToken("query")
		meant.CheckQuery(&c.Problems, r.Match.Query, query)
		for _, name := range slices.Sorted(maps.Keys(r.Match.Query)) {
			c.sentIDs(name, r.Match.Query[name], query.AppendToken(name))
		}
		meant.CheckHeaders(&c.Problems, r.Match.Headers, at.AppendToken("match").AppendToken("headers"))
	}
	if r.Match != nil && r.Match.Body != nil {
		body := at.AppendToken("match").AppendToken("body")
		meant.CheckBody(&c.Problems, r.Match.Body, body)
		if value, err := contract.Decode(r.Match.Body); err == nil {
			c.sentIDs("", value, body)
		}
	}
}

// sentIDs names the ids in a body or a query that nothing has, as those in a path; lists of them have their name with an s, or without.
// Other values may be what no client may send: rules are asked before the contract is.
func (c *checker) sentIDs(name string, v any, at jsontext.Pointer) {
	switch v := v.(type) {
	case string:
		if _, expression := pattern.Expression(v); !expression && c.known.IDs != nil {
			if err := directory.CheckID(name, v, c.known.IDs(name)); err != nil {
				c.Add(at, "%s", err)
			}
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			c.sentIDs(name, v[name], at.AppendToken(name))
		}
	case []any:
		for i, element := range v {
			c.sentIDs(strings.TrimSuffix(name, "s"), element, at.AppendToken(strconv.Itoa(i)))
		}
	}
}

func (c *checker) match(m Match, at jsontext.Pointer) {
	if m.orNone() == nil {
		c.Add(at, "expected body, query or headers")
	}
	if m.Body != nil {
		if body := at.AppendToken("body"); c.json(m.Body, body) {
			if m.Body.Kind() != '{' {
				c.Add(body, "expected an object, got %s", strictjson.KindName(m.Body.Kind()))
			}
			c.expressions(body)(pattern.Parse(m.Body, pattern.Dialect{}))
		}
	}
	c.texts(m.Query, at.AppendToken("query"))
	c.texts(m.Headers, at.AppendToken("headers"))
}

func (c *checker) texts(list map[string]string, at jsontext.Pointer) {
	for _, name := range slices.Sorted(maps.Keys(list)) {
		if c.weight > MaxWeight {
			return
		}
		c.expressions(at.AppendToken(name))(pattern.Compile(list[name], pattern.Dialect{}))
	}
}

// expressions names the regular expressions of a pattern that cannot be read, and weighs those that can.
func (c *checker) expressions(at jsontext.Pointer) func(*pattern.Pattern, []pattern.Problem) {
	return func(p *pattern.Pattern, broken []pattern.Problem) {
		c.weight += stepWeight * p.Steps()
		for _, p := range broken {
			c.Add(at+p.Pointer, "%s", p.Err)
		}
	}
}

// action judges one action that the rule has. What is not there was not read, and has its problem.
func (c *checker) action(r Rule, act string, at jsontext.Pointer) {
	switch {
	case act == actError:
		symbols := c.known.Symbols()
		if symbol := string(r.Error); symbol == "" || symbols != nil && !slices.Contains(symbols, symbol) {
			c.Add(at, "unknown error%s", nearest.DidYouMean(symbol, symbols))
		}
	case act == actRespond && r.Respond != nil:
		c.response(*r.Respond, at)
	case act == actDelay && r.Delay != nil:
		c.delay(*r.Delay, at)
	case act == actDrop:
		if r.Drop != Before && r.Drop != After {
			c.Add(at, "expected before or after")
		}
	case act == actTruncate && r.Truncate != nil:
		c.atLeast(*r.Truncate, 0, at)
	case act == actForge:
		if !slices.Contains(forgeries, r.Forge) {
			c.Add(at, "expected one of %v", forgeries)
		}
	case act == actSlowBody:
		c.atLeast(r.SlowBody, 1, at)
	case act == actRateLimit && r.RateLimit != nil:
		c.atLeast(r.RateLimit.Requests, 1, at.AppendToken("requests"))
		if r.RateLimit.Per <= 0 {
			c.Add(at.AppendToken("per"), "expected more than 0")
		}
	}
}

func (c *checker) delay(d Delay, at jsontext.Pointer) {
	mean, p95 := float64(d.Mean), float64(d.P95)
	switch {
	case d.Mean == 0 && d.P95 == 0:
		if d.Fixed <= 0 {
			c.Add(at, "expected more than 0")
		}
	case d.Fixed != 0:
		c.Add(at, "expected a duration, or mean and p95")
	case d.Mean <= 0:
		c.Add(at.AppendToken("mean"), "expected more than 0")
	case d.P95 <= d.Mean:
		c.Add(at.AppendToken("p95"), "expected more than the mean")
	case p95 > maxSpread*mean:
		c.Add(at.AppendToken("p95"), "expected at most %.2f times the mean: no log-normal distribution spreads more", maxSpread)
	}
}

func (c *checker) response(r Response, at jsontext.Pointer) {
	status := r.status()
	if status < 200 || status > 599 {
		c.Add(at.AppendToken("status"), "expected a status from 200 to 599")
	}
	known := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(r.Headers)) {
		canonical := http.CanonicalHeaderKey(name)
		switch header := at.AppendToken("headers").AppendToken(name); {
		case !directory.IsToken(name):
			c.Add(header, "expected the name of a header")
		case slices.Contains([]string{"Content-Length", "Transfer-Encoding", "Connection", "Trailer"}, canonical), strings.HasPrefix(canonical, "X-Mock-"):
			c.Add(header, "the server sets this header")
		case known[canonical] != "":
			c.Add(header, "it is the header %s again", known[canonical])
		case strings.ContainsFunc(r.Headers[name], func(b rune) bool { return b < ' ' && b != '\t' || b == 0x7f }):
			c.Add(header, "expected no control characters")
		}
		known[canonical] = name
	}
	if r.Body == nil {
		return
	}
	body := at.AppendToken("body")
	if c.json(r.Body, body) && !TakesBody(status) {
		c.Add(body, "an answer of status %d has no body", status)
	}
}

// json judges a value that may have been made in Go.
func (c *checker) json(raw jsontext.Value, at jsontext.Pointer) bool {
	if _, err := strictjson.Document(raw); err != nil {
		c.Add(at, "expected a JSON value")
		return false
	}
	return true
}

func (c *checker) atLeast(n, least int, at jsontext.Pointer) {
	if n < least {
		c.Add(at, "expected a whole number of %d or more", least)
	}
}

package fault

import (
	"fmt"
	"net/textproto"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/internal/directory"
	"dragonmock/mock/internal/duration"
	"dragonmock/mock/internal/pattern"
	"dragonmock/mock/internal/strictjson"
)

// MaxRules is how many rules a world can have.
const MaxRules = 1000

// Armed is a rule that is ready to be tried, with its counters. It is an immutable value: a call that is counted gives
// another. In JSON it is its [Status].
type Armed struct {
	compiled *compiled
	seen     int
	hits     int
	window   Window
}

// compiled is what of a rule never changes. All values of a rule share one, which is how it is known again.
type compiled struct {
	rule    Rule
	on      directory.Target
	body    *pattern.Pattern
	query   map[string]*pattern.Pattern
	headers map[string]*pattern.Pattern // by canonical name
}

// Status is a rule with its counters.
type Status struct {
	Rule
	Seen   int     `json:"seen"`            // calls that it was tried on and that match
	Hits   int     `json:"hits"`            // calls on which it acted
	Window *Window `json:"window,omitzero"` // of a rate limit that has counted
}

// Window is what a rate limit has counted.
type Window struct {
	Began duration.Instant `json:"began"`
	Count int              `json:"count"` // the calls that it let through
}

// Add makes rules ready to stand behind old ones, and gives ids to those without: "f1", "f2", ... from the number that was
// issued last. It returns the new rules alone, and the number that is issued last now. To replace all rules, old is nil
// and issued is 0. The error is an [*Error] with pointers such as /faults/0/error; nothing is added then.
func Add(old []Armed, issued uint64, known Known, rules ...Rule) (added []Armed, nowIssued uint64, err error) {
	c := checker{known: known, ids: map[string]string{}}
	if n := len(old) + len(rules); n > MaxRules {
		c.Add("/faults", "a world has at most %d fault rules, these would make it %d", MaxRules, n)
		return nil, issued, c.Err()
	}
	taken := map[string]bool{}
	for _, a := range old {
		c.ids[a.ID()] = "a rule that is there already"
		c.weight += a.compiled.weight()
		taken[a.ID()] = true
	}
	for i, r := range rules {
		c.rule(r, jsontext.Pointer("/faults").AppendToken(strconv.Itoa(i)), r.actions())
		taken[r.ID] = true
	}
	if err := c.Err(); err != nil {
		return nil, issued, err
	}
	added = make([]Armed, len(rules))
	for i, r := range rules {
		for r.ID == "" {
			issued++
			if id := fmt.Sprint("f", issued); !taken[id] {
				r.ID = id
			}
		}
		if on, err := known.Operations.Target(r.On); err == nil {
			r.On = on.String() // as calls are looked at: without a base
		}
		added[i] = Armed{compiled: compile(r)}
	}
	return added, issued, nil
}

// CheckArmed says what is wrong with all the rules of a world that were read one by one, from a snapshot: ids that are
// missing or there twice, names that are not known, too many rules. The error is an [*Error] as that of [Add].
func CheckArmed(rules []Armed, known Known) error {
	c := checker{known: known, ids: map[string]string{}}
	if len(rules) > MaxRules {
		c.Add("/faults", "a world has at most %d fault rules, got %d", MaxRules, len(rules))
		return c.Err()
	}
	for i, a := range rules {
		c.status(a.status(), jsontext.Pointer("/faults").AppendToken(strconv.Itoa(i)))
	}
	return c.Err()
}

// status judges a rule that was ready once.
func (c *checker) status(s Status, at jsontext.Pointer) {
	if s.ID == "" {
		c.Add(at.AppendToken("id"), "it is missing")
	}
	if s.Seen < 0 || s.Hits < 0 || s.Window != nil && s.Window.Count < 0 {
		c.Add(at, "expected no negative counter")
	}
	if w := s.Window; w != nil && (s.RateLimit == nil || w.Count > s.RateLimit.Requests) {
		c.Add(at.AppendToken("window"), "expected at most as many calls as a rate limit lets through, got %d", w.Count)
	}
	if on, err := c.known.Operations.Target(s.On); c.known.Operations != nil && err == nil && on.String() != s.On {
		c.Add(at.AppendToken("on"), "expected %s", on)
	}
	c.rule(s.Rule, at, s.actions())
}

// anywhere reads what was judged already.
var anywhere *directory.Directory

// compile makes a rule ready that was checked, so that nothing here fails.
func compile(r Rule) *compiled {
	r = r.clone()
	c := &compiled{rule: r}
	c.on, _ = anywhere.Target(r.On)
	if r.Match == nil {
		return c
	}
	if r.Match.Body != nil {
		c.body, _ = pattern.Parse(r.Match.Body, pattern.Dialect{})
	}
	c.query, c.headers = map[string]*pattern.Pattern{}, map[string]*pattern.Pattern{}
	for name, want := range r.Match.Query {
		c.query[name], _ = pattern.Compile(want, pattern.Dialect{})
	}
	for name, want := range r.Match.Headers {
		c.headers[textproto.CanonicalMIMEHeaderKey(name)], _ = pattern.Compile(want, pattern.Dialect{})
	}
	return c
}

// ID returns the id of the rule.
func (a Armed) ID() string {
	if a.compiled == nil {
		return ""
	}
	return a.compiled.rule.ID
}

// Status returns the rule with its counters, which shares nothing with a.
func (a Armed) Status() Status {
	s := a.status()
	s.Rule = s.Rule.clone()
	return s
}

func (a Armed) status() Status {
	s := Status{Seen: a.seen, Hits: a.hits}
	if a.compiled != nil {
		s.Rule = a.compiled.rule
	}
	if a.window != (Window{}) {
		s.Window = copied(&a.window)
	}
	return s
}

// arm makes a rule ready that goes on counting from where it was.
func arm(s Status) (Armed, error) {
	c := checker{ids: map[string]string{}}
	if c.status(s, ""); len(c.Problems) > 0 {
		return Armed{}, c.Err()
	}
	a := Armed{compiled: compile(s.Rule), seen: s.Seen, hits: s.Hits}
	if s.Window != nil {
		a.window = *s.Window
	}
	return a, nil
}

// MarshalJSON writes the [Status], the same rule always in the same bytes.
func (a Armed) MarshalJSON() ([]byte, error) {
	return json.Marshal(a.status(), json.Deterministic(true))
}

// UnmarshalJSON reads a [Status], checks it by itself and makes it ready. Which names are known is for [CheckArmed] to
// say. The error is an [*Error] with pointers into the rule.
func (a *Armed) UnmarshalJSON(data []byte) error {
	raw, err := strictjson.Document(data)
	if err != nil {
		return err
	}
	var found strictjson.Problems
	s := strictjson.Read[Status](&found, raw, "", unmarshalers)
	s.Rule.Match = s.Rule.Match.orNone() // states from before rules with an empty one were refused have some
	c := checker{ids: map[string]string{}}
	if c.written(s.Rule, raw, "", found); len(c.Problems) > 0 {
		return c.Err()
	}
	s.Rule = s.Rule.compact()
	armed, err := arm(s)
	if err == nil {
		*a = armed
	}
	return err
}

// weight is what the rule takes, see [MaxWeight].
func (c *compiled) weight() int {
	steps := 0
	if c.body != nil {
		steps = c.body.Steps()
	}
	for _, list := range []map[string]*pattern.Pattern{c.query, c.headers} {
		for _, p := range list {
			steps += p.Steps()
		}
	}
	return c.rule.bytes() + stepWeight*steps
}

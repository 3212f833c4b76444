package fault_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/fault"
)

var (
	noon   = time.Date(2025, 9, 1, 12, 0, 0, 0, time.UTC)
	cancel = fault.Call{Operation: "cancelOrder", Method: http.MethodPost, Path: "/orders/DP1/cancel"}
)

// world has rules as a world of the server has them: as values that it replaces.
type world struct {
	rules  []fault.Armed
	issued uint64
	seed   uint64
}

// armed makes a world with rules as they are written.
func armed(t testing.TB, rules ...string) *world {
	t.Helper()
	parsed, err := fault.Parse([]byte("["+strings.Join(rules, ",")+"]"), known)
	require.NoError(t, err)
	w := &world{seed: 7}
	require.NoError(t, w.replace(parsed...))
	return w
}

func (w *world) add(rules ...fault.Rule) error {
	added, issued, err := fault.Add(w.rules, w.issued, known, rules...)
	w.rules, w.issued = slices.Concat(w.rules, added), issued
	return err
}

func (w *world) replace(rules ...fault.Rule) error {
	added, issued, err := fault.Add(nil, 0, known, rules...)
	if err == nil {
		w.rules, w.issued = added, issued
	}
	return err
}

func (w *world) remove(id string) {
	w.rules = slices.DeleteFunc(slices.Clone(w.rules), func(a fault.Armed) bool { return a.ID() == id })
}

// decide is what a world does with a call.
func (w *world) decide(c fault.Call, now time.Time) fault.Decision {
	return w.count(fault.Matching(w.rules, c), now)
}

func (w *world) count(m fault.Matched, now time.Time) fault.Decision {
	d, changed := m.Decide(w.rules, w.seed, now)
	w.rules = slices.Clone(w.rules)
	for _, c := range changed {
		w.rules[c.Index] = c.Rule
	}
	return d
}

// status is the list of the rules with their counters.
func (w *world) status() []fault.Status {
	list := make([]fault.Status, len(w.rules))
	for i, a := range w.rules {
		list[i] = a.Status()
	}
	return list
}

func (w *world) ids() (ids []string) {
	for _, a := range w.rules {
		ids = append(ids, a.ID())
	}
	return ids
}

// acts says on which of n calls something happens: "+", or "-" where nothing does.
func acts(w *world, n int) string {
	var b strings.Builder
	for range n {
		if w.decide(cancel, noon).IsZero() {
			b.WriteByte('-')
		} else {
			b.WriteByte('+')
		}
	}
	return b.String()
}

func TestAdd_GivesIDs(t *testing.T) {
	rule := fault.Rule{On: "*", Malformed: true}
	named := func(id string) fault.Rule { r := rule; r.ID = id; return r }
	w := &world{}
	require.NoError(t, w.replace(rule, named("f1"), rule))
	assert.Equal(t, []string{"f2", "f1", "f3"}, w.ids())
	w.remove("f3")
	require.NoError(t, w.add(rule, named("mine")))
	assert.Equal(t, []string{"f2", "f1", "f4", "mine"}, w.ids(), "an id that was given is not given again")

	before := *w
	assert.EqualError(t, w.add(rule, named("mine")), "/faults/1/id: it is the id of a rule that is there already")
	assert.EqualError(t, w.replace(named("a"), named("a")), "/faults/1/id: it is the id of /faults/0")
	assert.EqualError(t, w.replace(rule, fault.Rule{On: "getOdrer", Malformed: true}), "/faults/1/on: unknown operation, did you mean getOrder?")
	assert.Equal(t, before, *w, "nothing changes on error")

	require.NoError(t, w.replace(rule))
	assert.Equal(t, []string{"f1"}, w.ids(), "ids begin anew")
	require.NoError(t, w.replace())
	assert.Empty(t, w.ids())
}

func TestAdd_BeyondTheBound_IsRefused(t *testing.T) {
	rule := fault.Rule{On: "*", Malformed: true}
	w := &world{}
	require.NoError(t, w.replace(slices.Repeat([]fault.Rule{rule}, fault.MaxRules-1)...))
	require.NoError(t, w.add(rule))
	assert.EqualError(t, w.add(rule), "/faults: a world has at most 1000 fault rules, these would make it 1001")
	assert.Len(t, w.rules, fault.MaxRules)
	assert.Error(t, w.replace(slices.Repeat([]fault.Rule{rule}, fault.MaxRules+1)...))
	assert.NoError(t, fault.CheckArmed(w.rules, known))
	assert.ErrorContains(t, fault.CheckArmed(append(w.rules, fault.Armed{}), known), "/faults: a world has at most 1000 fault rules, got 1001")
}

// TestCounters_WithOtherRulesAround_Stay holds that adding and removing rules leaves the others' counters alone.
func TestCounters_WithOtherRulesAround_Stay(t *testing.T) {
	w := armed(t, `{"on":"getOrder","malformed":true}`, `{"on":"*","malformed":true,"times":3}`)
	assert.Equal(t, "++", acts(w, 2))
	require.NoError(t, w.add(fault.Rule{On: "getOrder", Malformed: true}))
	w.remove("f1")
	assert.Equal(t, "+-", acts(w, 2))
	assert.Equal(t, 3, w.status()[0].Hits)
}

// TestArmed_IsImmutable holds that nobody reaches into a rule from outside, and that counting gives another.
func TestArmed_IsImmutable(t *testing.T) {
	rule := fault.Rule{On: "*", Probability: new(1.0), Respond: &fault.Response{Headers: map[string]string{"A": "1"}, Body: []byte(`{"a":1}`)},
		Match: &fault.Match{Query: map[string]string{"a": "1"}}}
	w := &world{}
	require.NoError(t, w.replace(rule))
	old := w.rules[0]
	before, err := json.Marshal(old)
	require.NoError(t, err)
	for _, r := range []fault.Rule{rule, old.Status().Rule} {
		*r.Probability = 0
		r.Respond.Headers["A"], r.Respond.Body[2] = "2", 'b'
		r.Match.Query["a"] = "2"
	}
	call := cancel
	call.Query = map[string][]string{"a": {"1"}}
	assert.NotNil(t, w.decide(call, noon).Respond)
	after, err := json.Marshal(old)
	require.NoError(t, err)
	assert.Equal(t, string(before), string(after))
	assert.Equal(t, 1, w.status()[0].Seen)
}

const everyChance = `{"on":"*","error":"SERVICE_UNAVAILABLE","probability":0.3};{"on":"*","delay":{"mean":"788ms","p95":"2.6s"}};` +
	`{"on":"*","rateLimit":{"requests":20,"per":"1m"}};{"on":"*","drop":"after","after":5,"times":9}`

// run makes n calls, one a second.
func run(w *world, n int) (list []fault.Decision) {
	for i := range n {
		list = append(list, w.decide(cancel, noon.Add(time.Duration(i)*time.Second)))
	}
	return list
}

func TestArmed_ThroughJSON_GoesOnWhereItWas(t *testing.T) {
	w := armed(t, strings.Split(everyChance, ";")...)
	run(w, 25)
	kept := *w // a copy of the list is a snapshot
	want := run(w, 100)
	assert.Equal(t, want, run(&world{rules: kept.rules, seed: 7}, 100), "an older list rewinds")

	for name, codec := range map[string]struct {
		write func(any) ([]byte, error)
		read  func([]byte, any) error
	}{
		"json v2":       {func(v any) ([]byte, error) { return jsonv2.Marshal(v) }, func(data []byte, v any) error { return jsonv2.Unmarshal(data, v) }},
		"encoding/json": {json.Marshal, json.Unmarshal},
	} {
		data, err := codec.write(kept.rules)
		require.NoError(t, err, name)
		status, err := codec.write(kept.status())
		require.NoError(t, err, name)
		assert.Equal(t, string(status), string(data), "%s: a rule is written as its status", name)
		loaded := world{seed: 7}
		require.NoError(t, codec.read(data, &loaded.rules), name)
		require.NoError(t, fault.CheckArmed(loaded.rules, known), name)
		assert.Equal(t, kept.rules, loaded.rules, name)
		assert.Equal(t, want, run(&loaded, 100), name)
		assert.Equal(t, w.status(), loaded.status(), name)
	}
}

func TestArmed_InJSON_IsAlwaysTheSame(t *testing.T) {
	w := armed(t, `{"on":"*","respond":{"headers":{"A":"1","B":"2","C":"3","D":"4"}},"match":{"query":{"a":"/1/","b":"2","c":"3"},"headers":{"X":"1","Y":"/2/"},"body":{"z":1,"a":[2]}}}`)
	want, err := jsonv2.Marshal(w.rules)
	require.NoError(t, err)
	for range 50 {
		got, err := jsonv2.Marshal(w.rules)
		require.NoError(t, err)
		require.Equal(t, string(want), string(got))
	}
	var loaded []fault.Armed
	require.NoError(t, jsonv2.Unmarshal(want, &loaded))
	assert.Equal(t, w.rules, loaded)
}

func TestArmed_FromBadJSON_IsRefused(t *testing.T) {
	const rule = `"id":"a","on":"*","malformed":true`
	for data, want := range map[string]string{
		`{"on":"*","malformed":true,"seen":0,"hits":0}`: "/id: it is missing",
		`{` + rule + `,"seen":-1,"hits":0}`:             "/seen: expected a whole number of 0 or more",
		`{` + rule + `,"sean":1}`:                       "/sean: unknown member, did you mean seen?",
		`{` + rule + `,"drop":"after"}`:                 "expected one action, got drop and malformed",
		`{` + rule + `,"window":{"began":7,"count":1}}`: "/window/began: expected a string, got a number",
		`{"id":"a","on":"*","delay":"0s"}`:              "/delay: expected more than 0",
		`7`:                                             "expected an object, got a number",
		`{`:                                             "unexpected EOF",
	} {
		var a fault.Armed
		assert.ErrorContains(t, json.Unmarshal([]byte(data), &a), strings.TrimPrefix(want, "unexpected EOF"), data)
		assert.Empty(t, a.ID(), "nothing changes on error")
		assert.ErrorContains(t, jsonv2.Unmarshal([]byte(data), &a), want, data)
	}
	var a fault.Armed
	require.NoError(t, json.Unmarshal([]byte(`{"id":"a","on":"unheardOf","malformed":true,"seen":5000000000}`), &a))
	assert.Equal(t, 5_000_000_000, a.Status().Seen, "counters have no bound, and names are for CheckArmed")
	require.NoError(t, json.Unmarshal([]byte(`{"id":"old","on":"*","malformed":true,"match":{},"seen":3,"hits":3}`), &a), "once it was every call")
	written, err := json.Marshal(a)
	require.NoError(t, err)
	assert.NotContains(t, string(written), "match")
}

func TestCheckArmed_NamesWhatIsWrongWithTheList(t *testing.T) {
	load := func(id, on string) (a fault.Armed) {
		require.NoError(t, json.Unmarshal([]byte(`{"id":"`+id+`","on":"`+on+`","malformed":true}`), &a))
		return a
	}
	assert.NoError(t, fault.CheckArmed(nil, known))
	assert.NoError(t, fault.CheckArmed([]fault.Armed{load("a", "*"), load("b", "getOrder")}, known))
	assert.EqualError(t, fault.CheckArmed([]fault.Armed{load("a", "*"), load("a", "getOrdr"), {}}, known),
		"/faults/1/id: it is the id of /faults/0\n/faults/1/on: unknown operation, did you mean getOrder?\n"+
			"/faults/2/id: it is missing\n/faults/2/on: expected an operationId, \"POST /path\", \"/path\", \"/path*\" or \"*\"\n"+
			"/faults/2: it does nothing: expected one of error, respond, delay, drop, truncate, malformed, slowBody, rateLimit, forge")
}

// TestDecide_AfterRulesChanged_CountsThoseThatStayed holds that a rule that came or went between the match and the
// decision has not seen the call, and that all others have.
func TestDecide_AfterRulesChanged_CountsThoseThatStayed(t *testing.T) {
	w := armed(t, `{"on":"*","malformed":true,"times":1}`, `{"on":"*","delay":"1s"}`, `{"on":"*","truncate":1}`, `{"on":"*","drop":"after"}`)
	matched := fault.Matching(w.rules, cancel)
	assert.False(t, matched.Empty())
	acts(w, 1) // another call comes first, and uses up f1
	w.remove("f3")
	require.NoError(t, w.add(fault.Rule{ID: "new", On: "*", SlowBody: 1}))
	assert.Equal(t, fault.Decision{Rule: "f2,f4", Delay: time.Second, Drop: fault.After}, w.count(matched, noon))
	var seen []int
	for _, s := range w.status() {
		seen = append(seen, s.Seen)
	}
	assert.Equal(t, []int{2, 1, 1, 0}, seen)

	matched = fault.Matching(w.rules, cancel)
	var same []fault.Rule
	for _, s := range w.status() {
		same = append(same, s.Rule)
	}
	require.NoError(t, w.replace(same...))
	assert.True(t, w.count(matched, noon).IsZero(), "an equal rule in place of the old one is another")
	assert.Zero(t, w.status()[0].Seen)
}

func TestMatching_WithoutRules_CostsNothing(t *testing.T) {
	call := cancel
	asked, matched := false, false
	call.Body = func() any { asked = true; return nil }
	assert.Zero(t, testing.AllocsPerRun(100, func() { matched = matched || !fault.Matching(nil, call).Empty() }))
	assert.False(t, asked)
	assert.False(t, matched)
}

func BenchmarkDecide(b *testing.B) {
	call := fault.Call{Operation: "getOrder", Method: "GET", Path: "/orders/1"}
	rule := `{"on":"cancelOrder","malformed":true}`
	for name, w := range map[string]*world{"none": armed(b), "others": armed(b, rule, rule), "acts": armed(b, `{"on":"getOrder","malformed":true}`)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				w.decide(call, noon)
			}
		})
	}
}

// TestAdd_Weight_IsBounded: the rules of a world take at most so much, with what their expressions take.
func TestAdd_Weight_IsBounded(t *testing.T) {
	body := func(bytes int) fault.Rule {
		return fault.Rule{On: "*", Respond: &fault.Response{Body: []byte(`"` + strings.Repeat("x", bytes-len(`*""`)) + `"`)}}
	}
	w := armed(t)
	require.NoError(t, w.add(body(fault.MaxWeight/2), body(fault.MaxWeight/2-len("f1f2"))))
	assert.ErrorContains(t, w.add(body(10)), "/faults/0: the fault rules of a world take at most 1048576 bytes")
	assert.ErrorContains(t, w.replace(body(10), body(fault.MaxWeight)), "/faults/1: the fault rules")
	repeats := fault.Rule{On: "*", Malformed: true, Match: &fault.Match{Headers: map[string]string{"a": "/.{1000}/"}}}
	assert.NoError(t, w.replace(slices.Repeat([]fault.Rule{repeats}, 10)...))
	assert.ErrorContains(t, w.replace(slices.Repeat([]fault.Rule{repeats}, 20)...), "a step of an expression 100 of them")
}

package fault_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/fault"
)

var (
	noon   = time.Date(2025, 9, 1, 12, 0, 0, 0, time.UTC)
	cancel = fault.Call{Operation: "cancelOrder", Method: http.MethodPost, Path: "/v1/orders/DP1/cancel"}
)

// engine makes an engine of rules as they are written.
func engine(t testing.TB, rules ...string) *fault.Engine {
	t.Helper()
	parsed, err := fault.Parse([]byte("["+strings.Join(rules, ",")+"]"), known)
	require.NoError(t, err)
	e := fault.New(7, known)
	_, err = e.Replace(parsed...)
	require.NoError(t, err)
	return e
}

// acts says on which of n calls something happens: "x", or "." where nothing does.
func acts(e *fault.Engine, n int) string {
	var b strings.Builder
	for range n {
		if e.Decide(cancel, noon).IsZero() {
			b.WriteByte('.')
		} else {
			b.WriteByte('x')
		}
	}
	return b.String()
}

func TestIDs(t *testing.T) {
	rule := fault.Rule{On: "*", Malformed: true}
	named := func(id string) fault.Rule { r := rule; r.ID = id; return r }
	ids := func(list []fault.Status, err error) (ids []string) {
		require.NoError(t, err)
		for _, r := range list {
			ids = append(ids, r.ID)
		}
		return ids
	}
	e := fault.New(1, known)
	assert.Equal(t, []string{"f2", "f1", "f3"}, ids(e.Replace(rule, named("f1"), rule)))
	assert.True(t, e.Remove("f3"))
	assert.False(t, e.Remove("f3"))
	assert.Equal(t, []string{"f4", "mine"}, ids(e.Add(rule, named("mine"))), "an id that was given is not given again")
	assert.Equal(t, []string{"f2", "f1", "f4", "mine"}, ids(e.Rules(), nil))

	before := e.Snapshot()
	_, err := e.Add(rule, named("mine"))
	assert.EqualError(t, err, "/faults/1/id: it is the id of a rule that is there already")
	_, err = e.Replace(named("a"), named("a"))
	assert.EqualError(t, err, "/faults/1/id: it is the id of /faults/0")
	_, err = e.Replace(rule, fault.Rule{On: "getOdrer", Malformed: true})
	assert.EqualError(t, err, "/faults/1/on: unknown operation, did you mean getOrder?")
	assert.Equal(t, before, e.Snapshot(), "nothing changes on error")

	assert.Equal(t, []string{"f1"}, ids(e.Replace(rule)), "ids begin anew")
	assert.True(t, e.Armed())
	assert.True(t, e.Remove("f1"))
	assert.False(t, e.Armed())
	assert.Empty(t, ids(e.Replace()))
}

// TestCountersOutlastTheirNeighbours holds that adding and removing rules leaves the others' counters alone.
func TestCountersOutlastTheirNeighbours(t *testing.T) {
	e := engine(t, `{"on":"getOrder","malformed":true}`, `{"on":"*","malformed":true,"times":3}`)
	assert.Equal(t, "xx", acts(e, 2))
	_, err := e.Add(fault.Rule{On: "getOrder", Malformed: true})
	require.NoError(t, err)
	e.Remove("f1")
	assert.Equal(t, "x.", acts(e, 2))
	assert.Equal(t, 3, e.Rules()[0].Hits)
}

// TestValuesInAndOut holds that nobody reaches into an engine through a rule.
func TestValuesInAndOut(t *testing.T) {
	half := 0.5
	rule := fault.Rule{On: "*", Probability: &half, Respond: &fault.Response{Headers: map[string]string{"A": "1"}, Body: []byte(`{"a":1}`)},
		Match: &fault.Match{Query: map[string]string{"a": "1"}, Body: []byte(`{"a":1}`)}}
	e := fault.New(1, known)
	_, err := e.Replace(rule)
	require.NoError(t, err)
	before, err := json.Marshal(e.Rules())
	require.NoError(t, err)
	for _, r := range []fault.Rule{rule, e.Rules()[0].Rule, e.Snapshot().Rules[0].Rule} {
		*r.Probability = 1
		r.Respond.Headers["A"], r.Respond.Body[2] = "2", 'b'
		r.Match.Query["a"], r.Match.Body[2] = "2", 'b'
	}
	after, err := json.Marshal(e.Rules())
	require.NoError(t, err)
	assert.Equal(t, string(before), string(after))
}

func TestSnapshot(t *testing.T) {
	e := engine(t,
		`{"on":"*","error":"SERVICE_UNAVAILABLE","probability":0.3}`,
		`{"on":"*","delay":{"mean":"788ms","p95":"2.6s"}}`,
		`{"on":"*","rateLimit":{"requests":20,"per":"1m"}}`,
		`{"on":"*","drop":"after","after":5,"times":9}`,
	)
	run := func(e *fault.Engine, n int) (list []fault.Decision) {
		for i := range n {
			list = append(list, e.Decide(cancel, noon.Add(time.Duration(i)*time.Second)))
		}
		return list
	}
	run(e, 25)
	state := e.Snapshot()
	data, err := json.Marshal(state)
	require.NoError(t, err)
	want := run(e, 100)

	require.NoError(t, e.Restore(state))
	assert.Equal(t, want, run(e, 100), "a state rewinds")

	var loaded fault.State
	require.NoError(t, json.Unmarshal(data, &loaded))
	assert.Equal(t, state, loaded)
	fork := fault.New(99, known)
	require.NoError(t, fork.Restore(loaded))
	assert.Equal(t, want, run(fork, 100), "in another engine too, through JSON")
	assert.Equal(t, e.Snapshot(), fork.Snapshot())
	assert.Equal(t, loaded, state, "a state is a value")

	for want, spoil := range map[string]func(*fault.State){
		"/faults/0/id: it is missing":                  func(s *fault.State) { s.Rules[0].ID = "" },
		"/faults/1: expected no negative counter":      func(s *fault.State) { s.Rules[1].Seen = -1 },
		"/faults/3/on: unknown operation":              func(s *fault.State) { s.Rules[3].On = "zzzzzzzzzzzz" },
		"/issued: expected a whole number of 0 or mor": func(s *fault.State) { s.Issued = -1 },
	} {
		var bad fault.State
		require.NoError(t, json.Unmarshal(data, &bad))
		spoil(&bad)
		before := e.Snapshot()
		assert.ErrorContains(t, e.Restore(bad), want)
		assert.Equal(t, before, e.Snapshot(), "nothing changes on error")
	}

	require.NoError(t, e.Restore(fault.State{}))
	assert.False(t, e.Armed())
}

// TestConcurrency holds that counts are exact whoever calls, while rules come and go.
func TestConcurrency(t *testing.T) {
	e := engine(t,
		`{"on":"cancelOrder","error":"SERVICE_UNAVAILABLE","times":5}`,
		`{"on":"cancelOrder","rateLimit":{"requests":100,"per":"1m"}}`,
	)
	const goroutines, calls = 64, 50
	var mu sync.Mutex
	hits := map[string]int{}
	var wg sync.WaitGroup
	for g := range goroutines {
		wg.Go(func() {
			for i := range calls {
				d := e.Decide(cancel, noon)
				mu.Lock()
				hits[d.Rule]++
				mu.Unlock()
				if i%10 == 0 {
					id := fmt.Sprint("g", g)
					_, err := e.Add(fault.Rule{ID: id, On: "getOrder", Malformed: true})
					assert.NoError(t, err)
					e.Snapshot()
					assert.True(t, e.Remove(id))
				}
			}
		})
	}
	wg.Wait()
	assert.Equal(t, map[string]int{"f1": 5, "": 100, "f2": goroutines*calls - 105}, hits)
	assert.Equal(t, 5, e.Rules()[0].Hits)
	assert.Equal(t, goroutines*calls, e.Rules()[0].Seen)
}

func TestNoRulesCostNothing(t *testing.T) {
	e := fault.New(1, known)
	call := cancel
	call.Body = func() any { t.Error("nobody asked"); return nil }
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		if !e.Decide(call, noon).IsZero() {
			t.Error("there are no rules")
		}
	}))
}

func BenchmarkDecide(b *testing.B) {
	call := fault.Call{Operation: "getOrder", Method: "GET", Path: "/v1/orders/1"}
	rule := `{"on":"cancelOrder","malformed":true}`
	for name, e := range map[string]*fault.Engine{"none": engine(b), "others": engine(b, rule, rule), "acts": engine(b, `{"on":"getOrder","malformed":true}`)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				e.Decide(call, noon)
			}
		})
	}
}

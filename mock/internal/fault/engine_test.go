package fault_test

import (
	"encoding/json"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/fault"
)

// engine makes an engine of rules.
func engine(t testing.TB, rules ...string) *fault.Engine {
	t.Helper()
	e := fault.New(7, known)
	for _, s := range armed(t, rules...).status() {
		s.ID = ""
		_, err := e.Add(s.Rule)
		require.NoError(t, err)
	}
	return e
}

func TestEngine_Snapshot_Rewinds(t *testing.T) {
	e := engine(t, `{"on":"*","error":"SERVICE_UNAVAILABLE","probability":0.3}`, `{"on":"*","delay":{"mean":"788ms","p95":"2.6s"}}`)
	decide := func(e *fault.Engine) (list []fault.Decision) {
		for range 100 {
			list = append(list, e.Decide(cancel, noon))
		}
		return list
	}
	decide(e)
	state := e.Snapshot()
	data, err := json.Marshal(state)
	require.NoError(t, err)
	want := decide(e)
	var loaded fault.State
	require.NoError(t, json.Unmarshal(data, &loaded))
	assert.Equal(t, state, loaded)
	fork := fault.New(99, known)
	require.NoError(t, fork.Restore(loaded))
	assert.Equal(t, want, decide(fork))
	assert.Equal(t, e.Snapshot(), fork.Snapshot())

	for want, spoil := range map[string]func(*fault.State){
		"/faults/0/id: it is missing":                  func(s *fault.State) { s.Rules[0].ID = "" },
		"/faults/1: expected no negative counter":      func(s *fault.State) { s.Rules[1].Seen = -1 },
		"/faults/1/on: unknown operation":              func(s *fault.State) { s.Rules[1].On = "zzzzzzzzzzzz" },
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

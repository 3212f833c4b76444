package sink_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/mocktest"
	"dragonmock/mock/internal/sink"
	"dragonmock/mock/internal/store"
)

func TestAttempt_FaultRules_AnswerInTheClientsPlace(t *testing.T) {
	t.Parallel()
	answered := func() store.Attempt { return sink.Judging("")(http.StatusOK, []byte("{}")) }
	silent := func() store.Attempt { return store.Attempt{Error: "nobody listens"} }
	for _, row := range []struct {
		name   string
		do     fault.Decision
		status int
		want   string
	}{
		{"no rule", fault.Decision{}, 200, ""},
		{"lost", fault.Decision{Rule: "f1", Drop: fault.Before}, 0, "lost by fault rule f1"},
		{"the acknowledgement is lost", fault.Decision{Rule: "f1", Drop: fault.After}, 200, "acknowledgement lost by fault rule f1"},
		{"refused", fault.Decision{Rule: "f1", Respond: &fault.Response{Status: 503}}, 503, "expected HTTP 200, got 503"},
		{"another status that is a success", fault.Decision{Rule: "f1", Respond: &fault.Response{Status: 202, Body: []byte("{}")}}, 202, "expected HTTP 200, got 202"},
		{"acknowledged by a rule", fault.Decision{Rule: "f1", Respond: &fault.Response{Body: []byte(`{"ok":true}`)}}, 200, ""},
		{"no JSON", fault.Decision{Rule: "f1", Malformed: true}, 200, "expected a JSON body"},
		{"cut off", fault.Decision{Rule: "f1", Truncate: true}, 200, "fault rule f1 cuts the answer off"},
		{"a symbol", fault.Decision{Rule: "f1", Error: dragonpass.RateLimited}, 500, "fault rule f1 answers RATE_LIMITED"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, store.Attempt{Status: row.status, Error: row.want}, sink.Attempt(row.do, answered, sink.Judging("")))
			if row.do.Drop != fault.Before {
				assert.Equal(t, silent(), sink.Attempt(row.do, silent, sink.Judging("")), "no rule answers for a client that is not there")
			}
		})
	}
}

// newSink makes a world that is its own receiver, and a pass.
func newSink(t *testing.T) (*mock.World, string) {
	t.Helper()
	srv, c := mocktest.Start(t, mock.WithCallbackURL("sink"))
	return srv.World(), mocktest.EPassID(c.Issue(9))
}

// visit lets somebody in, who is told of.
func visit(t *testing.T, w *mock.World, pass string) string {
	t.Helper()
	order, err := w.WalkIn(pass, "N00001", dragonpass.Party{Adults: 1})
	require.NoError(t, err)
	return order.OrderID
}

// arrived says what reached the client: order, attempt, status, and whether it was acknowledged.
func arrived(t *testing.T, w *mock.World) []string {
	t.Helper()
	list, err := w.Deliveries()
	require.NoError(t, err)
	seen := []string{}
	for _, d := range list {
		var body struct{ OrderID string }
		require.NoError(t, json.Unmarshal(d.Payload, &body))
		seen = append(seen, fmt.Sprintf("%s #%d %d %t", body.OrderID, d.Number, d.Status, d.Error == ""))
	}
	return seen
}

func TestSink_WhatWasCaused_IsThereAtOnce(t *testing.T) {
	t.Parallel()
	w, pass := newSink(t)
	first, second := visit(t, w, pass), visit(t, w, pass)
	assert.Equal(t, []string{first + " #1 200 true", second + " #1 200 true"}, arrived(t, w))
	events, err := w.Events()
	require.NoError(t, err)
	require.NoError(t, w.Replay(events[0].ID))
	assert.Equal(t, []string{first + " #1 200 true", second + " #1 200 true", first + " #2 200 true"}, arrived(t, w), "a duplicate")
	require.NoError(t, w.Reset())
	assert.Empty(t, arrived(t, w))
}

// TestSink_Retries_ComeWithTheClock: at their own times, also when the clock is moved beyond all of them at once.
func TestSink_Retries_ComeWithTheClock(t *testing.T) {
	t.Parallel()
	w, pass := newSink(t)
	_, err := w.Inject(mock.Fault{On: "callback", Times: 3, Respond: &mock.FaultResponse{Status: 500}})
	require.NoError(t, err)
	order := visit(t, w, pass)
	_, err = w.Advance(24 * time.Hour)
	require.NoError(t, err)
	assert.Equal(t, []string{order + " #1 500 false", order + " #2 500 false", order + " #3 500 false", order + " #4 200 true"}, arrived(t, w))
	list, err := w.Deliveries()
	require.NoError(t, err)
	var after []time.Duration
	for _, d := range list {
		after = append(after, d.At.Sub(list[0].At))
	}
	assert.Equal(t, []time.Duration{0, time.Minute, 6 * time.Minute, 36 * time.Minute}, after)
}

// TestSink_Checkpoint_TakesDeliveriesBack: what is taken back was never sent.
func TestSink_Checkpoint_TakesDeliveriesBack(t *testing.T) {
	t.Parallel()
	w, pass := newSink(t)
	first := visit(t, w, pass)
	require.NoError(t, w.Checkpoint("one"))
	visit(t, w, pass)
	require.NoError(t, w.Rewind("one"))
	assert.Equal(t, []string{first + " #1 200 true"}, arrived(t, w))
	again := visit(t, w, pass)
	assert.Equal(t, []string{first + " #1 200 true", again + " #1 200 true"}, arrived(t, w))
}

// TestSink_ManyAtOnce_EachArrivesOnce: whoever caused one finds it.
func TestSink_ManyAtOnce_EachArrivesOnce(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t, mock.WithCallbackURL("sink"))
	w, pass := srv.World(), mocktest.EPassID(c.Issue(40))
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			order, err := w.WalkIn(pass, "N00001", dragonpass.Party{Adults: 1})
			if assert.NoError(t, err) {
				assert.Contains(t, arrived(t, w), order.OrderID+" #1 200 true")
			}
		})
	}
	wait.Wait()
	assert.Len(t, arrived(t, w), 20)
}

// TestDeliveries_OfAListener_AreWhatItGot: the same list for a client with an endpoint of its own.
func TestDeliveries_OfAListener_AreWhatItGot(t *testing.T) {
	t.Parallel()
	b := mocktest.NewInbox(t, mocktest.Respond(500, "{}"))
	srv, c := mocktest.Start(t, mock.WithCallbackURL(b.URL))
	order := visit(t, srv.World(), mocktest.EPassID(c.Issue(1)))
	_, err := srv.World().Advance(time.Minute)
	require.NoError(t, err)
	assert.Equal(t, []string{order + " #1 500 false", order + " #2 200 true"}, arrived(t, srv.World()))
}

// TestCallbackURL_NearlySink_IsRefused: by whatever way it comes.
func TestCallbackURL_NearlySink_IsRefused(t *testing.T) {
	t.Parallel()
	_, err := mock.New(mock.WithCallbackURL("Sink"))
	assert.ErrorContains(t, err, `expected an absolute http or https URL, got "Sink", or "sink"`)
}

package mock_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
)

// inbox is the client's side of order synchronisation.
type inbox struct {
	*httptest.Server
	mu       sync.Mutex
	received []string
	answers  []http.HandlerFunc // for the first calls; then it acknowledges
	arrived  chan struct{}
}

func newInbox(t *testing.T, answers ...http.HandlerFunc) *inbox {
	b := &inbox{answers: answers, arrived: make(chan struct{}, 100)}
	b.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		b.mu.Lock()
		b.received = append(b.received, string(body))
		answer := func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, `{"status":"success"}`) }
		if n := len(b.received) - 1; n < len(b.answers) {
			answer = b.answers[n]
		}
		b.mu.Unlock()
		answer(w, r)
		b.arrived <- struct{}{}
	}))
	t.Cleanup(b.Close)
	return b
}

func (b *inbox) all() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string(nil), b.received...)
}

func respond(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

// state reads the state of the nth event.
func state(t *testing.T, w *mock.World, n int) string {
	t.Helper()
	events, err := w.Events()
	require.NoError(t, err)
	require.Greater(t, len(events), n)
	return events[n].State
}

func TestCallbackPayload(t *testing.T) {
	b := newInbox(t)
	srv, c := start(t, mock.WithCallbackURL(b.URL))
	w := srv.World()
	pass := ePassID(c.issue(3))
	order, err := w.WalkIn(pass, "N00129", dragonpass.Party{Adults: 1, Children: 1})
	require.NoError(t, err)
	<-b.arrived
	assert.JSONEq(t, `{"orderId":"`+order.OrderID+`","programId":"18943","membershipId":"`+pass+`","module":1,"category":1,"status":1,
		"orderCreatedDate":"2025-09-01T08:00:00+00:00","usageDate":"2025-09-01T09:00:00","orderCancelledDate":"",
		"transportHubId":"A10045","transportHubName":"Gatwick Airport","resourceId":"N00129","resourceName":"No1 Lounge Gatwick North",
		"passengers":{"cardholder":1,"guests":1}}`, b.all()[0])
	_, err = w.Reverse(order.OrderID)
	require.NoError(t, err)
	<-b.arrived
	var cancelled obj
	require.NoError(t, json.Unmarshal([]byte(b.all()[1]), &cancelled))
	assert.Equal(t, []any{2.0, "2025-09-01T08:00:00+00:00"}, []any{cancelled["status"], cancelled["orderCancelledDate"]})
}

func TestPrebookingIsToldWhenItIsUsed(t *testing.T) {
	srv, c := start(t)
	pass := ePassID(c.issue(1))
	order := c.book(pass, c.place(pass, "N00001", "2025-09-04T10:30", 1)).ok()
	events, err := srv.World().Events()
	require.NoError(t, err)
	assert.Empty(t, events, "a booking is no redemption")
	_, err = srv.World().Advance(73*time.Hour + 30*time.Minute)
	require.NoError(t, err)
	voucher := dig(order, "extra", "vouchersList").([]any)[0].(obj)["voucher"].(string)
	_, err = srv.World().Redeem(voucher, dragonpass.Party{Adults: 1})
	require.NoError(t, err)
	events, err = srv.World().Events()
	require.NoError(t, err)
	require.Len(t, events, 1)
	assert.Equal(t, "recorded", events[0].State, "nobody is to be told, but it can be read")
	assert.Contains(t, string(events[0].Payload), `"category":2`)
	author := &client{t: t, url: srv.URL, extra: http.Header{}}
	listed := author.get("/_mock/worlds/default/events").ok()["events"].([]any)
	assert.Len(t, listed, 1)
}

// TestCallbackRetries: what is not acknowledged is tried again after 1, 5 and 30 minutes of world time, on the way of the
// clock and before it arrives.
func TestCallbackRetries(t *testing.T) {
	b := newInbox(t, respond(500, "{}"), respond(200, "thanks"), respond(202, "{}"))
	srv, c := start(t, mock.WithCallbackURL(b.URL))
	w := srv.World()
	_, err := w.WalkIn(ePassID(c.issue(1)), "N00001", dragonpass.Party{Adults: 1})
	require.NoError(t, err)
	<-b.arrived
	clock, err := w.Advance(time.Hour)
	require.NoError(t, err)
	require.Len(t, b.all(), 4, "delivered before the clock arrived")
	var at []time.Duration
	for _, f := range clock.Fired {
		assert.Equal(t, "callback.retry", f.What)
		at = append(at, f.At.Sub(monday))
	}
	assert.Equal(t, []time.Duration{time.Minute, 6 * time.Minute, 36 * time.Minute}, at)
	events, err := w.Events()
	require.NoError(t, err)
	assert.Equal(t, "delivered", events[0].State)
	var errors []string
	for _, a := range events[0].Attempts {
		errors = append(errors, a.Error)
	}
	assert.Equal(t, []string{"expected HTTP 200, got 500", "expected a JSON body", "expected HTTP 200, got 202", ""}, errors)
	assert.Equal(t, monday.Add(36*time.Minute), events[0].Attempts[3].At)
}

func TestCallbackGivesUpAfterThreeRetries(t *testing.T) {
	no := respond(500, "{}")
	b := newInbox(t, no, no, no, no, no)
	srv, c := start(t, mock.WithCallbackURL(b.URL))
	_, err := srv.World().WalkIn(ePassID(c.issue(1)), "N00001", dragonpass.Party{Adults: 1})
	require.NoError(t, err)
	<-b.arrived
	_, err = srv.World().Advance(1000 * time.Hour)
	require.NoError(t, err)
	assert.Len(t, b.all(), 4)
	assert.Equal(t, "failed", state(t, srv.World(), 0))
}

// TestCallbackNeverBlocksTheCall: the client's endpoint hangs, the venue does not wait for it.
func TestCallbackNeverBlocksTheCall(t *testing.T) {
	release := make(chan struct{})
	b := newInbox(t, func(w http.ResponseWriter, _ *http.Request) { <-release; io.WriteString(w, "{}") })
	srv, c := start(t, mock.WithCallbackURL(b.URL))
	pass := ePassID(c.issue(2))
	for range 2 {
		_, err := srv.World().WalkIn(pass, "N00001", dragonpass.Party{Adults: 1})
		require.NoError(t, err)
	}
	assert.Equal(t, [2]float64{0, 2}, c.usages(pass))
	close(release)
	<-b.arrived
	<-b.arrived
	assert.Contains(t, b.all()[0], "DP00000000000002", "in order")
	assert.Contains(t, b.all()[1], "DP00000000000003")
}

// TestCallbacksInFlightComeBackWithTheState: what was on its way when a state was kept is sent when the state returns.
func TestCallbacksInFlightComeBackWithTheState(t *testing.T) {
	for name, back := range map[string]func(w *mock.World, snapshot []byte) error{
		"checkpoint": func(w *mock.World, _ []byte) error { return w.Rewind("in flight") },
		"snapshot":   func(w *mock.World, snapshot []byte) error { return w.Restore(snapshot) },
		"fork":       func(w *mock.World, _ []byte) error { _, err := w.Fork(); return err },
	} {
		t.Run(name, func(t *testing.T) {
			arrived, release := make(chan struct{}), make(chan struct{})
			b := newInbox(t, func(w http.ResponseWriter, _ *http.Request) { close(arrived); <-release; io.WriteString(w, "{}") })
			srv, c := start(t, mock.WithCallbackURL(b.URL))
			w := srv.World()
			_, err := w.WalkIn(ePassID(c.issue(1)), "N00001", dragonpass.Party{Adults: 1})
			require.NoError(t, err)
			<-arrived
			require.NoError(t, w.Checkpoint("in flight"))
			snapshot, err := w.Snapshot()
			require.NoError(t, err)
			if name == "fork" {
				require.NoError(t, back(w, nil))
			}
			close(release)
			<-b.arrived
			if name != "fork" {
				require.NoError(t, back(w, snapshot))
			}
			<-b.arrived
			assert.Equal(t, b.all()[0], b.all()[1])
		})
	}
}

// TestHangingClientLeavesNoGoroutines: calls go on while a callback hangs, and none of them leaves one behind.
func TestHangingClientLeavesNoGoroutines(t *testing.T) {
	release := make(chan struct{})
	b := newInbox(t, func(w http.ResponseWriter, _ *http.Request) { <-release; io.WriteString(w, "{}") })
	srv, c := start(t, mock.WithCallbackURL(b.URL))
	w := srv.World()
	pass := ePassID(c.issue(2))
	for range 2 {
		_, err := w.WalkIn(pass, "N00001", dragonpass.Party{Adults: 1})
		require.NoError(t, err)
	}
	before := runtime.NumGoroutine()
	for range 500 {
		_, err := w.EPass(pass)
		require.NoError(t, err)
	}
	assert.Less(t, runtime.NumGoroutine(), before+50)
	close(release)
	<-b.arrived
	<-b.arrived
}

func TestCallbackURLIsChecked(t *testing.T) {
	for _, bad := range []string{"nonsense", "ftp://x", "http://", "//x"} {
		_, err := mock.New(mock.WithCallbackURL(bad))
		assert.ErrorContains(t, err, "expected an absolute http or https URL")
	}
}

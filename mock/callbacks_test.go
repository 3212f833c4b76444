package mock_test

import (
	"encoding/json"
	"io"
	"net/http"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/mocktest"
)

func TestCallbackPayload(t *testing.T) {
	b := mocktest.NewInbox(t)
	srv, c := mocktest.Start(t, mock.WithCallbackURL(b.URL))
	w := srv.World()
	pass := mocktest.EPassID(c.Issue(3))
	order, err := w.WalkIn(pass, "N00129", dragonpass.Party{Adults: 1, Children: 1})
	require.NoError(t, err)
	<-b.Arrived
	assert.JSONEq(t, `{"orderId":"`+order.OrderID+`","programId":"18943","membershipId":"`+pass+`","module":1,"category":1,"status":1,
		"orderCreatedDate":"2025-09-01T08:00:00+00:00","usageDate":"2025-09-01T09:00:00","orderCancelledDate":"",
		"transportHubId":"A10045","transportHubName":"Gatwick Airport","resourceId":"N00129","resourceName":"No1 Lounge Gatwick North",
		"passengers":{"cardholder":1,"guests":1}}`, b.All()[0])
	_, err = w.Reverse(order.OrderID)
	require.NoError(t, err)
	<-b.Arrived
	var cancelled obj
	require.NoError(t, json.Unmarshal([]byte(b.All()[1]), &cancelled))
	assert.Equal(t, []any{2.0, "2025-09-01T08:00:00+00:00"}, []any{cancelled["status"], cancelled["orderCancelledDate"]})
}

func TestPrebookingIsToldWhenItIsUsed(t *testing.T) {
	srv, c := mocktest.Start(t)
	pass := mocktest.EPassID(c.Issue(1))
	order := c.Book(pass, c.Place(pass, "N00001", mocktest.Thursday, 1)).OK()
	events := mocktest.Events(t, srv.World())
	assert.Empty(t, events, "a booking is no redemption")
	mocktest.Advance(t, srv.World(), 73*time.Hour+30*time.Minute)
	voucher := mocktest.Dig(order, "extra", "vouchersList").([]any)[0].(obj)["voucher"].(string)
	mocktest.Redeem(t, srv.World(), voucher)
	events = mocktest.Events(t, srv.World())
	require.Len(t, events, 1)
	assert.Equal(t, "recorded", events[0].State, "nobody is to be told, but it can be read")
	assert.Contains(t, string(events[0].Payload), `"category":2`)
	author := mocktest.Author(t, srv)
	listed := author.Get("/_mock/worlds/default/events").OK()["events"].([]any)
	assert.Len(t, listed, 1)
}

// TestCallbackRetries: what is not acknowledged is tried again after 1, 5 and 30 minutes of world time, on the way of the
// clock and before it arrives.
func TestCallbackRetries(t *testing.T) {
	b := mocktest.NewInbox(t, mocktest.Respond(500, "{}"), mocktest.Respond(200, "thanks"), mocktest.Respond(202, "{}"))
	srv, c := mocktest.Start(t, mock.WithCallbackURL(b.URL))
	w := srv.World()
	mocktest.WalkIn(t, w, mocktest.EPassID(c.Issue(1)), "N00001", 1)
	<-b.Arrived
	clock := mocktest.Advance(t, w, time.Hour)
	require.Len(t, b.All(), 4, "delivered before the clock arrived")
	var at []time.Duration
	for _, f := range clock.Fired {
		assert.Equal(t, "callback.retry", f.What)
		at = append(at, f.At.Sub(mocktest.Monday))
	}
	assert.Equal(t, []time.Duration{time.Minute, 6 * time.Minute, 36 * time.Minute}, at)
	events := mocktest.Events(t, w)
	assert.Equal(t, "delivered", events[0].State)
	var errors []string
	for _, a := range events[0].Attempts {
		errors = append(errors, a.Error)
	}
	assert.Equal(t, []string{"expected HTTP 200, got 500", "expected a JSON body", "expected HTTP 200, got 202", ""}, errors)
	assert.Equal(t, mocktest.Monday.Add(36*time.Minute), events[0].Attempts[3].At)
}

func TestCallbackGivesUpAfterThreeRetries(t *testing.T) {
	no := mocktest.Respond(500, "{}")
	b := mocktest.NewInbox(t, no, no, no, no, no)
	srv, c := mocktest.Start(t, mock.WithCallbackURL(b.URL))
	mocktest.WalkIn(t, srv.World(), mocktest.EPassID(c.Issue(1)), "N00001", 1)
	<-b.Arrived
	mocktest.Advance(t, srv.World(), 1000*time.Hour)
	assert.Len(t, b.All(), 4)
	assert.Equal(t, "failed", mocktest.Events(t, srv.World())[0].State)
}

// TestCallbackNeverBlocksTheCall: the client's endpoint hangs, the venue does not wait for it.
func TestCallbackNeverBlocksTheCall(t *testing.T) {
	release := make(chan struct{})
	b := mocktest.NewInbox(t, func(w http.ResponseWriter, _ *http.Request) { <-release; io.WriteString(w, "{}") })
	srv, c := mocktest.Start(t, mock.WithCallbackURL(b.URL))
	pass := mocktest.EPassID(c.Issue(2))
	for range 2 {
		mocktest.WalkIn(t, srv.World(), pass, "N00001", 1)
	}
	assert.Equal(t, [2]float64{0, 2}, c.Usages(pass))
	close(release)
	<-b.Arrived
	<-b.Arrived
	assert.Contains(t, b.All()[0], "DP00000000000002", "in order")
	assert.Contains(t, b.All()[1], "DP00000000000003")
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
			b := mocktest.NewInbox(t, func(w http.ResponseWriter, _ *http.Request) { close(arrived); <-release; io.WriteString(w, "{}") })
			srv, c := mocktest.Start(t, mock.WithCallbackURL(b.URL))
			w := srv.World()
			mocktest.WalkIn(t, w, mocktest.EPassID(c.Issue(1)), "N00001", 1)
			<-arrived
			require.NoError(t, w.Checkpoint("in flight"))
			snapshot, err := w.Snapshot()
			require.NoError(t, err)
			if name == "fork" {
				require.NoError(t, back(w, nil))
			}
			close(release)
			<-b.Arrived
			if name != "fork" {
				require.NoError(t, back(w, snapshot))
			}
			<-b.Arrived
			assert.Equal(t, b.All()[0], b.All()[1])
		})
	}
}

// TestHangingClientLeavesNoGoroutines: calls go on while a callback hangs, and none of them leaves one behind.
func TestHangingClientLeavesNoGoroutines(t *testing.T) {
	release := make(chan struct{})
	b := mocktest.NewInbox(t, func(w http.ResponseWriter, _ *http.Request) { <-release; io.WriteString(w, "{}") })
	srv, c := mocktest.Start(t, mock.WithCallbackURL(b.URL))
	w := srv.World()
	pass := mocktest.EPassID(c.Issue(2))
	for range 2 {
		mocktest.WalkIn(t, w, pass, "N00001", 1)
	}
	before := runtime.NumGoroutine()
	for range 500 {
		_, err := w.EPass(pass)
		require.NoError(t, err)
	}
	assert.Less(t, runtime.NumGoroutine(), before+50)
	close(release)
	<-b.Arrived
	<-b.Arrived
}

func TestCallbackURLIsChecked(t *testing.T) {
	for _, bad := range []string{"nonsense", "ftp://x", "http://", "//x"} {
		_, err := mock.New(mock.WithCallbackURL(bad))
		assert.ErrorContains(t, err, "expected an absolute http or https URL")
	}
}

package push_test

import (
	"encoding/json"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/mocktest"
)

// obj is a JSON object.
type obj = mocktest.Object

func TestCallback_OfARedemption_HasTheVendorsPayload(t *testing.T) {
	t.Parallel()
	b := mocktest.NewInbox(t)
	srv, c := mocktest.Start(t, mock.WithCallbackURL(b.URL))
	w := srv.World()
	pass := c.Pass(3)
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

// TestCallback_NotAcknowledged_IsRetriedInWorldTime: what is not acknowledged is tried again after 1, 5 and 30 minutes of
// world time, on the way of the clock and before it arrives.
func TestCallback_NotAcknowledged_IsRetriedInWorldTime(t *testing.T) {
	t.Parallel()
	b := mocktest.NewInbox(t, mocktest.Respond(500, "{}"), mocktest.Respond(200, "thanks"), mocktest.Respond(202, "{}"))
	srv, c := mocktest.Start(t, mock.WithCallbackURL(b.URL))
	w := srv.World()
	mocktest.WalkIn(t, w, c.Pass(1), "N00001", 1)
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

func TestCallback_AfterThreeRetries_GivesUp(t *testing.T) {
	t.Parallel()
	no := mocktest.Respond(500, "{}")
	b := mocktest.NewInbox(t, no, no, no, no, no)
	srv, c := mocktest.Start(t, mock.WithCallbackURL(b.URL))
	mocktest.WalkIn(t, srv.World(), c.Pass(1), "N00001", 1)
	<-b.Arrived
	mocktest.Advance(t, srv.World(), 1000*time.Hour)
	assert.Len(t, b.All(), 4)
	assert.Equal(t, "failed", mocktest.Events(t, srv.World())[0].State)
}

// TestCallback_ClientHangs_BlocksNoCall: the client's endpoint hangs, the venue does not wait for it.
func TestCallback_ClientHangs_BlocksNoCall(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	b := mocktest.NewInbox(t, mocktest.RespondAfter(release))
	srv, c := mocktest.Start(t, mock.WithCallbackURL(b.URL))
	pass := c.Pass(2)
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

// TestCallback_ClientHangs_LeavesNoGoroutines: calls go on while a callback hangs, and none of them leaves one behind. It
// runs alone, since it counts.
func TestCallback_ClientHangs_LeavesNoGoroutines(t *testing.T) {
	release := make(chan struct{})
	b := mocktest.NewInbox(t, mocktest.RespondAfter(release))
	srv, c := mocktest.Start(t, mock.WithCallbackURL(b.URL))
	w := srv.World()
	pass := c.Pass(2)
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

func TestCallback_Replayed_IsSentAgain(t *testing.T) {
	t.Parallel()
	b := mocktest.NewInbox(t)
	srv, c := mocktest.Start(t, mock.WithCallbackURL(b.URL))
	w := srv.World()
	pass := c.Pass(2)
	for range 2 {
		mocktest.WalkIn(t, w, pass, "N00001", 1)
		<-b.Arrived
	}
	events := mocktest.Events(t, w)
	require.NoError(t, w.Replay(events[1].ID)) // reordered
	<-b.Arrived
	require.NoError(t, w.Replay(events[0].ID)) // and twice
	<-b.Arrived
	got := b.All()
	assert.Equal(t, []string{got[0], got[1], got[1], got[0]}, got)
	author := mocktest.Author(t, srv)
	author.Post(mocktest.DefaultWorld+"/events/none/replay", nil).Refused("EVENT_NOT_FOUND")
}

// TestCallback_WithFaults_IsLostDoubledOrLate: lost ones come again, acknowledgements that are lost make duplicates, late
// ones are overtaken.
func TestCallback_WithFaults_IsLostDoubledOrLate(t *testing.T) {
	t.Parallel()
	b := mocktest.NewInbox(t)
	srv, c := mocktest.Start(t, mock.WithCallbackURL(b.URL))
	w := srv.World()
	pass := c.Pass(9)
	walkIn := func() { mocktest.WalkIn(t, w, pass, "N00001", 1) }
	advance := func(d time.Duration) { mocktest.Advance(t, w, d) }
	inject := func(f mock.Fault) {
		f.On, f.Times = "callback", 1
		mocktest.Inject(t, w, f)
	}
	inject(mock.Fault{Drop: mock.DropBefore})
	walkIn()
	advance(time.Minute - time.Second)
	assert.Empty(t, b.All(), "lost")
	advance(time.Second)
	assert.Len(t, b.All(), 1, "and sent again a minute later")

	inject(mock.Fault{Drop: mock.DropAfter})
	walkIn()
	advance(time.Minute)
	got := b.All()
	require.Len(t, got, 3)
	assert.Equal(t, got[1], got[2], "twice")

	delay := mock.FaultDelay{Fixed: time.Hour}
	inject(mock.Fault{Delay: &delay})
	walkIn()
	advance(0)
	walkIn()
	advance(0)
	require.Len(t, b.All(), 4, "the second has overtaken the first")
	advance(time.Hour)
	got = b.All()
	require.Len(t, got, 5)
	assert.Contains(t, got[3], "DP00000000000005")
	assert.Contains(t, got[4], "DP00000000000004", "late")

	mocktest.ClearFaults(t, w)
	mocktest.Inject(t, w, mock.Fault{On: "callback", Delay: &delay})
	walkIn()
	advance(3 * time.Hour)
	assert.Len(t, b.All(), 6, "a rule without times makes each one late, and late once")
}

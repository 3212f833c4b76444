package mock_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
)

func TestCheckpointRewindForkChanges(t *testing.T) {
	srv, c := start(t)
	w := srv.World()
	pass := ePassID(c.issue(3))
	require.NoError(t, w.Checkpoint("issued"))
	first := c.book(pass, c.place(pass, "N00001", "2025-09-04T10:30", 2)).ok()
	changes, err := w.Changes("issued")
	require.NoError(t, err)
	tables := map[string]int{}
	for _, change := range changes {
		tables[change.Table]++
		assert.False(t, len(change.Before) == 0 && len(change.After) == 0)
	}
	assert.Equal(t, map[string]int{"ePasses": 1, "orders": 1, "usage": 1, "vouchers": 1, "tokens": 1, "tokenAges": 1, "slots": 1}, tables)

	fork, err := w.Fork()
	require.NoError(t, err)
	assert.NotEqual(t, w.Credentials(), fork.Credentials())
	_, err = w.Advance(100 * time.Hour)
	require.NoError(t, err)
	require.NoError(t, w.Rewind("issued"))
	assert.Equal(t, monday, w.Clock().Now)
	assert.Equal(t, [2]float64{3, 0}, c.usages(pass))
	assert.Equal(t, first, c.book(pass, c.place(pass, "N00001", "2025-09-04T10:30", 2)).ok(), "ids, tokens and all")

	other := c.in(fork)
	assert.Equal(t, [2]float64{1, 2}, other.usages(pass), "the fork goes its own way")
	other.call("PATCH", "/orders", obj{"status": 3, "orderId": first["orderId"]}).ok()
	assert.Equal(t, [2]float64{1, 2}, c.usages(pass))
	fork.Reset()
	assert.Equal(t, [2]float64{1, 2}, other.usages(pass), "a reset of the fork goes back to how it began")
	assert.ErrorContains(t, w.Rewind("never"), "CHECKPOINT_NOT_FOUND")

	author := &client{t: t, url: srv.URL, extra: http.Header{}}
	const world = "/_mock/worlds/default"
	author.post(world+"/checkpoints/now", nil).ok()
	c.issue(1)
	assert.NotEmpty(t, author.get(world + "/changes?since=now").ok()["changes"])
	author.post(world+"/restore", obj{"name": "now"}).ok()
	assert.Empty(t, author.get(world + "/changes?since=now").ok()["changes"])
	author.post(world+"/restore", obj{"name": "then"}).refused("CHECKPOINT_NOT_FOUND")
	author.post(world+"/checkpoints/no%20spaces", nil).refused("INVALID_REQUEST")
	forked := author.post(world+"/fork", nil).ok()
	state := author.get(world + "/state").ok()
	assert.Equal(t, state, author.get("/_mock/worlds/"+forked["id"].(string)+"/state").ok())
	c.issue(1)
	author.call("PUT", world+"/state", state).ok()
	assert.Equal(t, state, author.get(world+"/state").ok())
	state["version"] = 99
	author.call("PUT", world+"/state", state).refused("INVALID_REQUEST")
}

func TestTheAuthorsWord(t *testing.T) {
	srv, c := start(t)
	w := srv.World()
	pass := ePassID(c.issue(3))
	pending := func() string {
		return c.book(pass, c.place(pass, "N99904", "2025-09-04T10:30", 1)).ok()["orderId"].(string)
	}
	confirmed, err := w.Confirm(pending())
	require.NoError(t, err)
	assert.Len(t, confirmed.Vouchers, 1)
	_, err = w.Confirm(confirmed.OrderID)
	assert.ErrorContains(t, err, "is not pending")
	failed, err := w.Fail(pending())
	require.NoError(t, err)
	assert.Equal(t, dragonpass.Failed, failed.Status)
	assert.Equal(t, [2]float64{2, 1}, c.usages(pass))
	author := &client{t: t, url: srv.URL, extra: http.Header{}}
	const world = "/_mock/worlds/default"
	assert.Equal(t, 1.0, author.post(world+"/orders/"+pending()+"/confirm", nil).ok()["status"])
	author.post(world+"/orders/none/fail", nil).refused("ORDER_NOT_FOUND")
	author.post(world+"/ePasses/"+pass+"/expire", nil).ok()
	_, err = w.WalkIn(pass, "N00001", dragonpass.Party{Adults: 1})
	assert.ErrorContains(t, err, "EPASS_EXPIRED")
	issued, err := w.IssueEPass(dragonpass.EPass{Module: 1, ClientUserID: "u-7", FirstName: "A", LastName: "B", Granted: 2, ExpirationDate: monday.AddDate(1, 0, 0)})
	require.NoError(t, err)
	assert.Equal(t, [2]float64{2, 0}, c.usages(issued.EPassID))
}

func TestReplayedCallbacks(t *testing.T) {
	b := newInbox(t)
	srv, c := start(t, mock.WithCallbackURL(b.URL))
	w := srv.World()
	pass := ePassID(c.issue(2))
	for range 2 {
		_, err := w.WalkIn(pass, "N00001", dragonpass.Party{Adults: 1})
		require.NoError(t, err)
		<-b.arrived
	}
	events, err := w.Events()
	require.NoError(t, err)
	require.NoError(t, w.Replay(events[1].ID)) // reordered
	<-b.arrived
	require.NoError(t, w.Replay(events[0].ID)) // and twice
	<-b.arrived
	got := b.all()
	assert.Equal(t, []string{got[0], got[1], got[1], got[0]}, got)
	author := &client{t: t, url: srv.URL, extra: http.Header{}}
	author.post("/_mock/worlds/default/events/none/replay", nil).refused("EVENT_NOT_FOUND")
}

// TestCallbackFaults: lost ones come again, acknowledgements that are lost make duplicates, late ones are overtaken.
func TestCallbackFaults(t *testing.T) {
	b := newInbox(t)
	srv, c := start(t, mock.WithCallbackURL(b.URL))
	w := srv.World()
	pass := ePassID(c.issue(9))
	walkIn := func() {
		_, err := w.WalkIn(pass, "N00001", dragonpass.Party{Adults: 1})
		require.NoError(t, err)
	}
	advance := func(d time.Duration) {
		_, err := w.Advance(d)
		require.NoError(t, err)
	}
	inject := func(f mock.Fault) {
		f.On, f.Times = "callback", 1
		_, err := w.Inject(f)
		require.NoError(t, err)
	}
	inject(mock.Fault{Drop: mock.DropBefore})
	walkIn()
	advance(time.Minute - time.Second)
	assert.Empty(t, b.all(), "lost")
	advance(time.Second)
	assert.Len(t, b.all(), 1, "and sent again a minute later")

	inject(mock.Fault{Drop: mock.DropAfter})
	walkIn()
	advance(time.Minute)
	got := b.all()
	require.Len(t, got, 3)
	assert.Equal(t, got[1], got[2], "twice")

	delay := mock.FaultDelay{Fixed: mock.FaultDuration(time.Hour)}
	inject(mock.Fault{Delay: &delay})
	walkIn()
	advance(0)
	walkIn()
	advance(0)
	require.Len(t, b.all(), 4, "the second has overtaken the first")
	advance(time.Hour)
	got = b.all()
	require.Len(t, got, 5)
	assert.Contains(t, got[3], "DP00000000000005")
	assert.Contains(t, got[4], "DP00000000000004", "late")

	w.ClearFaults()
	_, err := w.Inject(mock.Fault{On: "callback", Delay: &delay})
	require.NoError(t, err)
	walkIn()
	advance(3 * time.Hour)
	assert.Len(t, b.all(), 6, "a rule without times makes each one late, and late once")
}

package mock_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/mocktest"
)

func TestCheckpointRewindForkChanges(t *testing.T) {
	srv, c := mocktest.Start(t)
	w := srv.World()
	pass := mocktest.EPassID(c.Issue(3))
	require.NoError(t, w.Checkpoint("issued"))
	first := c.Book(pass, c.Place(pass, "N00001", mocktest.Thursday, 2)).OK()
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
	mocktest.Advance(t, w, 100*time.Hour)
	require.NoError(t, w.Rewind("issued"))
	assert.Equal(t, mocktest.Monday, mocktest.Now(t, w))
	assert.Equal(t, [2]float64{3, 0}, c.Usages(pass))
	assert.Equal(t, first, c.Book(pass, c.Place(pass, "N00001", mocktest.Thursday, 2)).OK(), "ids, tokens and all")

	other := c.In(fork)
	assert.Equal(t, [2]float64{1, 2}, other.Usages(pass), "the fork goes its own way")
	other.Call("PATCH", "/orders", obj{"status": 3, "orderId": first["orderId"]}).OK()
	assert.Equal(t, [2]float64{1, 2}, c.Usages(pass))
	mocktest.Reset(t, fork)
	assert.Equal(t, [2]float64{1, 2}, other.Usages(pass), "a reset of the fork goes back to how it began")
	assert.ErrorContains(t, w.Rewind("never"), "CHECKPOINT_NOT_FOUND")

	author := mocktest.Author(t, srv)
	const world = "/_mock/worlds/default"
	author.Post(world+"/checkpoints/now", nil).OK()
	c.Issue(1)
	assert.NotEmpty(t, author.Get(world + "/changes?since=now").OK()["changes"])
	author.Post(world+"/restore", obj{"name": "now"}).OK()
	assert.Empty(t, author.Get(world + "/changes?since=now").OK()["changes"])
	author.Post(world+"/restore", obj{"name": "then"}).Refused("CHECKPOINT_NOT_FOUND")
	author.Post(world+"/checkpoints/no%20spaces", nil).Refused("INVALID_REQUEST")
	forked := author.Post(world+"/fork", nil).OK()
	state := author.Get(world + "/state").OK()
	assert.Equal(t, state, author.Get("/_mock/worlds/"+forked["id"].(string)+"/state").OK())
	c.Issue(1)
	author.Call("PUT", world+"/state", state).OK()
	assert.Equal(t, state, author.Get(world+"/state").OK())
	state["version"] = 99
	author.Call("PUT", world+"/state", state).Refused("INVALID_REQUEST")
}

func TestTheAuthorsWord(t *testing.T) {
	srv, c := mocktest.Start(t)
	w := srv.World()
	pass := mocktest.EPassID(c.Issue(3))
	pending := func() string {
		return c.Book(pass, c.Place(pass, "N99904", mocktest.Thursday, 1)).OK()["orderId"].(string)
	}
	confirmed, err := w.Confirm(pending())
	require.NoError(t, err)
	assert.Len(t, confirmed.Vouchers, 1)
	_, err = w.Confirm(confirmed.OrderID)
	assert.ErrorContains(t, err, "is not pending")
	failed, err := w.Fail(pending())
	require.NoError(t, err)
	assert.Equal(t, dragonpass.Failed, failed.Status)
	assert.Equal(t, [2]float64{2, 1}, c.Usages(pass))
	author := mocktest.Author(t, srv)
	const world = "/_mock/worlds/default"
	assert.Equal(t, 1.0, author.Post(world+"/orders/"+pending()+"/confirm", nil).OK()["status"])
	author.Post(world+"/orders/none/fail", nil).Refused("ORDER_NOT_FOUND")
	author.Post(world+"/ePasses/"+pass+"/expire", nil).OK()
	_, err = w.WalkIn(pass, "N00001", dragonpass.Party{Adults: 1})
	assert.ErrorContains(t, err, "EPASS_EXPIRED")
	issued := mocktest.IssueEPass(t, w, "u-7", 2, mocktest.Monday.AddDate(1, 0, 0))
	assert.Equal(t, [2]float64{2, 0}, c.Usages(issued.EPassID))
}

func TestReplayedCallbacks(t *testing.T) {
	b := mocktest.NewInbox(t)
	srv, c := mocktest.Start(t, mock.WithCallbackURL(b.URL))
	w := srv.World()
	pass := mocktest.EPassID(c.Issue(2))
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
	author.Post("/_mock/worlds/default/events/none/replay", nil).Refused("EVENT_NOT_FOUND")
}

// TestCallbackFaults: lost ones come again, acknowledgements that are lost make duplicates, late ones are overtaken.
func TestCallbackFaults(t *testing.T) {
	b := mocktest.NewInbox(t)
	srv, c := mocktest.Start(t, mock.WithCallbackURL(b.URL))
	w := srv.World()
	pass := mocktest.EPassID(c.Issue(9))
	walkIn := func() {
		mocktest.WalkIn(t, w, pass, "N00001", 1)
	}
	advance := func(d time.Duration) {
		mocktest.Advance(t, w, d)
	}
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

	delay := mock.FaultDelay{Fixed: mock.FaultDuration(time.Hour)}
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

package world_test

import (
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/clock"
	"dragonmock/mock/internal/mocktest"
)

func TestClock_Moved_KeepsItsMode(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t)
	w := srv.World()
	wall := time.Now()
	near := func(want time.Time, c mock.Clock) {
		t.Helper()
		assert.WithinDuration(t, want, c.Now, time.Minute)
	}
	assert.Equal(t, "real", mocktest.Clock(t, w).Mode)
	near(wall, mocktest.Clock(t, w))
	clock := mocktest.Advance(t, w, 72*time.Hour)
	assert.Equal(t, "offset", clock.Mode, "a real clock that is moved runs on at a distance")
	near(wall.Add(72*time.Hour), clock)
	clock = mocktest.Freeze(t, w)
	assert.Equal(t, "frozen", clock.Mode)
	stood := clock.Now
	clock = mocktest.Advance(t, w, time.Hour)
	assert.Equal(t, stood.Add(time.Hour), clock.Now)
	assert.Equal(t, "frozen", clock.Mode)
	clock = mocktest.SetClock(t, w, mocktest.Monday)
	assert.Equal(t, mocktest.Monday, clock.Now)
	assert.Equal(t, "frozen", clock.Mode)
	clock = mocktest.Follow(t, w)
	assert.Equal(t, "offset", clock.Mode)
	near(mocktest.Monday, clock)
	clock = mocktest.SetClock(t, w, mocktest.Monday.Add(time.Hour))
	near(mocktest.Monday.Add(time.Hour), clock)
	clock = mocktest.FollowWall(t, w)
	assert.Equal(t, "real", clock.Mode)
	near(wall, clock)
	_, err := mocktest.TryAdvance(t, w, -time.Second)
	assert.ErrorContains(t, err, "0 or more")
}

// TestClock_BeyondItsYears_IsRefused: beyond them a clock would silently show another time.
func TestClock_BeyondItsYears_IsRefused(t *testing.T) {
	t.Parallel()
	srv, _ := mocktest.Start(t)
	w := srv.World()
	const years = "in the years 1970 to 2199"
	for _, at := range []time.Time{{}, mocktest.Monday.AddDate(-60, 0, 0), mocktest.Monday.AddDate(175, 0, 0)} {
		_, err := w.SetClock(at)
		assert.ErrorContains(t, err, years)
		_, err = srv.NewWorld(mock.WithClock(at))
		assert.ErrorContains(t, err, years)
	}
	_, err := mocktest.TryAdvance(t, w, 200*365*24*time.Hour)
	assert.ErrorContains(t, err, years)
	assert.Equal(t, mocktest.Monday, mocktest.Now(t, w))
	author := mocktest.Author(t, srv)
	for _, at := range []string{"0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"} {
		assert.Contains(t, author.Post(mocktest.DefaultWorld+"/clock", obj{"set": at}).Refused("INVALID_REQUEST"), "/set: expected an instant "+years)
		assert.Contains(t, author.Post("/_mock/worlds", obj{"clock": at}).Refused("INVALID_REQUEST"), years)
		assert.Contains(t, author.Post("/_mock/worlds", obj{"scenario": obj{"name": "x", "given": obj{"clock": at}}}).Refused("INVALID_REQUEST"), "/given/clock: expected an instant "+years)
	}
}

// TestClock_SetBack_UndoesNothing: what has happened stays happened.
func TestClock_SetBack_UndoesNothing(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	pass := c.Pass(1)
	order := c.Booked(pass, "N00001", mocktest.Thursday, 1)
	mocktest.SetClock(t, srv.World(), mocktest.Monday.Add(-48*time.Hour))
	assert.Equal(t, order, c.Order(order["orderId"]).OK())
	c.Cancel(order["orderId"]).OK()
}

// TestConfirmation_WithinASecond_ComesWithTheNextSecond: a frozen clock has whole seconds, so what is due between two
// comes with the second.
func TestConfirmation_WithinASecond_ComesWithTheNextSecond(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	w := srv.World()
	r := mocktest.PatchResource(t, w, "N00001", `{"confirm":{"after":"1d"}}`)
	assert.Equal(t, 24*time.Hour, r.Confirmation.After)
	mocktest.PatchResource(t, w, "N00001", `{"confirm":{"after":"1500ms"}}`)
	pass := c.Pass(1)
	order := c.Booked(pass, "N00001", mocktest.Thursday, 1)
	clock := mocktest.Advance(t, w, time.Hour)
	require.NotEmpty(t, clock.Fired)
	assert.Equal(t, mocktest.Monday.Add(2*time.Second), clock.Fired[0].At)
	assert.Equal(t, order["orderId"], clock.Fired[0].ID)
}

// TestConfirmation_WithinASecond_LeavesNothingBehind: neither an order that waits, nor one that was settled before.
func TestConfirmation_WithinASecond_LeavesNothingBehind(t *testing.T) {
	t.Parallel()
	for name, settle := range map[string]func(w *mock.World, c *mocktest.Client, order string){
		"pending":   func(*mock.World, *mocktest.Client, string) {},
		"confirmed": func(w *mock.World, _ *mocktest.Client, order string) { _, _ = w.Confirm(order) },
		"failed":    func(w *mock.World, _ *mocktest.Client, order string) { _, _ = w.Fail(order) },
		"cancelled": func(_ *mock.World, c *mocktest.Client, order string) { c.Cancel(order).OK() },
	} {
		srv, c := mocktest.Start(t)
		w := srv.World()
		mocktest.PatchResource(t, w, "N00001", `{"confirm":{"after":"1500ms"}}`)
		order := c.Booked(c.Pass(2), "N00001", mocktest.Thursday, 1)["orderId"].(string)
		settle(w, c, order)
		snapshot, err := w.Snapshot()
		require.NoError(t, err)
		require.NoError(t, w.LoadSnapshot(snapshot), name)
		fired := mocktest.Advance(t, w, time.Hour).Fired
		if name != "pending" {
			assert.Empty(t, fired, name)
		} else if assert.Len(t, fired, 1) {
			assert.Equal(t, mocktest.Monday.Add(2*time.Second), fired[0].At)
		}
	}
}

// TestClock_RunningToItsEnd_StandsThere: what it shows there can be kept: by a snapshot, a checkpoint and a state file.
func TestClock_RunningToItsEnd_StandsThere(t *testing.T) {
	file := filepath.Join(t.TempDir(), "state.json")
	end := time.Date(2199, 12, 31, 23, 59, 59, 0, time.UTC)
	synctest.Test(t, func(t *testing.T) {
		srv, err := mock.New(mock.WithState(file))
		require.NoError(t, err)
		w := srv.World()
		_, err = w.SetClock(end.Add(-time.Hour))
		require.NoError(t, err)
		time.Sleep(48 * time.Hour)
		clock := mocktest.Clock(t, w)
		assert.Equal(t, end, clock.Now)
		assert.Equal(t, "offset", clock.Mode)
		pass := mocktest.IssueEPass(t, w, "u", 1, end.Add(time.Hour))
		require.NoError(t, w.Checkpoint("at"))
		require.NoError(t, w.LoadSnapshot([]byte(mocktest.Snapshot(t, w))))
		require.NoError(t, w.Rewind("at"))
		_, err = w.Advance(0)
		require.NoError(t, err)
		_, err = w.Advance(time.Second)
		require.ErrorContains(t, err, "in the years 1970 to 2199")
		mocktest.NewWorld(t, srv)
		srv.Close()
		require.NoError(t, srv.SaveState())
		time.Sleep(200 * 365 * 24 * time.Hour) // the wall itself is near the end now

		again, err := mock.New(mock.WithState(file))
		require.NoError(t, err)
		assert.Equal(t, end, mocktest.Now(t, again.World()))
		require.NoError(t, again.World().Rewind("at"))
		_, err = again.World().EPass(pass.EPassID)
		require.NoError(t, err)
		time.Sleep(365 * 24 * time.Hour)
		real, err := again.World().FollowWall()
		require.NoError(t, err)
		assert.Equal(t, end, real.Now)
		_, err = again.World().Freeze()
		require.NoError(t, err)
		require.NoError(t, again.World().LoadSnapshot([]byte(mocktest.Snapshot(t, again.World()))))
		again.Close()
		require.NoError(t, again.SaveState())
	})
	srv, err := mock.New(mock.WithState(file)) // on a machine whose time is now
	require.NoError(t, err)
	defer srv.Close()
	assert.Equal(t, end, mocktest.Now(t, srv.World()))
}

// TestClock_OfAWallThatWasSetBack_IsTaken: a running clock at the beginning of its years does not go before it.
func TestClock_OfAWallThatWasSetBack_IsTaken(t *testing.T) {
	t.Parallel()
	wall := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	first := time.Unix(0, 0).UTC()
	runs := clock.RunningFrom(first, wall)
	assert.Equal(t, first, runs.Now(wall.Add(-time.Minute)))
	assert.NoError(t, runs.Check(wall.Add(-time.Minute)))
	for _, row := range []struct {
		clock clock.Clock
		want  string
	}{
		{clock.Clock{}, ""},
		{clock.Clock{Ahead: 240 * 365 * 24 * time.Hour}, "at most"},
		{clock.Clock{Ahead: -100 * 365 * 24 * time.Hour}, "in the years 1970 to 2199"},
		{clock.Clock{At: wall, Ahead: 1}, "not both"},
		{clock.FrozenAt(first.Add(-time.Second)), "in the years"},
		{clock.FrozenAt(time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)), "in the years"},
		{clock.FrozenAt(time.Date(2199, 12, 31, 23, 59, 59, 0, time.UTC)), ""},
	} {
		if err := row.clock.Check(wall); row.want != "" {
			assert.ErrorContains(t, err, row.want)
		} else {
			assert.NoError(t, err)
		}
	}
}

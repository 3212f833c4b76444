package push_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/mocktest"
)

// told makes one event in a world that tells the inbox, and returns the world once the first attempt is over.
func told(t *testing.T, b *mocktest.Inbox) (*mock.World, mock.Event) {
	t.Helper()
	srv, c := mocktest.Start(t, mock.WithCallbackURL(b.URL))
	w := srv.World()
	_, err := w.WalkIn(mocktest.EPassID(c.Issue(1)), "N00001", dragonpass.Party{Adults: 1})
	require.NoError(t, err)
	return w, settled(t, w)
}

// settled returns the one event of a world, when nothing is on its way.
func settled(t *testing.T, w *mock.World) mock.Event {
	t.Helper()
	_, err := w.Advance(0) // waits for what is to be delivered now
	require.NoError(t, err)
	events, err := w.Events()
	require.NoError(t, err)
	require.Len(t, events, 1)
	return events[0]
}

// TestReplay_NotAcknowledged_IsRetriedFromTheFirstDelay: the attempts before a replay do not shorten its retries.
func TestReplay_NotAcknowledged_IsRetriedFromTheFirstDelay(t *testing.T) {
	no := mocktest.Respond(500, "{}")
	b := mocktest.NewInbox(t, no, no, no, no, no, no, no, no)
	w, event := told(t, b)
	_, err := w.Advance(1000 * time.Hour)
	require.NoError(t, err)
	require.Equal(t, "failed", settled(t, w).State)
	require.NoError(t, w.Replay(event.ID))
	event = settled(t, w)
	require.Equal(t, "waiting", event.State)
	replayed := event.Attempts[4].At
	clock, err := w.Advance(1000 * time.Hour)
	require.NoError(t, err)
	var after []time.Duration
	for _, f := range clock.Fired {
		after = append(after, f.At.Sub(replayed))
	}
	assert.Equal(t, []time.Duration{time.Minute, 6 * time.Minute, 36 * time.Minute}, after)
	event = settled(t, w)
	assert.Equal(t, "failed", event.State)
	assert.Len(t, event.Attempts, 8)
}

// TestReplay_Often_RemembersTheLatestAttempts: a client that is told for hours does not fill the memory.
func TestReplay_Often_RemembersTheLatestAttempts(t *testing.T) {
	b := mocktest.NewInbox(t, mocktest.Respond(500, "{}"))
	w, event := told(t, b)
	require.Equal(t, 500, event.Attempts[0].Status)
	for range 110 {
		require.NoError(t, w.Replay(event.ID))
		event = settled(t, w)
		<-b.Arrived
	}
	assert.Len(t, event.Attempts, 100)
	assert.Equal(t, 200, event.Attempts[0].Status, "the oldest are forgotten")
	assert.Len(t, b.All(), 111)
}

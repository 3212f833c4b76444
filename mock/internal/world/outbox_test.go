package world_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

func TestPrebooking_Used_IsRecordedAsAnEvent(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	pass := c.Pass(1)
	order := c.Booked(pass, "N00001", mocktest.Thursday, 1)
	events := mocktest.Events(t, srv.World())
	assert.Empty(t, events, "a booking is no redemption")
	mocktest.Advance(t, srv.World(), 73*time.Hour+30*time.Minute)
	voucher := mocktest.FirstVoucher(order)
	mocktest.Redeem(t, srv.World(), voucher)
	events = mocktest.Events(t, srv.World())
	require.Len(t, events, 1)
	assert.Equal(t, "recorded", events[0].State, "nobody is to be told, but it can be read")
	assert.Contains(t, string(events[0].Payload), `"category":2`)
	author := mocktest.Author(t, srv)
	listed := author.Get(mocktest.DefaultWorld + "/events").OK()["events"].([]any)
	assert.Len(t, listed, 1)
}

// TestCallback_OnItsWayWhenSaved_IsSentAgain: what was on its way when a state was saved is sent again when the state returns.
func TestCallback_OnItsWayWhenSaved_IsSentAgain(t *testing.T) {
	t.Parallel()
	for name, back := range map[string]func(w *mock.World, snapshot []byte) error{
		"checkpoint": func(w *mock.World, _ []byte) error { return w.Rewind("in-flight") },
		"snapshot":   func(w *mock.World, snapshot []byte) error { return w.LoadSnapshot(snapshot) },
		"fork":       func(w *mock.World, _ []byte) error { _, err := w.Fork(); return err },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			arrived, release := make(chan struct{}), make(chan struct{})
			b := mocktest.NewInbox(t, func(w http.ResponseWriter, r *http.Request) {
				close(arrived)
				mocktest.RespondAfter(release)(w, r)
			})
			srv, c := mocktest.Start(t, mock.WithCallbackURL(b.URL))
			w := srv.World()
			mocktest.WalkIn(t, w, c.Pass(1), "N00001", 1)
			<-arrived
			require.NoError(t, w.Checkpoint("in-flight"))
			snapshot := []byte(mocktest.Snapshot(t, w))
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

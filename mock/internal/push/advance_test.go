package push_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

// TestAdvance_WhoseReceiverPutsTheWorldElsewhere_Ends: the receiver does not wait for the advance, which waits for it, and
// what it was answered holds.
func TestAdvance_WhoseReceiverPutsTheWorldElsewhere_Ends(t *testing.T) {
	t.Parallel()
	for name, back := range map[string]func(w *mock.World, early []byte) error{
		"reset":   func(w *mock.World, _ []byte) error { return w.Reset() },
		"restore": func(w *mock.World, _ []byte) error { return w.Rewind("early") },
		"load":    func(w *mock.World, early []byte) error { return w.LoadSnapshot(early) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var w *mock.World
			var early []byte
			var after string
			b := mocktest.NewInbox(t, mocktest.Respond(http.StatusInternalServerError, "{}"), func(rw http.ResponseWriter, r *http.Request) {
				assert.NoError(t, back(w, early))
				snapshot, err := w.Snapshot()
				assert.NoError(t, err)
				after = string(snapshot)
				mocktest.Respond(http.StatusOK, "{}")(rw, r)
			})
			srv, c := mocktest.Start(t, mock.WithCallbackURL(b.URL))
			w = srv.World()
			pass := c.Pass(1)
			require.NoError(t, w.Checkpoint("early"))
			early = []byte(mocktest.Snapshot(t, w))
			mocktest.WalkIn(t, w, pass, "N00001", 1)
			<-b.Arrived
			began := time.Now()
			refused := mocktest.Author(t, srv).Post(mocktest.DefaultWorld+"/clock", obj{"advance": "24h"})
			assert.Contains(t, refused.Refused("SERVICE_UNAVAILABLE"), "the clock was stopped on its way: meanwhile ")
			assert.Equal(t, 503, refused.Status)
			assert.Less(t, time.Since(began), 9*time.Second, "nobody waited until somebody gave up")
			assert.Equal(t, after, mocktest.Snapshot(t, w), "what was delivered before is not noted in what came after")
			assert.Equal(t, mocktest.Monday, mocktest.Now(t, w))
			mocktest.Advance(t, w, 24*time.Hour)
			require.Len(t, b.All(), 2, "and no retry is left over")
		})
	}
}

package push_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

// TestCallbacks_BeyondTheirBound_AreCounted: wherever somebody may look, for a client that hangs and for one that has all.
func TestCallbacks_BeyondTheirBound_AreCounted(t *testing.T) {
	t.Parallel()
	hang := make(chan struct{})
	b := mocktest.NewInbox(t, mocktest.RespondAfter(hang))
	defer close(hang)
	for _, row := range []struct {
		name, url    string
		listed, want []float64 // how many events and deliveries are listed; how many were dropped and missed
	}{
		{"a client that hangs", b.URL, []float64{1000, 0}, []float64{2, 2}},
		{"a world that takes them itself", "sink", []float64{1000, 1000}, []float64{2, 0}},
		{"a world that tells nobody", "", []float64{1000, 0}, []float64{2, 0}},
	} {
		t.Run(row.name, func(t *testing.T) {
			var log bytes.Buffer
			opts := []mock.ServerOption{mock.WithLog(slog.New(slog.NewTextHandler(&log, nil)))}
			if row.url != "" {
				opts = append(opts, mock.WithCallbackURL(row.url))
			}
			srv, c := mocktest.Start(t, opts...)
			w, a := srv.World(), mocktest.Author(t, srv)
			pass := c.Pass(1002)
			for range 1002 {
				mocktest.WalkIn(t, w, pass, "N00001", 1)
			}
			events, arrived := a.Get(mocktest.DefaultWorld+"/events").OK(), a.Get(mocktest.DefaultWorld+"/deliveries").OK()
			assert.Equal(t, row.listed, []float64{float64(len(events["events"].([]any))), float64(len(arrived["deliveries"].([]any)))})
			for _, answer := range []mocktest.Object{events, arrived} {
				assert.Equal(t, []any{row.want[0], row.want[1]}, []any{answer["dropped"], answer["missed"]})
			}
			dropped, err := w.DroppedEvents()
			require.NoError(t, err)
			assert.Equal(t, mock.DroppedEvents{All: int(row.want[0]), Missed: int(row.want[1])}, dropped)
			scraped := "\n" + string(a.Get("/metrics").Raw)
			assert.Contains(t, scraped, "\ndragonmock_callbacks_missed "+map[bool]string{true: "2", false: "0"}[row.want[1] > 0]+"\n")
			assert.Equal(t, int(min(row.want[1], 1)), strings.Count(log.String(), "was not delivered is forgotten"), "one warning")
			require.NoError(t, w.LoadSnapshot([]byte(mocktest.Snapshot(t, w))))
			again, err := w.DroppedEvents()
			require.NoError(t, err)
			assert.Equal(t, dropped, again, "a snapshot has it")
			mocktest.Reset(t, w)
			fresh, err := w.DroppedEvents()
			require.NoError(t, err)
			assert.Zero(t, fresh)
		})
	}
}

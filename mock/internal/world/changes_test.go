package world_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/mocktest"
)

// TestChanges_TellWhatDiffers: and nothing else, of a world that has rows in all tables.
func TestChanges_TellWhatDiffers(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "state.json")
	srv, c := mocktest.Start(t, mock.WithState(file), mock.WithCallbackURL("sink"))
	w := srv.World()
	mocktest.FillTables(t, w, c)
	mocktest.Inject(t, w, mock.Fault{ID: "rule", On: "retrieveResource", Times: 2, Error: dragonpass.ResourceNotFound})
	require.NoError(t, w.Checkpoint("then"))
	told := func(t *testing.T, w *mock.World) map[string]int {
		t.Helper()
		changes, err := w.Changes("then")
		require.NoError(t, err)
		tables := map[string]int{}
		for _, change := range changes {
			tables[change.Table]++
			assert.NotEqual(t, string(change.Before), string(change.After))
		}
		return tables
	}
	clock := func(t *testing.T) mock.Change {
		t.Helper()
		changes, err := w.Changes("then")
		require.NoError(t, err)
		require.NotEmpty(t, changes)
		return changes[0]
	}
	for _, row := range []struct {
		name string
		do   func(t *testing.T)
		want map[string]int
	}{
		{"nothing", func(*testing.T) {}, map[string]int{}},
		{"the same state", func(t *testing.T) { require.NoError(t, w.LoadSnapshot([]byte(mocktest.Snapshot(t, w)))) }, map[string]int{}},
		{"a clock that stands and is stopped", func(t *testing.T) { mocktest.Freeze(t, w) }, map[string]int{}},
		{"a clock that is set where it stands", func(t *testing.T) { mocktest.SetClock(t, w, mocktest.Monday) }, map[string]int{}},
		{"an advance", func(t *testing.T) {
			mocktest.Advance(t, w, time.Second)
			assert.Equal(t, mock.Change{
				Table: "clock", Key: "clock", Before: []byte(`{"At":"2025-09-01T08:00:00Z"}`), After: []byte(`{"At":"2025-09-01T08:00:01Z"}`),
			}, clock(t))
		}, map[string]int{"clock": 1}},
		{"a clock that is set back", func(t *testing.T) { mocktest.SetClock(t, w, mocktest.Monday.Add(-time.Hour)) }, map[string]int{"clock": 1}},
		{"a clock that runs on", func(t *testing.T) {
			mocktest.Follow(t, w)
			assert.Regexp(t, `^{"Ahead":"-?\d+h`, string(clock(t).After))
		}, map[string]int{"clock": 1}},
		{"a fault rule more", func(t *testing.T) {
			mocktest.Inject(t, w, mock.Fault{On: "retrieveResource", Error: dragonpass.ResourceNotFound})
		}, map[string]int{"faults": 1}},
		{"a fault rule less", func(t *testing.T) { require.NoError(t, w.RemoveFault("rule")) }, map[string]int{"faults": 1}},
		{"no fault rules", func(t *testing.T) { mocktest.ClearFaults(t, w) }, map[string]int{"faults": len(mocktest.Faults(t, w))}},
		{"a fault rule that acted", func(t *testing.T) { c.Get("/resources/N00001").Refused("RESOURCE_NOT_FOUND") }, map[string]int{"faults": 1}},
	} {
		t.Run(row.name, func(t *testing.T) {
			row.do(t)
			assert.Equal(t, row.want, told(t, w))
			listed := mocktest.Author(t, srv).Get(mocktest.DefaultWorld + "/changes?since=then").OK()["changes"].([]any)
			sum := 0
			for _, n := range row.want {
				sum += n
			}
			assert.Len(t, listed, sum, "as over HTTP")
			require.NoError(t, w.Rewind("then"))
			assert.Empty(t, told(t, w), "nothing is left of it")
		})
	}
	require.NoError(t, srv.CloseAndSave())
	again := mock.Start(t, mock.WithState(file))
	assert.Empty(t, told(t, again.World()), "a restart changes nothing")
}

package statefile_test

import (
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/statefile"
)

// TestServer_Ending_HoldsItsFileUntilTheLastSave: whoever waits for the file finds all that there was, also what came
// after the first save of a stop.
func TestServer_Ending_HoldsItsFileUntilTheLastSave(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("there is no lock")
	}
	for range 20 { // a file that is free for a moment is not always caught
		path := filepath.Join(t.TempDir(), "state.json")
		srv, err := mock.New(mock.WithState(path))
		require.NoError(t, err)
		require.NoError(t, srv.SaveState())
		_, err = srv.World().IssueEPass(mock.EPassRequest{Module: 1, ClientUserID: "late", FirstName: "A", LastName: "B", Usages: 1, ExpirationDate: time.Now().AddDate(1, 0, 0)})
		require.NoError(t, err)
		waiting, next := make(chan struct{}), make(chan []byte)
		go func() {
			for tries := 0; ; tries++ {
				if f, from, err := statefile.Open(path); err == nil {
					data, _ := io.ReadAll(from)
					_ = from.Close()
					f.Close()
					next <- data
					return
				}
				if tries == 0 {
					close(waiting)
				}
				runtime.Gosched()
			}
		}()
		<-waiting
		assert.NoError(t, srv.CloseAndSave())
		assert.Contains(t, string(<-next), `"late"`)
		srv.Close() // twice does no harm
	}
}

// TestServer_WithoutAFile_ClosesAndSaysSo: nothing is saved in silence.
func TestServer_WithoutAFile_ClosesAndSaysSo(t *testing.T) {
	t.Parallel()
	srv, err := mock.New()
	require.NoError(t, err)
	assert.ErrorContains(t, srv.CloseAndSave(), "without WithState")
}

// TestServer_SavedTwice_WritesWhatChanged: nothing when nothing has changed, and again when the file is gone or is another.
func TestServer_SavedTwice_WritesWhatChanged(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state.json")
	srv, err := mock.New(mock.WithState(path))
	require.NoError(t, err)
	defer srv.Close()
	save := func() os.FileInfo {
		t.Helper()
		require.NoError(t, srv.SaveState())
		info, err := os.Stat(path)
		require.NoError(t, err)
		return info
	}
	first := save()
	assert.True(t, os.SameFile(first, save()), "it is not written again")
	require.NoError(t, srv.World().Checkpoint("kept"))
	second := save()
	assert.False(t, os.SameFile(first, second) && first.Size() == second.Size())
	require.NoError(t, os.Remove(path))
	assert.Equal(t, second.Size(), save().Size(), "it was gone")
	_, err = srv.NewWorld()
	require.NoError(t, err)
	assert.Greater(t, save().Size(), second.Size())
}

package world_test

import (
	"context"
	"net/http"
	"os"
	"reflect"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

// refusesAll holds that every method of a world that touches its state refuses with words. Methods are found by
// reflection, so that no new one is forgotten.
func refusesAll(t *testing.T, w *mock.World, snapshot []byte) {
	t.Helper()
	harmless := []string{"Client", "Close", "Credentials", "ID", "SignedToken", "Token"}
	arguments := map[reflect.Type]any{
		reflect.TypeFor[context.Context](): context.Background(), reflect.TypeFor[[]byte](): snapshot, reflect.TypeFor[string](): "a",
		reflect.TypeFor[time.Time](): mocktest.Monday, reflect.TypeFor[int](): 1,
	}
	called := 0
	for i := range reflect.TypeOf(w).NumMethod() {
		m := reflect.TypeOf(w).Method(i)
		if slices.Contains(harmless, m.Name) {
			continue
		}
		in := []reflect.Value{reflect.ValueOf(w)}
		parameters := slices.Collect(m.Type.Ins())[1:]
		if m.Type.IsVariadic() {
			parameters = parameters[:len(parameters)-1]
		}
		for _, parameter := range parameters {
			value := reflect.New(parameter).Elem()
			if a, ok := arguments[parameter]; ok {
				value.Set(reflect.ValueOf(a))
			}
			in = append(in, value)
		}
		out := m.Func.Call(in)
		err, _ := out[len(out)-1].Interface().(error)
		assert.ErrorContains(t, err, "WORLD_ENDED", m.Name)
		called++
	}
	assert.Greater(t, called, 25)
}

func TestWorld_Ended_Refuses(t *testing.T) {
	t.Parallel()
	begun := func(t *testing.T, w *mock.World) []byte {
		t.Helper()
		require.NoError(t, w.Checkpoint("a"))
		return []byte(mocktest.Snapshot(t, w))
	}
	t.Run("closed", func(t *testing.T) {
		t.Parallel()
		w := mocktest.NewWorld(t, mock.Start(t))
		snapshot := begun(t, w)
		w.Close()
		refusesAll(t, w, snapshot)
	})
	t.Run("deleted", func(t *testing.T) {
		t.Parallel()
		srv := mock.Start(t)
		w := mocktest.NewWorld(t, srv)
		snapshot := begun(t, w)
		mocktest.Author(t, srv).Call("DELETE", "/_mock/worlds/"+w.ID(), nil).OK()
		refusesAll(t, w, snapshot)
	})
	t.Run("replaced by a reload", func(t *testing.T) {
		t.Parallel()
		file := mocktest.WriteFile(t, t.TempDir(), "one.yaml", "name: one\n")
		srv := mock.Start(t, mock.WithScenario(file))
		w := srv.World()
		snapshot := begun(t, w)
		require.NoError(t, os.WriteFile(file, []byte("name: two\n"), 0o600))
		changed, err := srv.Reload()
		require.NoError(t, err)
		require.True(t, changed)
		refusesAll(t, w, snapshot)
		_, err = srv.World().Clock()
		assert.NoError(t, err, "the new one is there")
	})
	t.Run("beyond its lifetime", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			srv, err := mock.New()
			require.NoError(t, err)
			defer srv.Close()
			w := mocktest.NewWorld(t, srv, mock.WithLifetime(time.Hour))
			snapshot := begun(t, w)
			for range 3 {
				time.Sleep(50 * time.Minute) // of the bubble
				mocktest.Advance(t, w, time.Second)
			}
			time.Sleep(61 * time.Minute)
			refusesAll(t, w, snapshot)
			assert.Len(t, srv.Worlds(), 1)
		})
	})
}

// TestSlowVenue_AfterAReset_IsAsSlowAgain: how slow is drawn from the seed and the number of such calls, which is state
// like everything else.
func TestSlowVenue_AfterAReset_IsAsSlowAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv, err := mock.New(mock.WithClock(mocktest.Monday))
		require.NoError(t, err)
		defer srv.Close()
		calls := func(w *mock.World) (took [3]time.Duration) {
			client := w.Client()
			for i := range took {
				began := time.Now()
				answer, err := client.Get("http://dragonmock/resources/N99913")
				require.NoError(t, err)
				answer.Body.Close()
				require.Equal(t, http.StatusOK, answer.StatusCode)
				took[i] = time.Since(began)
			}
			return took
		}
		w := mocktest.NewWorld(t, srv, mock.WithSeed(7))
		first := calls(w)
		require.NoError(t, w.Checkpoint("three"))
		snapshot := []byte(mocktest.Snapshot(t, w))
		next := calls(w)
		assert.NotEqual(t, first, next)
		fork, err := w.Fork()
		require.NoError(t, err)
		after := calls(w)
		mocktest.Reset(t, w)
		assert.Equal(t, first, calls(w), "after a reset")
		require.NoError(t, w.Rewind("three"))
		assert.Equal(t, next, calls(w), "after a return to a checkpoint")
		assert.Equal(t, after, calls(fork), "in a fork")
		other := mocktest.NewWorld(t, srv, mock.WithSeed(8))
		require.NoError(t, other.LoadSnapshot(snapshot))
		assert.Equal(t, next, calls(other), "in a world of another seed that was loaded")
	})
}

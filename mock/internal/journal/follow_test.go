package journal

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// waited is what a Wait returned.
type waited struct {
	result Result
	err    error
}

// wait calls Wait on the side. In a bubble, synctest.Wait returns when it waits or has returned.
func wait(ctx context.Context, j *Journal, f Filter, n int) <-chan waited {
	done := make(chan waited, 1)
	go func() {
		result, err := j.Wait(ctx, f, n)
		done <- waited{result, err}
	}()
	synctest.Wait()
	return done
}

func TestWaitForWhatIsThere(t *testing.T) {
	j := New(DefaultLimits(), nil)
	add(j, "/a")
	add(j, "/b")
	for n := range 3 {
		result, err := j.Wait(t.Context(), Filter{}, n)
		require.NoError(t, err)
		assert.Equal(t, []string{"/a", "/b"}, paths(result.Requests))
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := j.Wait(ended, Filter{}, 2)
	assert.NoError(t, err, "what is there needs no waiting")
	result, err := j.Wait(ended, Filter{}, 3)
	assert.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, 2, result.Total)
}

func TestWaitForLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := New(DefaultLimits(), nil)
		add(j, "/b")
		done := wait(t.Context(), j, Filter{PathPrefix: "/b"}, 3)
		for _, path := range []string{"/a", "/b", "/a"} {
			add(j, path)
			synctest.Wait()
			require.Empty(t, done)
		}
		add(j, "/b")
		got := <-done
		assert.NoError(t, got.err)
		assert.Equal(t, []string{"/b", "/b", "/b"}, paths(got.result.Requests))
	})
}

func TestWaitCountsWhatIsPushedOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := New(Limits{Entries: 2, Bytes: 1 << 20, Body: 10}, nil)
		done := wait(t.Context(), j, Filter{Since: 1}, 3)
		for range 4 {
			require.Empty(t, done)
			add(j, "/")
			synctest.Wait()
		}
		got := <-done
		assert.NoError(t, got.err)
		assert.Equal(t, 2, got.result.Total)
		assert.Equal(t, 2, got.result.Dropped)
	})
}

func TestWaitForgetsWhatIsCleared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := New(DefaultLimits(), nil)
		done := wait(t.Context(), j, Filter{}, 2)
		add(j, "/a")
		synctest.Wait()
		j.Clear()
		add(j, "/b")
		synctest.Wait()
		require.Empty(t, done)
		add(j, "/c")
		assert.Equal(t, []string{"/b", "/c"}, paths((<-done).result.Requests))
	})
}

func TestWaitEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := New(DefaultLimits(), nil)
		ctx, cancel := context.WithCancel(t.Context())
		cancelled, closed := wait(ctx, j, Filter{}, 2), wait(t.Context(), j, Filter{}, 2)
		add(j, "/a")
		synctest.Wait()
		cancel()
		got := <-cancelled
		assert.ErrorIs(t, got.err, context.Canceled)
		assert.Equal(t, []string{"/a"}, paths(got.result.Requests), "what there is")
		require.Empty(t, closed)
		j.Close()
		assert.ErrorIs(t, (<-closed).err, ErrClosed)
	})
}

func TestSubscribe(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := New(DefaultLimits(), nil)
		add(j, "/a")
		ctx, cancel := context.WithCancel(t.Context())
		fresh, all := j.Subscribe(ctx, j.Last()), j.Subscribe(t.Context(), 0)
		assert.Equal(t, "/a", (<-all).Path)
		add(j, "/b")
		for _, watcher := range []<-chan Entry{fresh, all} {
			notice := <-watcher
			assert.Equal(t, "/b", notice.Path)
			assert.Zero(t, notice.Missed)
		}
		cancel()
		_, open := <-fresh
		assert.False(t, open)
		add(j, "/c")
		assert.Equal(t, "/c", (<-all).Path)
		j.Close()
		_, open = <-all
		assert.False(t, open)
	})
}

// TestSlowWatcher lets a watcher fall behind by more than the journal holds.
func TestSlowWatcher(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := New(Limits{Entries: 3, Bytes: 1 << 20, Body: 10}, nil)
		watcher := j.Subscribe(t.Context(), 0)
		for i := range 10 {
			add(j, fmt.Sprint("/", i))
			synctest.Wait()
		}
		var got []string
		for range 4 {
			notice := <-watcher
			got = append(got, fmt.Sprint(notice.Path, " after ", notice.Missed))
		}
		assert.Equal(t, []string{"/0 after 0", "/7 after 6", "/8 after 0", "/9 after 0"}, got)
		add(j, "/10")
		assert.Equal(t, "/10", (<-watcher).Path)
		j.Close()
	})
}

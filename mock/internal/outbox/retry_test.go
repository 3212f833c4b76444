package outbox_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/client"
	"dragonmock/mock/internal/outbox"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

// running makes a world whose clock runs, and of which "expired" may become due.
func running(t require.TestingT) *world.World {
	c, err := catalog.Load()
	require.NoError(t, err)
	due := outbox.Due()
	due["expired"] = func(*world.Tx, string) error { return nil }
	w, err := world.Create("w", c, world.Config{Client: client.Client{Programs: []string{"p"}}, Shared: world.Shared{Due: due}})
	require.NoError(t, err)
	return w
}

// waits has an event wait to be sent again.
func waits(tx *world.Tx, id string, until time.Time) {
	e := store.Event{ID: id, State: store.EventWaiting, RetryAt: until}
	tx.Events.Put(id, e)
	tx.Schedule(until, store.CallbackRetry, id)
	tx.Retries.Put(store.RetryKey(e), id)
}

// TestNextRetry_PassesOverWhatIsNotDue: it would be waited for in vain, again and again, and the others behind it too.
func TestNextRetry_PassesOverWhatIsNotDue(t *testing.T) {
	t.Parallel()
	w := running(t)
	far := w.Now().Add(1000 * time.Hour)
	do(t, w, func(tx *world.Tx) {
		waits(tx, "lost", far.Add(-time.Hour))
		tx.Unschedule(far.Add(-time.Hour), store.CallbackRetry, "lost")
	})
	_, ok := outbox.NextRetry(w)
	assert.False(t, ok)
	do(t, w, func(tx *world.Tx) { waits(tx, "e", far) })
	in, ok := outbox.NextRetry(w)
	assert.True(t, ok)
	assert.Greater(t, in, 1000*time.Hour-time.Minute)
}

// TestNextRetry_ReadsOneRow: however much else is due.
func TestNextRetry_ReadsOneRow(t *testing.T) {
	w := running(t)
	far := w.Now().Add(1000 * time.Hour)
	next := func() float64 {
		in, ok := outbox.NextRetry(w)
		assert.True(t, ok)
		assert.Positive(t, in)
		return testing.AllocsPerRun(100, func() { outbox.NextRetry(w) })
	}
	do(t, w, func(tx *world.Tx) { waits(tx, "e", far) })
	few := next()
	do(t, w, func(tx *world.Tx) {
		for i := range 5000 {
			tx.Schedule(far.Add(-time.Duration(i)*time.Second), "expired", fmt.Sprint(i))
			tx.EPasses.Put(fmt.Sprint(i), dragonpass.EPass{})
		}
	})
	assert.Equal(t, few, next())
}

func BenchmarkNextRetry(b *testing.B) {
	for _, passes := range []int{0, 5000} {
		b.Run(fmt.Sprint(passes), func(b *testing.B) {
			w := running(b)
			far := w.Now().Add(1000 * time.Hour)
			do(b, w, func(tx *world.Tx) {
				waits(tx, "e", far)
				for i := range passes {
					tx.Schedule(far, "expired", fmt.Sprint(i))
				}
			})
			b.ReportAllocs()
			for b.Loop() {
				outbox.NextRetry(w)
			}
		})
	}
}

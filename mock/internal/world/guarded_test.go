package world

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/store"
)

// TestSink_Failing_CostsNobodyAnything: calls are answered and hold, what is due happens, and the callbacks wait for a sink
// that works. What the failing one had done is taken back, and told to nobody.
func TestSink_Failing_CostsNobodyAnything(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	var told []store.Change
	full := true
	tell := func(tx *Tx, id string) error {
		tx.Holds.Put(id, "told")
		tx.Outbox.Put(id, id)
		return nil
	}
	w := small(t, map[string]DueHandler{"tell": tell}, func(c *Config) {
		c.CallbackURL, c.Log = Sink, slog.New(slog.NewTextHandler(&log, nil))
		c.Observe = func(ws store.WriteSet) { told = append(told, ws.Changes...) }
		c.Absorb = func(tx *Tx) {
			for id, _, ok := tx.Outbox.First(); ok; id, _, ok = tx.Outbox.First() {
				tx.Outbox.Remove(id)
				tx.Holds.Put("taken "+id, "")
				tx.Sequence()
				tx.GoneWrong("said by the sink")
				if full {
					panic("the sink is full")
				}
			}
		}
	})
	rows := func() (keys []string) {
		sequence, err := Look(w, func(s *store.State, _ time.Time) uint64 {
			for _, table := range []*store.Table[string]{&s.Holds, &s.Outbox} {
				table.Each(func(key, _ string) bool { keys = append(keys, key); return true })
			}
			return s.Counters.Sequence
		})
		require.NoError(t, err)
		assert.Equal(t, !full, sequence > 0)
		return keys
	}
	do(t, w, func(tx *Tx) { _ = tell(tx, "call") })
	assert.Equal(t, []string{"call", "call"}, rows(), "the call holds, and its callback waits")
	do(t, w, func(tx *Tx) { tx.Schedule(monday.Add(time.Minute), "tell", "due") })
	r, err := w.Advance(context.Background(), time.Hour, nil)
	require.NoError(t, err)
	assert.Len(t, r.Fired, 1)
	assert.Equal(t, []string{"call", "due", "call", "due"}, rows())
	for _, word := range []string{"level=ERROR", "world=w", "the world's own receiver failed", "panic: the sink is full", "guarded_test.go"} {
		assert.Contains(t, log.String(), word)
	}
	for _, word := range []string{"what was due failed", "said by the sink"} {
		assert.NotContains(t, log.String(), word)
	}
	for _, c := range told {
		assert.NotContains(t, c.Key, "taken")
	}
	full = false
	do(t, w, func(*Tx) {})
	assert.Equal(t, []string{"call", "due", "taken call", "taken due"}, rows())
	assert.Equal(t, 2, strings.Count(log.String(), "said by the sink"))
}

// TestObserver_Failing_CostsNobodyAnything: what was committed stays so, and is answered.
func TestObserver_Failing_CostsNobodyAnything(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	w := small(t, map[string]DueHandler{"due": func(tx *Tx, id string) error { tx.Holds.Put(id, ""); return nil }}, func(c *Config) {
		c.Log = slog.New(slog.NewTextHandler(&log, nil))
		c.Observe = func(store.WriteSet) { panic("it cannot be written down") }
	})
	do(t, w, func(tx *Tx) { tx.Schedule(monday.Add(time.Minute), "due", "a") })
	_, err := w.Advance(context.Background(), time.Hour, nil)
	require.NoError(t, err)
	require.NoError(t, w.Checkpoint("c"))
	require.NoError(t, w.Reset())
	require.NoError(t, w.Rewind("c"))
	do(t, w, func(tx *Tx) { assert.True(t, tx.Holds.Has("a")) })
	assert.Contains(t, log.String(), "who observes the world failed, and has missed a commit")
	assert.Contains(t, log.String(), "panic: it cannot be written down")
	w.End()
	assert.True(t, w.Ended())
}

package outbox_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"dragonmock/mock/dragonpass/news"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/client"
	"dragonmock/mock/internal/clock"
	"dragonmock/mock/internal/outbox"
	"dragonmock/mock/internal/saved"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

// start is when the worlds of these tests begin.
var start = time.Date(2025, 9, 1, 8, 0, 0, 0, time.UTC)

// newWorld makes a world whose events go somewhere.
func newWorld(t require.TestingT, at time.Time, log ...*slog.Logger) *world.World {
	c, err := catalog.Load()
	require.NoError(t, err)
	config := world.Config{
		Client: client.Client{Programs: []string{"p"}}, Clock: clock.FrozenAt(at), Receivers: saved.Receivers{CallbackURL: "http://127.0.0.1:1/"},
		Shared: world.Shared{Due: outbox.Due(), Returned: outbox.GiveAllBack},
	}
	if len(log) > 0 {
		config.Log = log[0]
	}
	w, err := world.Create("w", c, config)
	require.NoError(t, err)
	return w
}

// do does one operation that nothing is wrong with.
func do(t require.TestingT, w *world.World, work func(*world.Tx)) {
	_, err := world.Run(w, "test", func(tx *world.Tx) (struct{}, error) {
		work(tx)
		return struct{}{}, nil
	})
	require.NoError(t, err)
}

// inStep holds the tables of callbacks to one another: an event that waits has a row in the queue of retries and one in
// what is due, at its time; one that is pending and not on its way has a row in the outbox; and there are no other rows.
func inStep(t require.TestingT, w *world.World) {
	do(t, w, func(tx *world.Tx) {
		waiting, pending := map[string]string{}, map[string]string{}
		tx.Events.Each(func(id string, e store.Event) bool {
			assert.Equal(t, e.State == store.EventWaiting, !e.RetryAt.IsZero(), "%+v", e)
			assert.False(t, e.Again && !e.Sending, "%+v", e)
			switch {
			case e.State == store.EventWaiting:
				assert.False(t, e.Sending, "%+v", e)
				waiting[store.DueAt(e.RetryAt, store.CallbackRetry, id).Key()] = id
			case e.State == store.EventPending && !e.Sending:
				pending[id] = id
			}
			return true
		})
		due := map[string]string{}
		tx.Due.Each(func(key string, d store.Due) bool {
			assert.Equal(t, store.CallbackRetry, d.What)
			due[key] = d.ID
			return true
		})
		assert.Equal(t, waiting, due, "what is due")
		assert.Equal(t, waiting, rows(&tx.Retries), "the queue of retries")
		assert.Equal(t, pending, rows(&tx.Outbox), "the outbox")
	})
}

func rows(t *store.Table[string]) map[string]string {
	all := map[string]string{}
	t.Each(func(key, value string) bool {
		all[key] = value
		return true
	})
	return all
}

func TestOutbox_WhateverHappens_IsInStep(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t, start)
		var taken []string
		id := func(t *rapid.T) string { return rapid.SampledFrom(append([]string{"none"}, taken...)).Draw(t, "event") }
		move := func(work func(*rapid.T, *world.Tx)) func(*rapid.T) {
			return func(t *rapid.T) { do(t, w, func(tx *world.Tx) { work(t, tx) }) }
		}
		require.NoError(t, w.Checkpoint("0"))
		t.Repeat(map[string]func(*rapid.T){
			"":       func(t *rapid.T) { inStep(t, w) },
			"notify": move(func(_ *rapid.T, tx *world.Tx) { outbox.Notify(tx, news.Notice{}) }),
			"take": move(func(_ *rapid.T, tx *world.Tx) {
				if e, ok := outbox.Take(tx, false); ok {
					taken = append(taken, e.ID)
				}
			}),
			"refused":   move(func(t *rapid.T, tx *world.Tx) { outbox.Attempted(tx, id(t), store.Attempt{Error: "no"}) }),
			"delivered": move(func(t *rapid.T, tx *world.Tx) { outbox.Attempted(tx, id(t), store.Attempt{}) }),
			"postpone":  move(func(t *rapid.T, tx *world.Tx) { outbox.Postpone(tx, id(t), 1500*time.Millisecond) }),
			"giveBack":  move(func(t *rapid.T, tx *world.Tx) { outbox.GiveBack(tx, id(t)) }),
			"replay":    move(func(t *rapid.T, tx *world.Tx) { _ = outbox.Replay(tx, id(t)) }),
			"advance": func(t *rapid.T) {
				_, err := w.Advance(context.Background(), rapid.SampledFrom([]time.Duration{time.Second, time.Minute, time.Hour}).Draw(t, "by"), nil)
				require.NoError(t, err)
			},
			"checkpoint": func(t *rapid.T) { require.NoError(t, w.Checkpoint("0")) },
			"rewind":     func(t *rapid.T) { require.NoError(t, w.Rewind("0")) },
		})
	})
}

// become brings the oldest events of a world, which are pending, into these states.
func become(tx *world.Tx, states ...string) {
	var back []string
	for _, state := range states {
		e, _ := outbox.Take(tx, false)
		switch state {
		case "pending":
			back = append(back, e.ID)
		case "waiting":
			outbox.Attempted(tx, e.ID, store.Attempt{Error: "no"})
		case "delivered":
			outbox.Attempted(tx, e.ID, store.Attempt{Status: 200})
		case "failed", "recorded":
			e.State, e.Sending = store.EventState(state), false
			tx.Events.Put(e.ID, e)
		}
	}
	for _, id := range back {
		outbox.GiveBack(tx, id)
	}
}

// TestOutbox_BeyondItsBound_ForgetsThatWithWhichLeastIsLost: with all that was planned for it.
func TestOutbox_BeyondItsBound_ForgetsThatWithWhichLeastIsLost(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name    string
		oldest  []string // all others are pending
		forgets int
		missed  uint64
	}{
		{"the oldest that was delivered", []string{"pending", "waiting", "failed", "delivered", "recorded", "delivered"}, 3, 0},
		{"one that nobody is told of", []string{"waiting", "failed", "recorded"}, 2, 0},
		{"the oldest that was given up", []string{"pending", "sending", "failed", "failed"}, 2, 1},
		{"the oldest that waits, for none is done", []string{"sending", "waiting", "pending"}, 1, 1},
		{"the oldest that is pending, for none is done", []string{"sending", "pending", "waiting"}, 1, 1},
		{"the very oldest, for none is done", []string{"pending"}, 0, 1},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, start)
			do(t, w, func(tx *world.Tx) {
				for range store.MaxEvents {
					outbox.Notify(tx, news.Notice{})
				}
				become(tx, row.oldest...)
				before := outbox.List(tx)
				require.Len(t, before, store.MaxEvents)
				assert.Zero(t, tx.Counters.Dropped, "the bound itself is not beyond it")
				outbox.Notify(tx, news.Notice{OrderID: "new"})
				after := outbox.List(tx)
				require.Len(t, after, store.MaxEvents)
				assert.Equal(t, "new", after[store.MaxEvents-1].Notice.OrderID)
				assert.Equal(t, slices.Delete(before, row.forgets, row.forgets+1), after[:store.MaxEvents-1])
			})
			inStep(t, w)
			forgot, err := outbox.Forgot(w)
			require.NoError(t, err)
			assert.Equal(t, outbox.Forgotten{Dropped: 1, Missed: row.missed}, forgot)
		})
	}
}

// TestOutbox_BeyondTheBytes_TheOldestIsForgotten: however few they are, when each has failed at length.
func TestOutbox_BeyondTheBytes_TheOldestIsForgotten(t *testing.T) {
	t.Parallel()
	w := newWorld(t, start)
	const events = 20
	why := strings.Repeat("x", store.MaxEventBytes/10)
	do(t, w, func(tx *world.Tx) {
		for i := range events {
			outbox.Notify(tx, news.Notice{OrderID: fmt.Sprint(i)})
			e, ok := outbox.Take(tx, false)
			require.True(t, ok)
			outbox.Attempted(tx, e.ID, store.Attempt{Error: why})
			assert.Less(t, tx.Events.Size(), store.MaxEventBytes+store.MaxEventBytes/9, "one may go beyond the bound")
		}
		outbox.Forget(tx)
		left := outbox.List(tx)
		assert.InDelta(t, 9, len(left), 1)
		assert.Equal(t, fmt.Sprint(events-1), left[len(left)-1].Notice.OrderID, "the newest are there")
		assert.EqualValues(t, events-len(left), tx.Counters.Dropped)
	})
	inStep(t, w)
}

// TestOutbox_ForgotUndelivered_IsSaidOnce: and only where it has come to pass.
func TestOutbox_ForgotUndelivered_IsSaidOnce(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	w := newWorld(t, start, slog.New(slog.NewTextHandler(&log, nil)))
	beyond := func(n int) func(*world.Tx) (struct{}, error) {
		return func(tx *world.Tx) (struct{}, error) {
			for range n {
				outbox.Notify(tx, news.Notice{OrderID: "o"})
			}
			return struct{}{}, errors.New("and back")
		}
	}
	_, err := world.Run(w, "test", beyond(store.MaxEvents+1))
	require.Error(t, err)
	assert.Empty(t, log.String(), "what is taken back was not forgotten")
	do(t, w, func(tx *world.Tx) { _, _ = beyond(store.MaxEvents)(tx) })
	require.NoError(t, w.Checkpoint("full"))
	assert.Empty(t, log.String())
	for range 3 {
		do(t, w, func(tx *world.Tx) { _, _ = beyond(1)(tx) })
	}
	assert.Equal(t, 1, strings.Count(log.String(), "\n"), log.String())
	for _, word := range []string{"level=WARN", "world=w", "was not delivered is forgotten", "order=o", "state=pending", "remembered=1000"} {
		assert.Contains(t, log.String(), word)
	}
	forgot, err := outbox.Forgot(w)
	require.NoError(t, err)
	assert.Equal(t, outbox.Forgotten{Dropped: 3, Missed: 3}, forgot)
	require.NoError(t, w.Rewind("full"))
	forgot, err = outbox.Forgot(w)
	require.NoError(t, err)
	assert.Zero(t, forgot, "it is state like all else")
}

// TestRetry_BeyondTheYearsOfClocks_NeverComes: it is not planned at all, or who delivers would be woken for it for ever.
func TestRetry_BeyondTheYearsOfClocks_NeverComes(t *testing.T) {
	t.Parallel()
	w := newWorld(t, time.Date(2199, 12, 31, 23, 59, 59, 0, time.UTC))
	do(t, w, func(tx *world.Tx) {
		outbox.Notify(tx, news.Notice{})
		e, _ := outbox.Take(tx, false)
		outbox.Attempted(tx, e.ID, store.Attempt{Error: "no"})
		assert.Zero(t, tx.Due.Len())
		assert.Zero(t, tx.Retries.Len())
	})
	_, err := w.Follow(context.Background(), nil)
	require.NoError(t, err)
	_, ok := outbox.NextRetry(w)
	assert.False(t, ok)
}

// TestAttempts_AreBounded: the latest are remembered, and a copy of the state from before keeps its own.
func TestAttempts_AreBounded(t *testing.T) {
	t.Parallel()
	w := newWorld(t, start)
	do(t, w, func(tx *world.Tx) {
		outbox.Notify(tx, news.Notice{})
		id, _, _ := tx.Outbox.First()
		for i := range store.MaxAttempts + 5 {
			require.NoError(t, outbox.Replay(tx, id))
			e, ok := outbox.Take(tx, false)
			require.True(t, ok)
			outbox.Attempted(tx, e.ID, store.Attempt{Status: i})
		}
		e, _ := tx.Events.Get(id)
		require.Len(t, e.Attempts, store.MaxAttempts)
		assert.Equal(t, fmt.Sprint(5, store.MaxAttempts+4), fmt.Sprint(e.Attempts[0].Status, e.Attempts[store.MaxAttempts-1].Status))
	})
}

package world

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/client"
	"dragonmock/mock/internal/clock"
	"dragonmock/mock/internal/store"
)

var monday = time.Date(2025, 9, 1, 8, 0, 0, 0, time.UTC)

// small makes a world without a vendor: what becomes due is what the test says.
func small(t testing.TB, due map[string]DueHandler, edit ...func(*Config)) *World {
	t.Helper()
	c, err := catalog.Load()
	require.NoError(t, err)
	config := Config{Client: client.Client{ClientID: "c", Issuer: "i", Programs: []string{"p"}}, Clock: clock.FrozenAt(monday), Shared: Shared{Due: due}}
	for _, e := range edit {
		e(&config)
	}
	w, err := Create("w", c, config)
	require.NoError(t, err)
	w.Enter(0)
	return w
}

// do does one operation that nothing is wrong with.
func do(t testing.TB, w *World, work func(*Tx)) {
	t.Helper()
	_, err := Run(w, "test", func(tx *Tx) (struct{}, error) {
		work(tx)
		return struct{}{}, nil
	})
	require.NoError(t, err)
}

// TestDue_Failing_IsLoggedAndDropped: the world lives, what the failing one had written is taken back, and what is due
// later happens.
func TestDue_Failing_IsLoggedAndDropped(t *testing.T) {
	t.Parallel()
	for name, fail := range map[string]func() error{
		"an error": func() error { return errors.New("no such luck") },
		"a panic":  func() error { panic("no such luck") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var log bytes.Buffer
			w := small(t, map[string]DueHandler{
				"bad":  func(tx *Tx, id string) error { tx.Holds.Put("bad", id); tx.Sequence(); return fail() },
				"good": func(tx *Tx, id string) error { tx.Holds.Put("good", tx.Now().Format(time.TimeOnly)); return nil },
			}, func(c *Config) { c.Log = slog.New(slog.NewTextHandler(&log, nil)) })
			do(t, w, func(tx *Tx) {
				tx.Schedule(monday.Add(time.Minute), "bad", "x")
				tx.Schedule(monday.Add(2*time.Minute), "good", "y")
			})
			r, err := w.Advance(context.Background(), time.Hour, nil)
			require.NoError(t, err)
			assert.Len(t, r.Fired, 2)
			do(t, w, func(tx *Tx) {
				assert.Zero(t, tx.Due.Len())
				assert.False(t, tx.Holds.Has("bad"))
				assert.Zero(t, tx.Counters.Sequence)
				at, _ := tx.Holds.Get("good")
				assert.Equal(t, "08:02:00", at)
			})
			for _, word := range []string{"what was due failed and is dropped", "world=w", "what=bad", "id=x", "no such luck"} {
				assert.Contains(t, log.String(), word)
			}
		})
	}
}

// TestDue_ThatNeverEnds_IsDropped: a clock arrives, whatever happens on the way.
func TestDue_ThatNeverEnds_IsDropped(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	w := small(t, map[string]DueHandler{"again": func(tx *Tx, id string) error {
		tx.Schedule(tx.Now(), "again", id+"'")
		return nil
	}}, func(c *Config) { c.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	do(t, w, func(tx *Tx) { tx.Schedule(monday.Add(time.Minute), "again", "x") })
	r, err := w.Advance(context.Background(), time.Hour, nil)
	require.NoError(t, err)
	assert.Equal(t, monday.Add(time.Hour), r.Now)
	assert.Contains(t, log.String(), "without an end")
	do(t, w, func(tx *Tx) { assert.Zero(t, tx.Due.Len()) })
}

// TestDue_OfAnUnknownKind_IsDropped: a dump may come from a version that knew more.
func TestDue_OfAnUnknownKind_IsDropped(t *testing.T) {
	t.Parallel()
	w := small(t, nil)
	assert.PanicsWithValue(t, "world: nothing is registered for what is due of the kind odd", func() { do(t, w, func(tx *Tx) { tx.Schedule(monday, "odd", "x") }) })
	d := store.DueAt(monday.Add(time.Second), "odd", "x")
	do(t, w, func(tx *Tx) { tx.Due.Put(d.Key(), d) })
	_, err := w.Advance(context.Background(), time.Minute, nil)
	require.NoError(t, err)
	do(t, w, func(tx *Tx) { assert.Zero(t, tx.Due.Len()) })
}

// TestAdvance_WhoseContextEnds_StaysWhereItHasComeTo: what has happened on the way has happened.
func TestAdvance_WhoseContextEnds_StaysWhereItHasComeTo(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var did []string
	w := small(t, map[string]DueHandler{"due": func(_ *Tx, id string) error {
		if did = append(did, id); id == "second" {
			cancel()
		}
		return nil
	}})
	do(t, w, func(tx *Tx) {
		for i, id := range []string{"first", "second", "third"} {
			tx.Schedule(monday.Add(time.Duration(i+1)*time.Hour), "due", id)
		}
	})
	r, err := w.Advance(ctx, 24*time.Hour, nil)
	assert.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, []string{"first", "second"}, did)
	assert.Len(t, r.Fired, 2)
	assert.Equal(t, monday.Add(2*time.Hour), w.Now())
	r, err = w.Advance(context.Background(), 22*time.Hour, nil)
	require.NoError(t, err)
	assert.Len(t, r.Fired, 1)
	assert.Equal(t, monday.Add(24*time.Hour), w.Now())
}

// TestAdvance_Sealed_AsksTwice: before anything moves with where the clock will be, and before the last step with all that
// has happened. What happens at the very end happens before the last step, so that taking it back leaves nothing behind.
func TestAdvance_Sealed_AsksTwice(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name          string
		last          time.Duration // of what is due, after monday
		refuse        int           // which question; 0: none
		fired         int
		stands        time.Duration
		asked, happen int
	}{
		{"both are sealed", 2 * time.Hour, 0, 2, 3 * time.Hour, 2, 2},
		{"the first is refused", 2 * time.Hour, 1, 0, 0, 1, 0},
		{"the last is refused", 2 * time.Hour, 2, 2, 2 * time.Hour, 2, 2},
		{"the last is refused, where something is due", 3 * time.Hour, 2, 2, 3 * time.Hour, 2, 2},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			happened := 0
			w := small(t, map[string]DueHandler{"due": func(*Tx, string) error { happened++; return nil }})
			do(t, w, func(tx *Tx) {
				tx.Schedule(monday.Add(time.Hour), "due", "a")
				tx.Schedule(monday.Add(row.last), "due", "b")
			})
			var asked []Reading
			no := errors.New("it cannot be told")
			_, err := w.Advance(context.Background(), 3*time.Hour, func(r Reading) error {
				if asked = append(asked, r); len(asked) == row.refuse {
					return no
				}
				return nil
			})
			if row.refuse > 0 {
				assert.ErrorIs(t, err, no)
			} else {
				assert.NoError(t, err)
			}
			require.Len(t, asked, row.asked)
			for _, r := range asked {
				assert.Equal(t, monday.Add(3*time.Hour), r.Now)
			}
			assert.Len(t, asked[len(asked)-1].Fired, row.fired)
			assert.Equal(t, monday.Add(row.stands), w.Now())
			assert.Equal(t, row.happen, happened)
		})
	}
}

// TestTx_Kept_Panics: beyond its end there is nothing in it.
func TestTx_Kept_Panics(t *testing.T) {
	t.Parallel()
	w := small(t, nil)
	var kept *Tx
	var tables *store.State
	do(t, w, func(tx *Tx) { kept, tables = tx, tx.State })
	assert.PanicsWithValue(t, "store: a write to holds outside a transaction", func() { kept.Holds.Put("a", "b") })
	assert.PanicsWithValue(t, "store: a write to holds outside a transaction", func() { tables.Holds.Put("a", "b") })
	assert.PanicsWithValue(t, "store: a write to holds outside a transaction", func() { w.state.Holds.Remove("a") })
}

// TestWorld_Ended_RefusesEverything: by reflection, so that no new method is forgotten.
func TestWorld_Ended_RefusesEverything(t *testing.T) {
	t.Parallel()
	// What says who a world is, or that it has ended, is said of one that has ended too.
	harmless := []string{
		"Armed", "Client", "Commits", "End", "Ended", "Enter", "Error", "FaultNames", "ID", "Idle", "Journal", "Named", "NextRequestID", "Now", "Number", "Receivers", "Touch",
	}
	w := small(t, nil)
	require.NoError(t, w.Checkpoint("a"))
	dump, err := w.Dump()
	require.NoError(t, err)
	w.End()
	arguments := map[reflect.Type]any{
		reflect.TypeFor[context.Context](): context.Background(), reflect.TypeFor[[]byte](): dump, reflect.TypeFor[string](): "a",
		reflect.TypeFor[time.Time](): monday, reflect.TypeFor[store.WriteSet](): store.WriteSet{World: "w", Number: w.commits + 1},
	}
	for i := range reflect.TypeFor[*World]().NumMethod() {
		m := reflect.TypeFor[*World]().Method(i)
		if slices.Contains(harmless, m.Name) {
			continue
		}
		in := []reflect.Value{reflect.ValueOf(w)}
		for _, parameter := range slices.Collect(m.Type.Ins())[1:] {
			value := reflect.New(parameter).Elem()
			if a, ok := arguments[parameter]; ok {
				value.Set(reflect.ValueOf(a))
			}
			in = append(in, value)
		}
		out := m.Func.Call(in)
		err, _ := out[len(out)-1].Interface().(error)
		assert.ErrorContains(t, err, "WORLD_ENDED", "%s", m.Name)
	}
	_, err = Look(w, func(*store.State, time.Time) bool { return true })
	assert.ErrorContains(t, err, "WORLD_ENDED")
}

package world

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// onItsWay makes a world in which something is due after one hour and after two, and that does meanwhile while a move of the
// clock waits, after the first of them, for callbacks to be delivered. It says what has happened.
func onItsWay(t *testing.T, meanwhile func(w *World)) (w *World, did *[]string) {
	t.Helper()
	did = new([]string)
	came := false
	w = small(t, map[string]DueHandler{"due": func(tx *Tx, id string) error {
		*did = append(*did, id)
		tx.Holds.Put(id, "happened")
		return nil
	}}, func(c *Config) {
		c.CallbackURL = "http://127.0.0.1:1/"
		c.Deliver = func(_ context.Context, w *World, wait bool) {
			if wait && len(*did) == 1 && !came {
				came = true
				meanwhile(w)
			}
		}
	})
	do(t, w, func(tx *Tx) {
		tx.Schedule(monday.Add(time.Hour), "due", "first")
		tx.Schedule(monday.Add(2*time.Hour), "due", "second")
	})
	require.NoError(t, w.Checkpoint("early"))
	return w, did
}

func dumped(t *testing.T, w *World) string {
	t.Helper()
	dump, err := w.Dump()
	require.NoError(t, err)
	return string(dump)
}

// TestMove_WhileAnotherPutsTheWorldElsewhere_EndsThere: what was answered holds, to the byte.
func TestMove_WhileAnotherPutsTheWorldElsewhere_EndsThere(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	clock := func(_ Reading, err error) error { return err }
	moves := map[string]func(w *World) (Reading, error){
		"advance": func(w *World) (Reading, error) { return w.Advance(ctx, 24*time.Hour, nil) },
		"set":     func(w *World) (Reading, error) { return w.SetClock(ctx, monday.Add(24*time.Hour), nil) },
	}
	for _, row := range []struct {
		name, why string
		put       func(w *World, dump []byte) error
	}{
		{"reset", "the world was reset", func(w *World, _ []byte) error { return w.Reset() }},
		{"restore", "the world went back to a checkpoint", func(w *World, _ []byte) error { return w.Rewind("early") }},
		{"load", "another state was put in the place of the world's", func(w *World, dump []byte) error { return w.Load(dump) }},
		{"set back", "the clock was set", func(w *World, _ []byte) error { return clock(w.SetClock(ctx, monday.Add(-time.Hour), nil)) }},
		{"set ahead", "the clock was set", func(w *World, _ []byte) error { return clock(w.SetClock(ctx, monday.Add(90*time.Minute), nil)) }},
		{"freeze", "the clock was stopped", func(w *World, _ []byte) error { return clock(w.Freeze(ctx, nil)) }},
		{"follow", "the clock was started", func(w *World, _ []byte) error { return clock(w.Follow(ctx, nil)) }},
		{"real", "the clock went back to the wall's", func(w *World, _ []byte) error { return clock(w.FollowWall(ctx, nil)) }},
	} {
		for name, move := range moves {
			t.Run(row.name+" while "+name, func(t *testing.T) {
				t.Parallel()
				var early []byte
				var after string
				w, did := onItsWay(t, func(w *World) {
					require.NoError(t, row.put(w, early))
					after = dumped(t, w)
				})
				early = []byte(dumped(t, w))
				r, err := move(w)
				assert.ErrorContains(t, err, "SERVICE_UNAVAILABLE: the clock was stopped on its way: meanwhile "+row.why)
				assert.Equal(t, "first", r.Fired[0].ID, "what happened before is said")
				assert.WithinDuration(t, w.Now(), r.Now, time.Minute)
				assert.Equal(t, after, dumped(t, w))
				if row.name != "real" { // which is beyond all that is due
					assert.Equal(t, []string{"first"}, *did)
				}
				_, err = w.Advance(ctx, time.Second, nil)
				assert.NoError(t, err, "the next one finds nothing in its way")
			})
		}
	}
}

// TestAdvance_WhileTheWorldIsUsed_Arrives: whatever puts it nowhere else.
func TestAdvance_WhileTheWorldIsUsed_Arrives(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	var fork *World
	for _, row := range []struct {
		name string
		more time.Duration
		use  func(t *testing.T, w *World)
	}{
		{"another advance: they add up", 3 * time.Hour, func(t *testing.T, w *World) {
			r, err := w.Advance(ctx, 3*time.Hour, nil)
			require.NoError(t, err)
			assert.Equal(t, monday.Add(4*time.Hour), r.Now)
		}},
		{"a set that cannot be told", 0, func(t *testing.T, w *World) {
			no := errors.New("no")
			_, err := w.SetClock(ctx, monday, func(Reading) error { return no })
			assert.ErrorIs(t, err, no)
		}},
		{"a state that is refused", 0, func(t *testing.T, w *World) { assert.Error(t, w.Load([]byte("{}"))) }},
		{"a checkpoint that is not there", 0, func(t *testing.T, w *World) { assert.Error(t, w.Rewind("none")) }},
		{"a checkpoint", 0, func(t *testing.T, w *World) { require.NoError(t, w.Checkpoint("b")) }},
		{"a fork", 0, func(t *testing.T, w *World) {
			var err error
			fork, err = w.Fork("f", w.Client())
			require.NoError(t, err)
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			w, did := onItsWay(t, func(w *World) { row.use(t, w) })
			r, err := w.Advance(ctx, 24*time.Hour, nil)
			require.NoError(t, err)
			assert.Equal(t, monday.Add(24*time.Hour+row.more), r.Now)
			assert.Equal(t, []string{"first", "second"}, *did)
		})
	}
	assert.Equal(t, monday.Add(time.Hour), fork.Now(), "it goes its own way")
	do(t, fork, func(tx *Tx) { assert.Equal(t, 1, tx.Due.Len()) })
}

// TestAdvance_OfAWorldThatEnds_Ends: as when a reload puts a new one in its place.
func TestAdvance_OfAWorldThatEnds_Ends(t *testing.T) {
	t.Parallel()
	w, did := onItsWay(t, func(w *World) { w.End() })
	_, err := w.Advance(context.Background(), 24*time.Hour, nil)
	assert.ErrorContains(t, err, "WORLD_ENDED")
	assert.Equal(t, []string{"first"}, *did)
}

// TestAdvances_AtTheSameTime_AddUp: nobody's time is lost.
func TestAdvances_AtTheSameTime_AddUp(t *testing.T) {
	t.Parallel()
	w := small(t, map[string]DueHandler{"due": func(tx *Tx, id string) error { tx.Holds.Put(id, "happened"); return nil }}, func(c *Config) {
		c.CallbackURL, c.Deliver = "http://127.0.0.1:1/", func(context.Context, *World, bool) {}
	})
	do(t, w, func(tx *Tx) {
		for i := range 100 {
			tx.Schedule(monday.Add(time.Duration(i)*time.Minute), "due", fmt.Sprint(i))
		}
	})
	var wait sync.WaitGroup
	for i := range 20 {
		wait.Go(func() {
			_, err := w.Advance(context.Background(), time.Duration(i)*time.Minute, nil)
			assert.NoError(t, err)
		})
	}
	wait.Wait()
	assert.Equal(t, monday.Add(190*time.Minute), w.Now())
}

// TestResets_AmongAdvances_Hold: from many sides at once; who was told that the clock has arrived was told the truth.
func TestResets_AmongAdvances_Hold(t *testing.T) {
	t.Parallel()
	w := small(t, map[string]DueHandler{"due": func(tx *Tx, id string) error {
		tx.Holds.Put(id, "happened")
		return nil
	}}, func(c *Config) {
		c.CallbackURL, c.Deliver = "http://127.0.0.1:1/", func(context.Context, *World, bool) {}
		c.Give = func(tx *Tx) (map[string]map[string]string, error) {
			for i := range 20 {
				tx.Schedule(monday.Add(time.Duration(i)*time.Minute), "due", fmt.Sprint(i))
			}
			return nil, nil
		}
	})
	fresh := dumped(t, w)
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for range 20 {
				r, err := w.Advance(context.Background(), time.Hour, nil)
				if err != nil {
					assert.ErrorContains(t, err, "meanwhile the world was reset")
				} else {
					assert.Positive(t, r.Now.Sub(monday))
				}
			}
		})
		wait.Go(func() {
			for range 20 {
				assert.NoError(t, w.Reset())
			}
		})
	}
	wait.Wait()
	require.NoError(t, w.Reset())
	assert.Equal(t, fresh, dumped(t, w))
}

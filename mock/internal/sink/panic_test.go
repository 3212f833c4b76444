package sink_test

import (
	"bytes"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/news"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/client"
	"dragonmock/mock/internal/clock"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/injection"
	"dragonmock/mock/internal/outbox"
	"dragonmock/mock/internal/saved"
	"dragonmock/mock/internal/sink"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

// TestAbsorb_OfACallbackThatPanics_TakesTheOthers: it fails as an attempt does, is tried again, and the log says why;
// whether its body is written for the client or for the fault rules that look at it.
func TestAbsorb_OfACallbackThatPanics_TakesTheOthers(t *testing.T) {
	t.Parallel()
	for name, rules := range map[string][]fault.Rule{"no rules": nil, "a rule that looks at bodies": {{
		On: "callback", Match: &fault.Match{Body: []byte(`{"orderId":"none"}`)}, Error: dragonpass.ServiceUnavailable,
	}}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := catalog.Load()
			require.NoError(t, err)
			var log bytes.Buffer
			render := func(e store.Event) ([]byte, error) {
				if e.Notice.OrderID == "bad" {
					panic("no such order")
				}
				return []byte(`{"orderId":"` + e.Notice.OrderID + `"}`), nil
			}
			w, err := world.Create("w", c, world.Config{
				Client: client.Client{Programs: []string{"p"}}, Clock: clock.FrozenAt(time.Date(2025, 9, 1, 8, 0, 0, 0, time.UTC)), Receivers: saved.Receivers{CallbackURL: world.Sink},
				Shared: world.Shared{Due: outbox.Due(), Absorb: func(tx *world.Tx) { sink.Absorb(tx, render) }, Log: slog.New(slog.NewTextHandler(&log, nil))},
			})
			require.NoError(t, err)
			_, err = world.Run(w, "test", func(tx *world.Tx) (struct{}, error) {
				if _, err := injection.Add(tx, rules...); err != nil {
					return struct{}{}, err
				}
				for _, id := range []string{"bad", "good"} {
					outbox.Notify(tx, news.Notice{OrderID: id})
				}
				return struct{}{}, nil
			})
			require.NoError(t, err)
			events, err := world.Run(w, "test", func(tx *world.Tx) ([]store.Event, error) { return outbox.List(tx), nil })
			require.NoError(t, err)
			assert.Equal(t, []store.EventState{store.EventWaiting, store.EventDelivered}, []store.EventState{events[0].State, events[1].State})
			assert.Equal(t, "the mock failed: the log says how", events[0].Attempts[0].Error)
			for _, word := range []string{"level=ERROR", "a callback could not be sent", "world=w", "event=" + events[0].ID, "panic: no such order", "panic_test.go"} {
				assert.Contains(t, log.String(), word)
			}
			_, err = w.Advance(t.Context(), 24*time.Hour, nil)
			require.NoError(t, err)
			events, err = world.Run(w, "test", func(tx *world.Tx) ([]store.Event, error) { return outbox.List(tx), nil })
			require.NoError(t, err)
			assert.Equal(t, store.EventFailed, events[0].State, "its retries end like those of others")
		})
	}
}

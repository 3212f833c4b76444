package host_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/host"
	"dragonmock/mock/internal/world"
)

// TestSweep: worlds that nobody has used for their lifetime end, and what is due in the others happens, though nobody calls.
// That is no use of a world, and a world that fails does not keep the others from it.
func TestSweep(t *testing.T) {
	t.Parallel()
	c, err := catalog.Load()
	require.NoError(t, err)
	synctest.Test(t, func(t *testing.T) {
		var ended, forgot []string
		due := 0
		shared := world.Shared{
			Due: map[string]world.DueHandler{"tick": func(*world.Tx, string) error { due++; return nil }},
			Forget: func(tx *world.Tx) {
				if forgot = append(forgot, tx.Client().ClientID); len(forgot) == 1 {
					panic("the first one fails")
				}
			},
		}
		h, err := host.New(c, world.Config{Shared: shared}, func(w *world.World) { ended = append(ended, w.ID()) })
		require.NoError(t, err)
		w, err := h.Prepare(world.Config{Lifetime: time.Minute})
		require.NoError(t, err)
		require.NoError(t, h.Enter(w))
		_, err = world.Run(w, "later", func(tx *world.Tx) (any, error) {
			tx.Schedule(tx.Now().Add(30*time.Second), "tick", "1")
			return nil, nil
		})
		require.NoError(t, err)
		for range 2 {
			time.Sleep(40 * time.Second) // of the bubble
			h.Sweep()
		}
		assert.Equal(t, 1, due)
		assert.Len(t, forgot, 3, "both worlds, and then the one that is left")
		assert.Equal(t, []string{w.ID()}, ended)
	})
}

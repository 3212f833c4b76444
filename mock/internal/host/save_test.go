package host_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass/user"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/host"
	"dragonmock/mock/internal/world"
)

// TestSave_AWorldThatCannotBeWritten_CostsTheOthersNothing: it is named, now and when the others are back. The default
// world is there again, as it is made.
func TestSave_AWorldThatCannotBeWritten_CostsTheOthersNothing(t *testing.T) {
	t.Parallel()
	c, err := catalog.Load()
	require.NoError(t, err)
	for _, broken := range []string{"a", host.DefaultWorld} {
		t.Run(broken, func(t *testing.T) {
			var log bytes.Buffer
			config := world.Config{Shared: world.Shared{Log: slog.New(slog.NewTextHandler(&log, nil))}}
			h, err := host.New(c, config, nil)
			require.NoError(t, err)
			for _, id := range []string{"a", "b"} {
				w, err := h.Prepare(world.Config{ID: id})
				require.NoError(t, err)
				require.NoError(t, h.Enter(w))
			}
			require.NoError(t, h.World("b").Checkpoint("kept"))
			register(t, h.World(broken), "Zo\xeb")
			var data memory
			lost, err := h.Save(&data)
			require.NoError(t, err)
			assert.ErrorContains(t, lost, "the world "+broken+" cannot be written")
			back, err := host.Restore(c, &data, config, nil)
			require.NoError(t, err)
			assert.Contains(t, log.String(), "worlds="+broken)
			assert.Equal(t, saved(t, h.World("b")), saved(t, back.World("b")))
			assert.NotNil(t, back.World(host.DefaultWorld))
			assert.Equal(t, broken == host.DefaultWorld, back.World("a") != nil)
			data.Reset()
			lost, err = back.Save(&data)
			require.NoError(t, err)
			require.NoError(t, lost)
			assert.NotContains(t, data.String(), "lost", "it is told once")
		})
	}
}

// memory is a draft in memory.
type memory struct {
	bytes.Buffer
	mark int
}

func (m *memory) Mark() { m.mark = m.Len() }

func (m *memory) Back() error {
	m.Truncate(m.mark)
	return nil
}

// saved is a world on paper.
func saved(t require.TestingT, w *world.World) string {
	var b strings.Builder
	require.NoError(t, w.Save(&b))
	return b.String()
}

// register puts a user past every check.
func register(t *testing.T, w *world.World, id string) {
	t.Helper()
	_, err := world.Run(w, "test", func(tx *world.Tx) (struct{}, error) {
		tx.Users.Put(id, user.User{ClientUserID: id, FirstName: "A", LastName: "B"})
		return struct{}{}, nil
	})
	require.NoError(t, err)
}

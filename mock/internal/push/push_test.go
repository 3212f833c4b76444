package push

import (
	"log/slog"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/platform"
)

// TestEndedWorldsAreForgotten: who still holds a world that has ended may use it, and the pusher does not keep it alive.
func TestEndedWorldsAreForgotten(t *testing.T) {
	p := New(func(dragonpass.Notice) ([]byte, error) { return []byte("{}"), nil }, slog.New(slog.DiscardHandler))
	defer p.Close()
	c, err := catalog.Load()
	require.NoError(t, err)
	host, err := platform.New(c, platform.Config{})
	require.NoError(t, err)
	w, err := host.Create(platform.Config{CallbackURL: "http://127.0.0.1:0/", Deliver: p.Deliver, Ended: p.Forget})
	require.NoError(t, err)
	w.Follow()
	assert.Len(t, p.lines, 1)
	require.True(t, host.Delete(w.ID()))
	w.Follow()
	p.Deliver(w, false)
	assert.Empty(t, p.lines)
}

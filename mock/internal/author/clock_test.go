package author_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/author"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/clock"
	"dragonmock/mock/internal/host"
	"dragonmock/mock/internal/world"
)

// TestMoveClock_GivenUp_SaysWhereItStands: whoever is told that a move was given up learns how much of it was made.
func TestMoveClock_GivenUp_SaysWhereItStands(t *testing.T) {
	t.Parallel()
	c, err := catalog.Load()
	require.NoError(t, err)
	h, err := host.New(c, world.Config{Clock: clock.FrozenAt(time.Date(2025, 9, 1, 8, 0, 0, 0, time.UTC))}, nil)
	require.NoError(t, err)
	w := h.World(host.DefaultWorld)
	ctx, giveUp := context.WithCancel(t.Context())
	giveUp()
	_, err = author.MoveClock(ctx, w, author.Move{Advance: "3d"}, nil)
	assert.ErrorContains(t, err, "SERVICE_UNAVAILABLE: the clock was stopped on its way, at 2025-09-01T08:00:00Z")
	_, err = author.MoveClock(t.Context(), w, author.Move{Advance: "3d"}, nil)
	require.NoError(t, err)
	assert.Equal(t, time.Date(2025, 9, 4, 8, 0, 0, 0, time.UTC), w.Now())
	for text, move := range map[string]author.Move{"advance": {Advance: "soon"}, "set": {Set: "tomorrow"}} {
		_, err = author.MoveClock(t.Context(), w, move, nil)
		assert.ErrorContains(t, err, "INVALID_REQUEST: "+text+": expected")
	}
}

package platform

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/catalog"
)

// TestWriteSets: a commit yields all that it changed as a value, and applying the values in order gives the state. What
// was refused yields nothing.
func TestWriteSets(t *testing.T) {
	c, err := catalog.Load()
	require.NoError(t, err)
	var sets []WriteSet
	w, err := newWorld("w", c, Config{Client: SampleClient(), Clock: FrozenAt(time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)), Observe: func(s WriteSet) { sets = append(sets, s) }})
	require.NoError(t, err)
	_, err = Run(w, "book", func(tx *Tx) (struct{}, error) { return struct{}{}, book(tx) })
	require.NoError(t, err)
	_, err = Run(w, "cancel", func(tx *Tx) (Cancelled, error) { return tx.CancelOrder("DP00000000000002") })
	require.NoError(t, err)
	before := len(sets)
	_, err = Run(w, "cancel", func(tx *Tx) (Cancelled, error) { return tx.CancelOrder("DP00000000000002") })
	require.Error(t, err)
	require.Len(t, sets, before)

	rows := map[string]map[string]any{}
	for i, set := range sets {
		assert.Equal(t, sets[0].Number+uint64(i), set.Number)
		for _, change := range set.Changes {
			if rows[change.Table] == nil {
				rows[change.Table] = map[string]any{}
			}
			if change.Value == nil {
				delete(rows[change.Table], change.Key)
			} else {
				rows[change.Table][change.Key] = change.Value
			}
		}
	}
	applied := 0
	for _, table := range []map[string]any{rows["ePasses"], rows["orders"], rows["slots"], rows["tokens"]} {
		applied += len(table)
	}
	assert.Equal(t, w.state.ePasses.len()+w.state.orders.len()+w.state.slots.len()+w.state.tokens.len(), applied)
	w.state.orders.each(func(key string, o dragonpass.Order) bool {
		assert.Equal(t, o, rows["orders"][key])
		return true
	})
	w.state.ePasses.each(func(key string, p dragonpass.EPass) bool {
		assert.Equal(t, p, rows["ePasses"][key])
		return true
	})
}

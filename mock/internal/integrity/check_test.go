package integrity_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/clock"
	"dragonmock/mock/internal/integrity"
	"dragonmock/mock/internal/store"
)

// TestEveryTable_HasARule: a table that is added without one is named here, and no state is loaded.
func TestEveryTable_HasARule(t *testing.T) {
	t.Parallel()
	c, err := catalog.Load()
	require.NoError(t, err)
	assert.NoError(t, integrity.Check(store.New(clock.Clock{}, 1), integrity.Terms{Catalog: c, Wall: time.Now()}))
}

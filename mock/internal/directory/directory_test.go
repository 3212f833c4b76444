package directory

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestLikeness_CountsRunes: a letter is a letter, however many bytes it takes.
func TestLikeness_CountsRunes(t *testing.T) {
	t.Parallel()
	assert.InDelta(t, 1, likeness("order", "order"), 0)
	assert.InDelta(t, 0.8, likeness("ordör", "order"), 1e-9)
	assert.InDelta(t, 0, likeness("ördör", "order"), 0, "two of five letters are too many")
	assert.InDelta(t, 0, likeness("lounge", "order"), 0)
	assert.Equal(t, likeness("membrship", "membership"), likeness("membership", "membrship"))
}

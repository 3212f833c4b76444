package seed_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/internal/seed"
)

// TestStreams_NeverChange holds the values that users have seen: ids, tokens and delays come from them.
func TestStreams_NeverChange(t *testing.T) {
	assert.Equal(t, uint64(0x351ce75c23230e7d), seed.Key(0, "prebookingToken"))
	assert.Equal(t, uint64(0x725be86dbc9121e), seed.Nth(7, "qrCode", 3).Uint64())
	assert.Equal(t, seed.Key(7, "qrCode"), seed.PCG(7, "qrCode").Uint64(), "a key is the first of the stream")
	assert.Equal(t, rand.NewPCG(seed.Key(7, "qrCode"), 3).Uint64(), seed.Nth(7, "qrCode", 3).Uint64())
}

func TestStreams_ByAnotherKey_Differ(t *testing.T) {
	seen := map[uint64]bool{}
	for _, s := range []uint64{0, 1} {
		for _, purpose := range []string{"", "a", "b"} {
			for n := range uint64(3) {
				seen[seed.Nth(s, purpose, n).Uint64()] = true
			}
		}
	}
	assert.Len(t, seen, 2*3*3)
}

func TestSource64_HasNoSign(t *testing.T) {
	s := seed.Source64{PCG: seed.PCG(1, "x")}
	same := seed.PCG(1, "x")
	for range 100 {
		s.Seed(5) // which changes nothing
		n := s.Int63()
		assert.GreaterOrEqual(t, n, int64(0))
		assert.Equal(t, int64(same.Uint64()>>1), n)
	}
}

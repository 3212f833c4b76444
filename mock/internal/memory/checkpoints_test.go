package memory_test

import (
	"maps"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/memory"
)

// TestCheckpoints_CountWhatNoOtherHas: steps are "from" a state by which so much was written, or "keep" one under a name.
func TestCheckpoints_CountWhatNoOtherHas(t *testing.T) {
	t.Parallel()
	const limit = 1000
	type step struct {
		name          string // empty: from
		size, written int
		together      int
		refused       bool
	}
	for name, steps := range map[string][]step{
		"each its own rows": {{"a", 300, 300, 300, false}, {"b", 400, 400, 400, false}, {"c", 400, 400, 400, false}},
		"no more than all its rows, however often they were written": {{"a", 300, 300, 300, false}, {"b", 310, 90_000, 610, false}},
		"in place of another, which others may share":                {{"a", 300, 300, 300, false}, {"b", 350, 350, 350, false}, {"a", 400, 400, 400, false}},
		"again and again": {{"a", 300, 300, 300, false}, {"a", 310, 400, 310, false}, {"a", 310, 900, 310, false}},
		"branches of one": {{"a", 300, 300, 300, false}, {"b", 500, 500, 500, false}, {"", 0, 300, 0, false}, {"c", 450, 450, 650, false}},
		"what others share stays counted when the first is replaced": {
			{"a", 900, 900, 900, false}, {"b", 900, 900, 900, false}, {"", 0, 10, 0, false}, {"a", 10, 10, 900, false},
			{"", 0, 900, 0, false}, {"b", 950, 950, 950, false},
		},
		"replaced in turns": {
			{"a", 100, 100, 100, false}, {"b", 110, 110, 110, false}, {"", 0, 0, 0, false}, {"a", 100, 100, 210, false}, {"b", 110, 110, 210, false},
			{"", 0, 0, 0, false}, {"a", 100, 100, 210, false}, {"b", 110, 110, 210, false},
		},
		"of the latest nothing is shared": {{"a", 300, 300, 300, false}, {"b", 900, 900, 900, false}, {"", 0, 300, 0, false}, {"b", 310, 310, 310, false}},
		"what is refused is not counted": {
			{"a", 900, 900, 900, false}, {"b", 1100, 1100, 1100, true}, {"", 0, 900, 0, false}, {"b", 1000, 1000, 1000, false}, {"c", 1001, 1001, 1001, true},
		},
	} {
		var kept memory.Checkpoints
		for i, s := range steps {
			if s.name == "" {
				kept.From(s.written)
				continue
			}
			together, fits := kept.Keep(s.name, s.size, s.written, limit)
			assert.Equal(t, s.together, together, "%s: step %d", name, i)
			assert.Equal(t, s.refused, !fits, "%s: step %d", name, i)
		}
	}
}

// TestCheckpoints_BeyondTheLimit_MayShrink: a world that comes back from a file is counted as it is.
func TestCheckpoints_BeyondTheLimit_MayShrink(t *testing.T) {
	t.Parallel()
	var kept memory.Checkpoints
	_, fits := kept.Keep("a", 900, 900, math.MaxInt)
	require.True(t, fits)
	_, fits = kept.Keep("b", 1800, 1800, math.MaxInt)
	require.True(t, fits)
	together, fits := kept.Keep("c", 1801, 1801, 1000)
	assert.False(t, fits)
	assert.Equal(t, 1801, together)
	kept.From(900)
	together, fits = kept.Keep("b", 1000, 1000, 1000)
	assert.True(t, fits, "it is less than it was")
	assert.Equal(t, 1000, together)
}

// TestCheckpoints_NeverCountTooLittle: of states whose rows are known, whatever the world goes on from.
func TestCheckpoints_NeverCountTooLittle(t *testing.T) {
	t.Parallel()
	type state struct {
		rows    map[int]bool // of a byte each, by when they were written
		written int
	}
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		var counted memory.Checkpoints
		now, kept, row := state{rows: map[int]bool{}}, map[string]state{}, 0
		write := func(n int) {
			for range n {
				row++
				now.rows[row] = true
				now.written++
			}
		}
		for range 40 {
			name := string(rune('a' + r.IntN(4)))
			switch r.IntN(6) {
			case 0: // a reset
				now = state{rows: map[int]bool{}}
				counted.From(0)
			case 1: // another state is put in its place
				now = state{rows: map[int]bool{}}
				write(r.IntN(50))
				counted.From(0)
			case 2:
				if from, there := kept[name]; there {
					now = state{maps.Clone(from.rows), from.written}
					counted.From(from.written)
				}
			case 3: // rows are written, and others are removed
				maps.DeleteFunc(now.rows, func(int, bool) bool { return r.IntN(3) == 0 })
				write(r.IntN(30))
			default:
				write(r.IntN(30))
				kept[name] = state{maps.Clone(now.rows), now.written}
				together, fits := counted.Keep(name, len(now.rows), now.written, math.MaxInt)
				require.True(t, fits)
				all, sum := map[int]bool{}, 0
				for _, of := range kept {
					maps.Copy(all, of.rows)
					sum += len(of.rows)
				}
				require.GreaterOrEqual(t, together, len(all), "seed %d", seed)
				require.LessOrEqual(t, together, sum, "seed %d", seed)
			}
		}
	}
}

package memory_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/internal/memory"
)

func TestPool_WhoHasMoreThanItsPart_GivesWay(t *testing.T) {
	t.Parallel()
	pool := memory.NewPool(1000, 2)
	large, small := pool.Join(800), pool.Join(100)
	assert.Equal(t, 900, pool.Used())
	assert.False(t, large.Exceeded(800, 800), "there is room")
	assert.True(t, large.Exceeded(901, 901), "what is not noted yet counts, too")
	small.Set(250)
	assert.Equal(t, 1050, pool.Used())
	assert.True(t, large.Exceeded(800, 251))
	assert.False(t, large.Exceeded(800, 250), "a quarter is the part of each of two kinds in each of two worlds")
	assert.False(t, small.Exceeded(250, 250))
	assert.True(t, small.Exceeded(251, 251))
	large.Leave()
	large.Leave()
	assert.Equal(t, 250, pool.Used())
	assert.False(t, small.Exceeded(1000, 1000))
	assert.True(t, small.Exceeded(1001, 501), "it has the parts of both")
	assert.False(t, small.Exceeded(1001, 500))
}

func TestPool_None_HasNoBound(t *testing.T) {
	t.Parallel()
	var none *memory.Pool
	share := none.Join(1 << 60)
	assert.False(t, share.Exceeded(1<<61, 1<<61))
	share.Leave()
}

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

type row [2]int64

type said [2]int64

func (*said) Size() int { return 1000 }

func TestOfRow(t *testing.T) {
	t.Parallel()
	assert.Zero(t, memory.OfRow[row]("key", nil))
	plain := memory.OfRow("key", &row{})
	assert.Greater(t, plain, 16+3)
	assert.Equal(t, plain+1, memory.OfRow("keys", &row{}))
	assert.Equal(t, plain+1000, memory.OfRow("key", &said{}))
}

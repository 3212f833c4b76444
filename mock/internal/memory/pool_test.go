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

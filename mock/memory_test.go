package mock_test

import (
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/mocktest"
)

// orderBytes is what an order may take of the heap, with its voucher and its places in lists. The collector keeps garbage
// beside it: what is promised is a thousand.
const orderBytes = 700

// TestMemory_OrdersThatStand_TakeLittle is not parallel, since the heap is everybody's.
func TestMemory_OrdersThatStand_TakeLittle(t *testing.T) {
	const orders = 5000
	bench := newBench(t)
	book := func(n int) {
		for _, body := range bench.prebookings(n) {
			bench.post(mocktest.PrebookingPath, body)
		}
	}
	inUse := func() int {
		_, err := bench.world.Advance(time.Hour) // beyond the life of the tokens
		require.NoError(t, err)
		for range 16 {
			bench.availability() // one of which forgets them
		}
		runtime.GC() // what pools held for one more time
		return int(heap())
	}
	book(700) // the journal is full from then on
	before := inUse()
	book(orders)
	each := (inUse() - before) / orders
	t.Log("an order takes", each, "bytes")
	assert.Less(t, each, orderBytes)
	assert.Positive(t, each)
}

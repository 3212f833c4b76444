package main

import (
	"runtime"
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestGarbageBeside(t *testing.T) {
	t.Parallel()
	const mb = 1 << 20
	for used, want := range map[uint64]int{0: 400, 8 * mb: 400, 16 * mb: 400, 17 * mb: 376, 32 * mb: 200, 64 * mb: 100, 128 * mb: 50, 160 * mb: 40, 161 * mb: 40, 1 << 40: 40} {
		assert.Equal(t, want, garbageBeside(used), used)
	}
}

// TestSpendMemory_FollowsTheHeap: less garbage lies beside a heap that has grown, and what somebody else has set stays.
func TestSpendMemory_FollowsTheHeap(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	percent := func() int {
		now := debug.SetGCPercent(100)
		debug.SetGCPercent(now)
		return now
	}
	collect := func(until func() bool) {
		for !until() { // finalizers come when they come
			runtime.GC()
			runtime.Gosched()
		}
	}
	spendMemory()
	large := make([]byte, 256<<20)
	collect(func() bool { return percent() == leastGarbage })
	runtime.KeepAlive(large)
	large = nil
	collect(func() bool { return percent() > leastGarbage })
	before := debug.SetGCPercent(77)
	looked := 0
	collect(func() bool { looked++; return looked > 10 })
	assert.Equal(t, 77, percent())
	debug.SetGCPercent(before)
}

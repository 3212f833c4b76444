package main

import (
	"context"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

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

func TestContainerLimit(t *testing.T) {
	t.Parallel()
	const second, first = "sys/fs/cgroup/memory.max", "sys/fs/cgroup/memory/memory.limit_in_bytes"
	for _, test := range []struct {
		name  string
		files map[string]string
		want  int64
	}{
		{"no control groups", nil, 0},
		{"version 2", map[string]string{second: "134217728\n"}, 134217728},
		{"version 2 without a limit", map[string]string{second: "max\n"}, 0},
		{"version 1", map[string]string{first: "67108864\n"}, 67108864},
		{"version 1 without a limit", map[string]string{first: "9223372036854771712\n"}, 0},
		{"both, one without", map[string]string{second: "max\n", first: "67108864\n"}, 67108864},
		{"nonsense", map[string]string{second: "-1\n", first: ""}, 0},
	} {
		root := fstest.MapFS{}
		for name, text := range test.files {
			root[name] = &fstest.MapFile{Data: []byte(text)}
		}
		assert.Equal(t, test.want, containerLimit(root), test.name)
	}
}

func TestKeepWithin_LeavesATenth(t *testing.T) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(-1))
	before := debug.SetMemoryLimit(-1)
	keepWithin(fstest.MapFS{})
	assert.Equal(t, before, debug.SetMemoryLimit(-1), "there is no limit")
	keepWithin(fstest.MapFS{"sys/fs/cgroup/memory.max": {Data: []byte("1000000000\n")}})
	assert.EqualValues(t, 900_000_000, debug.SetMemoryLimit(-1))
}

// TestGiveBack_WhenAtRest: once after a load, not under it, and not for the little that a server at rest allocates.
func TestGiveBack_WhenAtRest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, end := context.WithCancel(t.Context())
		var total, freed atomic.Uint64
		go giveBack(ctx, total.Load, func() { freed.Add(1) })
		synctest.Wait()
		for minute, step := range []struct {
			allocates uint64
			freed     uint64
		}{
			{0, 0}, {little - 1, 0}, {much, 0}, {little, 0}, {little - 1, 1}, {0, 1}, {little - 1, 1}, // under load, at rest, still at rest
			{much / 2, 1}, {0, 1}, {much / 2, 1}, {0, 2}, // what came since adds up
		} {
			total.Add(step.allocates)
			time.Sleep(restFor) // of the bubble
			synctest.Wait()
			assert.Equal(t, step.freed, freed.Load(), "minute %d", minute+1)
		}
		end()
	})
}

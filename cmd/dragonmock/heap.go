package main

import (
	"context"
	"io/fs"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
	"time"
)

// The bounds of GOGC, in percent of the heap in use, and how much garbage may lie, in bytes, where that is between them. A
// mock's world is small, and memory is spent rather than time; beside a large one less is spent.
const (
	mostGarbage   = 400
	leastGarbage  = 40
	roomOfGarbage = 64 << 20
)

// garbageBeside is how much garbage may lie beside a heap of so many bytes, in percent.
func garbageBeside(used uint64) int {
	return int(max(leastGarbage, min(mostGarbage, roomOfGarbage*100/max(used, 1))))
}

// spendMemory lets garbage lie from now on, as much as the heap in use allows for.
func spendMemory() {
	debug.SetGCPercent(mostGarbage)
	afterCollections(mostGarbage)
}

// sentinel is garbage, which the next collection finds. It is large enough to be an object by itself.
type sentinel [16]byte

// afterCollections sets GOGC anew after each collection, unless somebody else has set it for a while.
func afterCollections(last int) {
	s := new(sentinel)
	runtime.SetFinalizer(s, func(*sentinel) {
		next := garbageBeside(heapInUse())
		if was := debug.SetGCPercent(next); was != last {
			debug.SetGCPercent(was)
			next = last
		}
		afterCollections(next)
	})
}

// heapInUse is what the last collection found in use, in bytes.
func heapInUse() uint64 { return measured("/gc/heap/live:bytes") }

// allocated is how many bytes were ever allocated.
func allocated() uint64 { return measured("/gc/heap/allocs:bytes") }

func measured(name string) uint64 {
	sample := []metrics.Sample{{Name: name}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// A server is at rest when it allocates less than little, in bytes, for a while. Memory is given back when it comes to rest and
// has allocated much since it was given back.
const (
	restFor = time.Minute
	little  = 1 << 20
	much    = 16 << 20
)

// giveBack gives memory back to the system each time that the server comes to rest, until ctx ends. What a load has left lies
// there otherwise for as long as nobody calls.
func giveBack(ctx context.Context, allocated func() uint64, free func()) {
	ticker := time.NewTicker(restFor)
	defer ticker.Stop()
	given := allocated()
	last := given
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		now := allocated()
		if now-last < little && now-given >= much {
			free()
			given = now
		}
		last = now
	}
}

// The files that have the limit of the container's memory, in bytes: control groups of version 2 and 1. Where there is none,
// the one says max, and the other a number that no machine has.
var limitFiles = []string{"sys/fs/cgroup/memory.max", "sys/fs/cgroup/memory/memory.limit_in_bytes"}

const noLimit = 1 << 50

// keepWithin has the collector work harder near the limit of the container's memory, rather than let the kernel end the
// server: a tenth is left for what is no Go memory. Without a limit nothing changes.
func keepWithin(root fs.FS) {
	if limit := containerLimit(root); limit > 0 {
		debug.SetMemoryLimit(limit / 10 * 9)
	}
}

// containerLimit is the limit of the container's memory, in bytes; 0 when there is none, or none can be read.
func containerLimit(root fs.FS) int64 {
	for _, name := range limitFiles {
		text, err := fs.ReadFile(root, name)
		if err != nil {
			continue
		}
		if limit, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64); err == nil && limit > 0 && limit < noLimit {
			return limit
		}
	}
	return 0
}

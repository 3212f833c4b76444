package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
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
func heapInUse() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

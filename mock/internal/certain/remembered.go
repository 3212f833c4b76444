package certain

import (
	"hash/maphash"
	"sync/atomic"
)

// sums is how many bodies of a schema are remembered: some kilobytes.
const sums = 256

// remembered are the sums of bodies that were legal: the same text is legal again. Clients ask for the same things over and
// over, and are answered with the same text. It is a sum of 64 bits with a seed that nobody is told, so that no client finds
// another body that has it.
type remembered struct{ sums [sums]atomic.Uint64 }

var secret = maphash.MakeSeed()

// sumOf is the sum of a body: 0 is the sum of none.
func sumOf(body []byte) uint64 { return max(maphash.Bytes(secret, body), 1) }

func (r *remembered) has(sum uint64) bool { return r.sums[sum%sums].Load() == sum }

// add forgets another one whose place it is.
func (r *remembered) add(sum uint64) { r.sums[sum%sums].Store(sum) }

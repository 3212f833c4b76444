package journal

import "sync/atomic"

// Budget is the bytes that all journals of a server may take together. It may be exceeded by one head line for each
// journal, because the newest exchange of a world is always known. A nil Budget has no bound.
type Budget struct {
	limit int64
	used  atomic.Int64
}

// NewBudget makes a budget of so many bytes.
func NewBudget(bytes int) *Budget { return &Budget{limit: int64(bytes)} }

// Used is how many bytes are taken.
func (b *Budget) Used() int {
	if b == nil {
		return 0
	}
	return int(b.used.Load())
}

// take takes n bytes, or none and says so.
func (b *Budget) take(n int) bool {
	if b == nil {
		return true
	}
	if b.used.Add(int64(n)) <= b.limit {
		return true
	}
	b.used.Add(-int64(n))
	return false
}

// force takes n bytes, negative ones too, whatever the limit.
func (b *Budget) force(n int) {
	if b != nil {
		b.used.Add(int64(n))
	}
}

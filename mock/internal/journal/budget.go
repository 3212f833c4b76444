package journal

import (
	"sync"
	"sync/atomic"
	"time"
)

// Budget is the bytes that all journals of a server may take together. An equal part of it is each journal's own: until
// a journal has that much, the oldest entries of those with more give way to it, so that the worlds that were there
// first do not starve the others. It may be exceeded by one head line for each journal, because the newest exchange of
// a world is always known. A nil Budget has no bound.
type Budget struct {
	limit int64
	used  atomic.Int64

	mu      sync.Mutex // after that of a journal; others' are only tried while it is held
	members map[*Journal]bool
}

// NewBudget makes a budget of so many bytes.
func NewBudget(bytes int) *Budget { return &Budget{limit: int64(bytes), members: map[*Journal]bool{}} }

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

// join counts a journal that has entries among those that share; leave no longer does.
func (b *Budget) join(j *Journal) {
	if b != nil {
		b.mu.Lock()
		b.members[j] = true
		b.mu.Unlock()
	}
}

func (b *Budget) leave(j *Journal) {
	if b != nil {
		b.mu.Lock()
		delete(b.members, j)
		b.mu.Unlock()
	}
}

// takeShare takes n bytes for a journal that has less than its part, from those that have more. The journal's lock is held.
// One that is busy just then gives nothing.
func (b *Budget) takeShare(j *Journal, n int) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	share := int(b.limit) / max(len(b.members), 1)
	for j.bytes+n <= share {
		giver := b.oldest(j, share)
		if giver == nil || !giver.mu.TryLock() {
			return false
		}
		for giver.bytes > share && giver.ring.n > 1 && b.used.Load()+int64(n) > b.limit {
			giver.forgetOldest()
		}
		giver.mu.Unlock()
		if b.take(n) {
			return true
		}
	}
	return false
}

// oldest is the journal with more than its share whose oldest entry is the oldest; nil: there is none but the asker.
func (b *Budget) oldest(asker *Journal, share int) (oldest *Journal) {
	var since time.Time
	for j := range b.members {
		if j == asker || !j.mu.TryLock() {
			continue
		}
		if j.bytes > share && j.ring.n > 1 {
			if at := time.Time(j.ring.at(0).At); oldest == nil || at.Before(since) {
				oldest, since = j, at
			}
		}
		j.mu.Unlock()
	}
	return oldest
}

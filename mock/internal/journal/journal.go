package journal

import "sync"

// Defaults of [Limits] and of a [Budget].
const (
	DefaultEntries = 1000
	DefaultBytes   = 1 << 20
	DefaultBody    = 16 << 10
	DefaultBudget  = 32 << 20
)

// Limits bound a journal.
type Limits struct {
	Entries int // how many entries it holds; 0 turns the journal off
	Bytes   int // how many bytes they take together
	Body    int // where a body is cut, in bytes
}

// DefaultLimits are the limits of a journal that nobody configured.
func DefaultLimits() Limits {
	return Limits{Entries: DefaultEntries, Bytes: DefaultBytes, Body: DefaultBody}
}

// Journal is what one world remembers of its exchanges. All methods are safe for concurrent use.
type Journal struct {
	limits Limits
	budget *Budget

	mu      sync.Mutex
	ring    ring
	bytes   int    // what ring and unread take
	last    uint64 // the id of the newest entry
	dropped int    // how many entries were forgotten since the last clear
	clears  int
	closed  bool
	unread  tally
	changed chan struct{} // closed and forgotten by the next change; nil while nobody waits
}

// New makes an empty journal. The budget is shared with the other journals of a server; nil is no bound.
func New(limits Limits, budget *Budget) *Journal { return &Journal{limits: limits, budget: budget} }

// off says whether the journal remembers nothing.
func (j *Journal) off() bool { return j.limits.Entries <= 0 }

// Add records an exchange and returns its id, or 0 if the journal is off or closed. It forgets the oldest entries to
// make room.
func (j *Journal) Add(x Exchange) uint64 {
	if j.off() {
		return 0
	}
	rec := pack(&x, j.limits.Body)
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.closed {
		return 0
	}
	if j.ring.n == 0 {
		j.budget.join(j)
	}
	if j.ring.n == j.limits.Entries {
		j.forgetOldest()
	}
	j.charge(rec)
	j.last++
	rec.id = j.last
	j.ring.push(rec)
	j.count(x.Operation, x.Unread)
	j.wake()
	return rec.id
}

// charge makes room for a record and pays for it. If it has no room even alone, only its head line is left.
func (j *Journal) charge(rec *record) {
	cost := rec.cost()
	for j.ring.n > 0 && j.bytes+cost > j.limits.Bytes {
		j.forgetOldest()
	}
	fits := j.bytes+cost <= j.limits.Bytes && (j.budget.take(cost) || j.budget.takeShare(j, cost))
	for !fits && j.ring.n > 0 {
		j.forgetOldest()
		fits = j.budget.take(cost)
	}
	if !fits {
		rec.dropMessages()
		cost = rec.cost()
		j.budget.force(cost)
	}
	j.bytes += cost
}

func (j *Journal) forgetOldest() {
	cost := j.ring.pop().cost()
	j.bytes -= cost
	j.budget.force(-cost)
	j.dropped++
}

// ContinueAfter has the first entry of a new journal come after the entries of another.
func (j *Journal) ContinueAfter(id uint64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.last = max(j.last, id)
}

// Last is the id of the newest entry, 0 before the first: what follows it is what has not happened yet.
func (j *Journal) Last() uint64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.last
}

// Clear forgets everything, what was counted too. Ids go on.
func (j *Journal) Clear() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.empty()
}

// Close clears the journal for good, and gives back its share of the budget. Those who wait or watch are let go, and
// what is added later is not recorded.
func (j *Journal) Close() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.empty()
	j.budget.leave(j)
	j.closed = true
	j.wake()
}

func (j *Journal) empty() {
	j.budget.force(-j.bytes)
	j.ring, j.bytes, j.dropped, j.unread = ring{}, 0, 0, tally{}
	j.clears++
}

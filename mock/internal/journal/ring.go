package journal

// ring holds records, oldest first. It grows up to what is asked of it and shifts nothing. The zero ring is empty.
type ring struct {
	slots    []*record
	first, n int
}

// push appends a record.
func (r *ring) push(rec *record) {
	if r.n == len(r.slots) {
		grown := make([]*record, max(16, 2*r.n))
		for i := range r.n {
			grown[i] = r.at(i)
		}
		r.slots, r.first = grown, 0
	}
	r.slots[(r.first+r.n)%len(r.slots)] = rec
	r.n++
}

// pop takes the oldest record out.
func (r *ring) pop() *record {
	rec := r.slots[r.first]
	r.slots[r.first] = nil
	r.first = (r.first + 1) % len(r.slots)
	r.n--
	return rec
}

// at is the record at place i, counted from the oldest.
func (r *ring) at(i int) *record { return r.slots[(r.first+i)%len(r.slots)] }

// after is the place of the first record whose id is greater than id. The ids of a ring have no gaps.
func (r *ring) after(id uint64) int {
	if r.n == 0 || id < r.at(0).id {
		return 0
	}
	return int(min(id-r.at(0).id+1, uint64(r.n)))
}

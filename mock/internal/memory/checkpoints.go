package memory

// Checkpoints counts about how many bytes the checkpoints of a world take at most. They share rows with one another and with
// the world, so each counts for what was written since the one before it, or since the world came from one. What one that is
// replaced has counted stays, since others may share it; and all together take no more than the sum of what is in each. The
// zero value counts none.
type Checkpoints struct {
	since  int    // how much had been written then
	last   string // the latest, whose rows no other shares
	latest int    // how much had been written when it was kept
	apart  bool   // the world went on from what was before it
	kept   map[string]kept
	own    int // sum of what they have of their own
	sizes  int // sum of what is in them
	shared int // of those that were replaced, what others may share
}

// kept is a checkpoint, in bytes.
type kept struct{ size, own int }

// From notes that the world goes on from a state by which so much had been written.
func (c *Checkpoints) From(written int) {
	c.since, c.apart = written, written < c.latest
}

// Keep counts a checkpoint under a name, in place of the one that had it: of a state of so many bytes, by which so much had
// been written. It returns what all take together then; when that is more than the limit, and more than before, nothing is
// counted.
func (c *Checkpoints) Keep(name string, size, written, limit int) (together int, fits bool) {
	before := c.kept[name]
	is, next := kept{size, written - c.since}, *c
	switch {
	case name != c.last: // others may share it
		next.shared += before.own
	case !c.apart: // it is still there
		is.own += before.own
	}
	is.own = min(is.own, size)
	next.own += is.own - before.own
	next.sizes += size - before.size
	next.shared = max(min(next.shared, next.sizes-next.own), 0)
	if together = next.together(); together > limit && together > c.together() {
		return together, false
	}
	if next.kept == nil {
		next.kept = map[string]kept{}
	}
	next.kept[name] = is
	next.last, next.latest, next.since, next.apart = name, written, written, false
	*c = next
	return together, true
}

func (c *Checkpoints) together() int { return c.own + c.shared }

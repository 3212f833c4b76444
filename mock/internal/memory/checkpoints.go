package memory

// Checkpoints counts about how many bytes the checkpoints of a world take. They share rows with one another and with the
// world, so each counts for what was written since the one before it, or since the world came from one, and at most for all
// that is in it. The zero value counts none.
type Checkpoints struct {
	since int // how much had been written then
	own   map[string]int
	bytes int
}

// From notes that the world goes on from a state by which so much had been written.
func (c *Checkpoints) From(written int) { c.since = written }

// Keep counts a checkpoint under a name, in place of the one that had it: of a state of so many bytes, by which so much had
// been written. It returns what all take together then; when that is more than the limit, nothing is counted.
func (c *Checkpoints) Keep(name string, size, written, limit int) (together int, fits bool) {
	before := c.own[name]
	own := min(size, written-c.since+before) // others may still share what the one before had
	if together = c.bytes - before + own; together > limit {
		return together, false
	}
	if c.own == nil {
		c.own = map[string]int{}
	}
	c.own[name], c.bytes, c.since = own, together, written
	return together, true
}

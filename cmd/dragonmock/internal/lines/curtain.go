package lines

import (
	"bytes"
	"io"
	"sync"
)

// Curtain keeps back what is written before it is raised, so that something else comes first.
type Curtain struct {
	To io.Writer

	mu     sync.Mutex // guards the rest
	early  [][]byte
	raised bool
}

// Write takes a line, for now or for later.
func (c *Curtain) Write(line []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.raised {
		return c.To.Write(line)
	}
	c.early = append(c.early, bytes.Clone(line))
	return len(line), nil
}

// Raise writes what was kept back. It may be called twice.
func (c *Curtain) Raise() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, line := range c.early {
		_, _ = c.To.Write(line) // whom would one tell
	}
	c.early, c.raised = nil, true
}

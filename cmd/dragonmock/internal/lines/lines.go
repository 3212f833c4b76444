// Package lines owns how the lines of a log get to who reads them: nobody waits for the reader, and one line can be the
// first.
package lines

import (
	"bytes"
	"io"
	"sync"
	"time"
)

// The bounds of what is on its way.
const (
	maxPending = 1 << 20                // bytes of lines that nobody has read yet
	lastWords  = 200 * time.Millisecond // how long the end of the program waits for who reads the log
)

// Lines writes the lines of a log from a goroutine of its own: whoever logs never waits for whoever reads. A reader that
// is slow or gone loses lines, and is told how many. Make one with [New].
type Lines struct {
	to   io.Writer
	tell func(lost int) // tells the reader, straight; nil: nobody does

	mu      sync.Mutex // guards the rest
	pending [][]byte
	size    int // of what is pending and what is being written
	lost    int
	closed  bool

	more chan struct{} // there is something to do
	done chan struct{}
}

// New begins to write.
func New(to io.Writer, tell func(lost int)) *Lines {
	l := &Lines{to: to, tell: tell, more: make(chan struct{}, 1), done: make(chan struct{})}
	go l.run()
	return l
}

// Write takes a line, or loses it. It never fails.
func (l *Lines) Write(line []byte) (int, error) {
	l.mu.Lock()
	if l.closed || l.size+len(line) > maxPending {
		l.lost++
	} else {
		l.pending, l.size = append(l.pending, bytes.Clone(line)), l.size+len(line)
	}
	l.mu.Unlock()
	l.wake()
	return len(line), nil
}

func (l *Lines) wake() {
	select {
	case l.more <- struct{}{}:
	default: // it will look anyway
	}
}

// run writes until the end.
func (l *Lines) run() {
	defer close(l.done)
	for range l.more {
		for {
			l.mu.Lock()
			batch, lost, closed := l.pending, l.lost, l.closed
			l.pending, l.lost = nil, 0
			l.mu.Unlock()
			if len(batch) == 0 && lost == 0 {
				if closed {
					return
				}
				break
			}
			for _, line := range batch {
				_, _ = l.to.Write(line) // whom would one tell
				l.mu.Lock()
				l.size -= len(line)
				l.mu.Unlock()
			}
			if lost > 0 && l.tell != nil {
				l.tell(lost)
			}
		}
	}
}

// Close writes what is pending, for a while: a reader that is gone does not stop the end of the program.
func (l *Lines) Close() {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	l.wake()
	select {
	case <-l.done:
	case <-time.After(lastWords):
	}
}

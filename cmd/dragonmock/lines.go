package main

import (
	"bytes"
	"io"
	"log/slog"
	"os"
	"strings"
	"sync"
	"time"
)

// The bounds of the log.
const (
	maxValue   = 4 << 10                // bytes of one value of a line
	maxPending = 1 << 20                // bytes of lines that nobody has read yet
	lastWords  = 200 * time.Millisecond // how long the end of the program waits for who reads the log
)

// lines writes the lines of a log from a goroutine of its own: whoever logs never waits for whoever reads. A reader that
// is slow or gone loses lines, and is told how many. Make one with [newLines].
type lines struct {
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

// newLines begins to write.
func newLines(to io.Writer, tell func(lost int)) *lines {
	l := &lines{to: to, tell: tell, more: make(chan struct{}, 1), done: make(chan struct{})}
	go l.run()
	return l
}

// Write takes a line, or loses it. It never fails.
func (l *lines) Write(line []byte) (int, error) {
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

func (l *lines) wake() {
	select {
	case l.more <- struct{}{}:
	default: // it will look anyway
	}
}

// run writes until the end.
func (l *lines) run() {
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

// close writes what is pending, for a while: a reader that is gone does not stop the end of the program.
func (l *lines) close() {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	l.wake()
	select {
	case <-l.done:
	case <-time.After(lastWords):
	}
}

// say writes a line to standard error, unless nobody reads it.
func say(line string) {
	l := newLines(os.Stderr, nil)
	_, _ = l.Write([]byte(line + "\n")) // it never fails
	l.close()
}

// logger writes to standard error. The function ends it.
func (s serve) logger() (log *slog.Logger, end func()) {
	var level slog.Level
	_ = level.UnmarshalText([]byte(s.LogLevel)) // one of the enum
	options := &slog.HandlerOptions{Level: level, ReplaceAttr: bounded}
	handler := func(to io.Writer) slog.Handler {
		if s.LogFormat == "json" {
			return slog.NewJSONHandler(to, options)
		}
		return slog.NewTextHandler(to, options)
	}
	straight := slog.New(handler(os.Stderr))
	l := newLines(os.Stderr, func(lost int) { straight.Warn("log lines were lost: nobody read them in time", "lines", lost) })
	return slog.New(handler(l)), l.close
}

// bounded cuts a value that is too long for a line. Lines are not cut: they may be JSON.
func bounded(_ []string, a slog.Attr) slog.Attr {
	text := a.Value.String
	if err, ok := a.Value.Any().(error); ok {
		text = err.Error
	} else if a.Value.Kind() != slog.KindString {
		return a
	}
	if s := text(); len(s) > maxValue {
		a.Value = slog.StringValue(strings.ToValidUTF8(s[:maxValue], "") + "...")
	}
	return a
}

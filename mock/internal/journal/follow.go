package journal

import (
	"context"
	"errors"
)

// Errors of [Journal.Wait].
var (
	ErrOff    = errors.New("the journal is off, so nothing can be waited for")
	ErrClosed = errors.New("the journal is closed, its world is gone")
)

// Wait waits until n entries match, those already there included, and lists them. Entries that are pushed out in the
// meantime still count; those that were before the call, or are cleared, do not. If ctx ends first, Wait lists what
// there is with the error of ctx; if the journal is off or closed, with [ErrOff] or [ErrClosed].
func (j *Journal) Wait(ctx context.Context, f Filter, n int) (Result, error) {
	seen, after, clears := 0, f.Since, 0
	for {
		j.mu.Lock()
		if j.clears != clears {
			seen, clears = 0, j.clears
		}
		seen += j.countAfter(f, after)
		after = max(after, j.last)
		changed, closed := j.change(), j.closed
		j.mu.Unlock()
		switch {
		case seen >= n:
			return j.List(f), nil
		case closed:
			return j.List(f), ErrClosed
		case j.off():
			return j.List(f), ErrOff
		case ctx.Err() != nil:
			return j.List(f), ctx.Err()
		}
		select {
		case <-changed:
		case <-ctx.Done(): // look once more: what came at the same time counts
		}
	}
}

// Subscribe sends every entry after the id since, until ctx ends or the journal is closed; then it closes the channel.
// Since = [Journal.Last] sends only what is new. A watcher that is slower than the journal forgets loses entries, and
// is told how many with the next one.
func (j *Journal) Subscribe(ctx context.Context, since uint64) <-chan Entry {
	notices := make(chan Entry)
	go func() {
		defer close(notices)
		for {
			rec := j.next(ctx, since)
			if rec == nil {
				return
			}
			entry := rec.entry()
			entry.Missed = int(rec.id - since - 1)
			select {
			case notices <- entry:
				since = rec.id
			case <-ctx.Done():
				return
			}
		}
	}()
	return notices
}

// next waits for the oldest record after an id; nil if ctx ends or the journal is closed.
func (j *Journal) next(ctx context.Context, id uint64) *record {
	for {
		j.mu.Lock()
		var rec *record
		if i := j.ring.after(id); i < j.ring.n {
			rec = j.ring.at(i)
		}
		changed, closed := j.change(), j.closed
		j.mu.Unlock()
		if closed || ctx.Err() != nil {
			return nil
		}
		if rec != nil {
			return rec
		}
		select {
		case <-changed:
		case <-ctx.Done():
		}
	}
}

// change is closed by the next change. The lock is held.
func (j *Journal) change() <-chan struct{} {
	if j.changed == nil {
		j.changed = make(chan struct{})
	}
	return j.changed
}

// wake tells all who wait. The lock is held.
func (j *Journal) wake() {
	if j.changed != nil {
		close(j.changed)
		j.changed = nil
	}
}

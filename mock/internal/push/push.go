package push

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	"dragonmock/mock/internal/caller"
	"dragonmock/mock/internal/outbox"
	"dragonmock/mock/internal/sink"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

// The bounds of one attempt.
const (
	timeout   = 10 * time.Second
	maxAnswer = 64 << 10 // bytes of an acknowledgement
)

// Config is what a [Pusher] needs.
type Config struct {
	// Render returns the body of an event as the client gets it.
	Render sink.Render

	Log *slog.Logger

	// Caller says how clients are called. Without a proxy callbacks use none, not even one that the environment names,
	// because a client under test is usually near, and a proxy that answers for it would hide that.
	Caller caller.Config
}

// Pusher delivers the events of worlds. No call that causes an event waits for it, except that moving a clock waits for
// what it delivers, as long as its caller's context allows. Make one with [New] and end it with [Pusher.Close].
type Pusher struct {
	render sink.Render
	log    *slog.Logger
	client *http.Client
	ctx    context.Context
	cancel context.CancelFunc
	wait   sync.WaitGroup

	mu     sync.Mutex // guards the rest
	closed bool
	lines  map[*world.World]*line
}

// line is the delivery to one world: one event at a time, in order.
type line struct {
	mu sync.Mutex // held while delivering

	// Guarded by the pusher's lock.
	timer  *time.Timer   // for the next retry of a running clock
	queued chan struct{} // closed when the delivery that waits for mu has sent all that is pending by then; nil: none waits
}

// New makes a pusher.
func New(c Config) *Pusher {
	c.Caller.Timeout = timeout
	p := &Pusher{render: c.Render, log: c.Log, client: caller.New(c.Caller), lines: map[*world.World]*line{}}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	return p
}

// Close ends all deliveries, waits for those on their way, and closes the connections of this pusher.
func (p *Pusher) Close() {
	p.mu.Lock()
	p.closed = true
	for _, l := range p.lines {
		if l.timer != nil {
			l.timer.Stop()
		}
	}
	p.mu.Unlock()
	p.cancel()
	p.wait.Wait()
	p.client.CloseIdleConnections()
}

// Forget ends the deliveries of a world that is gone. It is called with the host's lock held, so it must never call
// the host or a world: that would wait for the caller.
func (p *Pusher) Forget(w *world.World) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if l := p.lines[w]; l != nil && l.timer != nil {
		l.timer.Stop()
	}
	delete(p.lines, w)
}

// Deliver sends what a world has to send, soon. With wait it returns when that has been tried, or when ctx ends: then the
// delivery goes on without the caller. A world that has ended sends nothing, nor does one that is its own receiver.
func (p *Pusher) Deliver(ctx context.Context, w *world.World, wait bool) {
	if !w.Receivers().Any(false) {
		return
	}
	done := p.enqueue(w)
	if done == nil || !wait {
		return
	}
	select {
	case <-done:
	case <-ctx.Done():
	}
}

// enqueue returns what is closed when all that is pending now has been tried; nil when nobody tries it. While a client
// hangs, all who come share one delivery that stands in the queue, so that calls leave no goroutines behind.
func (p *Pusher) enqueue(w *world.World) <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed || w.Ended() {
		return nil
	}
	l := p.lines[w]
	if l == nil {
		l = &line{}
		p.lines[w] = l
	}
	if l.queued == nil {
		done := make(chan struct{})
		l.queued = done
		p.wait.Go(func() {
			defer close(done)
			p.run(w, l)
		})
	}
	return l.queued
}

// run takes its turn and no longer stands in the queue: what becomes pending from now on may be for the next one.
func (p *Pusher) run(w *world.World, l *line) {
	l.mu.Lock()
	defer l.mu.Unlock()
	p.mu.Lock()
	l.queued = nil
	p.mu.Unlock()
	p.sendAll(w, l)
}

// sendAll sends the pending events of a world until there are none, and sets a timer for the next retry. The line is held.
func (p *Pusher) sendAll(w *world.World, l *line) {
	for p.ctx.Err() == nil && !w.Ended() {
		sending, ok := p.take(w)
		if !ok {
			break
		}
		note := sending.Attempt(func() store.Attempt { return p.attempt(w.Receivers().Of(sending.News.Kind), sending) })
		transact(w, func(tx *world.Tx) {
			if p.ctx.Err() != nil {
				outbox.GiveBack(tx, sending.ID) // cut off by Close, which is no failure of the client
			} else {
				note(tx)
			}
		})
	}
	p.alarm(w, l)
}

// take takes the next callback of a world.
func (p *Pusher) take(w *world.World) (s sink.Sending, ok bool) {
	transact(w, func(tx *world.Tx) { s, ok = sink.Take(tx, p.render, false) })
	return s, ok
}

// transact runs a transaction that cannot fail.
func transact(w *world.World, do func(*world.Tx)) {
	_, _ = world.Run(w, "callback", func(tx *world.Tx) (struct{}, error) {
		do(tx)
		return struct{}{}, nil
	})
}

// alarm sets the timer for the next retry of a world whose clock runs.
func (p *Pusher) alarm(w *world.World, l *line) {
	in, ok := outbox.NextRetry(w)
	p.mu.Lock()
	defer p.mu.Unlock()
	if l.timer != nil {
		l.timer.Stop()
	}
	if ok && !p.closed && p.lines[w] == l {
		l.timer = time.AfterFunc(max(in, 0), func() { p.enqueue(w) })
	}
}

// attempt posts an event once; one of v2 bears its signature in Authorization. How it is acknowledged [sink.Judging]
// says; a redirect is not followed, and counts as the status that it has.
func (p *Pusher) attempt(to string, s sink.Sending) store.Attempt {
	body, signature, err := s.Message(p.render)
	if err != nil {
		return store.Attempt{Error: err.Error()}
	}
	request, err := http.NewRequestWithContext(p.ctx, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return store.Attempt{Error: err.Error()}
	}
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	if signature != "" {
		request.Header.Set("Authorization", "Bearer "+signature)
	}
	answer, err := p.client.Do(request)
	if err != nil {
		p.log.Debug("a callback found nobody", "host", request.URL.Host, "error", bare(err)) // the rest of a URL may be secret
		return store.Attempt{Error: err.Error()}
	}
	defer answer.Body.Close()
	body, err = io.ReadAll(io.LimitReader(answer.Body, maxAnswer+1))
	if err == nil && answer.StatusCode == http.StatusOK && len(body) > maxAnswer {
		err = fmt.Errorf("expected a body of at most %d bytes", maxAnswer)
	}
	if err != nil {
		return store.Attempt{Status: answer.StatusCode, Error: err.Error()}
	}
	return sink.Judging(s.News.Kind)(answer.StatusCode, body)
}

// bare is what went wrong with a request, without its URL.
func bare(err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return wrapped.Err
	}
	return err
}

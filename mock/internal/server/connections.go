package server

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"dragonmock/mock/internal/dispatch"
)

// How long a stop waits for what may never come.
const (
	unusedGrace = 10 * time.Millisecond  // for the first request of a connection that was just made
	bodyGrace   = 500 * time.Millisecond // for the rest of a body
)

// errStopped is what reading a body ends with that was not whole soon after the stop.
var errStopped = errors.New("the server ends, and the body is not whole")

// connections are those of one HTTP server, as far as a stop must know them. [http.Server.Shutdown] ends what is idle, but
// waits seconds for a connection that was never used, and for ever for a body that stalls.
type connections struct {
	timeout time.Duration // that a body may take, and a client for a piece of an answer
	stop    context.CancelCauseFunc

	mu      sync.Mutex // guards the rest
	stopped bool
	unused  map[net.Conn]bool
	bodies  map[*body]bool
	of      map[net.Conn]*body // the body of the request at work, of HTTP/1
}

// body is one that has not arrived.
type body struct {
	io.ReadCloser
	of         *connections
	conn       net.Conn
	connection *http.ResponseController
}

type connKey struct{}

// newConnections makes what stop is called for when a server shuts down.
func newConnections(timeout time.Duration, stop context.CancelCauseFunc) *connections {
	return &connections{timeout: timeout, stop: stop, unused: map[net.Conn]bool{}, bodies: map[*body]bool{}, of: map[net.Conn]*body{}}
}

// changed is the ConnState of an [http.Server].
func (c *connections) changed(conn net.Conn, state http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if state == http.StateNew {
		c.unused[conn] = true
		if c.stopped {
			time.AfterFunc(unusedGrace, func() { c.closeUnused(conn) })
		}
		return
	}
	delete(c.unused, conn)
	if state == http.StateIdle {
		_ = conn.SetWriteDeadline(time.Time{}) // that of the last answer
	}
	if state != http.StateActive {
		c.forget(c.of[conn])
	}
}

// forget no longer cares for a body. The lock is held.
func (c *connections) forget(b *body) {
	if b != nil {
		delete(c.bodies, b)
		delete(c.of, b.conn)
	}
}

// closeUnused closes a connection that has carried nothing.
func (c *connections) closeUnused(conn net.Conn) {
	c.mu.Lock()
	unused := c.unused[conn]
	c.mu.Unlock()
	if unused {
		_ = conn.Close()
	}
}

// end ends streams, waits and delays at once, connections that are not used and bodies that do not come soon.
func (c *connections) end() {
	c.stop(dispatch.ErrServerEnds)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stopped = true
	for conn := range c.unused {
		time.AfterFunc(unusedGrace, func() { c.closeUnused(conn) })
	}
	for b := range c.bodies {
		b.hurry()
	}
}

// hurry gives a body little time. A writer without a connection, such as a recorder, has no deadlines; nor has it a client
// that stalls.
func (b *body) hurry() { _ = b.connection.SetReadDeadline(time.Now().Add(bodyGrace)) }

// writer gives each piece of an answer its time to be taken in. A client that reads no more would keep its connection, and
// whoever writes to it, for ever.
type writer struct {
	http.ResponseWriter
	of         *connections
	connection *http.ResponseController
}

func (w writer) Write(p []byte) (int, error) {
	w.hurry()
	return w.ResponseWriter.Write(p)
}

// FlushError sends what was written.
func (w writer) FlushError() error {
	w.hurry()
	return w.connection.Flush()
}

// Unwrap is for [http.ResponseController].
func (w writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// hurry begins the time of a piece.
func (w writer) hurry() { _ = w.connection.SetWriteDeadline(time.Now().Add(w.of.timeout)) }

// bound gives requests and answers their time. Every body has its time to arrive from the start, whoever reads it. A request
// that is refused before its body was read has it read by net/http, which would wait for ever for a client that stalls.
// Whoever has read a body takes the bound off again: package intake.
func (c *connections) bound(next http.Handler) http.Handler {
	return http.HandlerFunc(func(bare http.ResponseWriter, r *http.Request) {
		w := writer{bare, c, http.NewResponseController(bare)}
		// net/http sends the rest, when it has waited for what it reads of a body that nobody has read.
		defer func() { _ = w.connection.SetWriteDeadline(time.Now().Add(2 * c.timeout)) }()
		if r.ContentLength == 0 {
			next.ServeHTTP(w, r)
			return
		}
		conn, _ := r.Context().Value(connKey{}).(net.Conn)
		b := &body{r.Body, c, conn, w.connection}
		_ = b.connection.SetReadDeadline(time.Now().Add(c.timeout))
		c.mu.Lock()
		c.bodies[b] = true
		if r.ProtoMajor == 1 && conn != nil {
			c.of[conn] = b // until the connection is idle: what is left is read after the answer
		}
		c.mu.Unlock()
		r = r.WithContext(r.Context()) // net/http looks at the body of its own when the answer is out
		r.Body = b
		next.ServeHTTP(w, r)
		if r.ProtoMajor != 1 || conn == nil {
			c.mu.Lock()
			c.forget(b)
			c.mu.Unlock()
		}
	})
}

// Read reads on, not for long after the stop.
func (b *body) Read(p []byte) (int, error) {
	b.of.mu.Lock()
	stopped := b.of.stopped
	b.of.mu.Unlock()
	if stopped {
		b.hurry()
	}
	n, err := b.ReadCloser.Read(p)
	if err == nil {
		return n, nil
	}
	b.of.mu.Lock()
	defer b.of.mu.Unlock()
	if errors.Is(err, os.ErrDeadlineExceeded) {
		if b.of.stopped {
			err = errStopped
		}
		return n, err
	}
	delete(b.of.bodies, b) // it is whole, or nothing more will come
	return n, err
}

package mock

import (
	"context"
	"io"
	"net"
	"net/http"
	"sync"
)

// pipeURL is what a client of a pipe calls; the host goes nowhere.
const pipeURL = "http://dragonmock"

// pipeTransport carries requests to a server over net.Pipe and a real HTTP server, so that resets, cut bodies and slow
// bodies are what they are on a network. Each connection carries one request: nothing is left behind when it ends, which
// testing/synctest asks for, and no client retries behind a test's back.
func pipeTransport(serve func() *http.Server) *http.Transport {
	return &http.Transport{
		DisableKeepAlives: true, DisableCompression: true, Proxy: nil,
		DialContext: func(context.Context, string, string) (net.Conn, error) {
			client, server := net.Pipe()
			go serve().Serve(&oneConn{conn: server})
			return client, nil
		},
	}
}

// oneConn is a listener that has one connection to give.
type oneConn struct {
	mu   sync.Mutex
	conn net.Conn
}

// Accept answers the connection once, then the end.
func (l *oneConn) Accept() (net.Conn, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.conn == nil {
		return nil, io.EOF
	}
	conn := l.conn
	l.conn = nil
	return conn, nil
}

// Close has nothing to close: the connection is the server's.
func (l *oneConn) Close() error { return nil }

// Addr names the pipe.
func (l *oneConn) Addr() net.Addr { return pipeAddr{} }

type pipeAddr struct{}

func (pipeAddr) Network() string { return "pipe" }
func (pipeAddr) String() string  { return "pipe" }

// authorized adds a world's token to requests that have none.
type authorized struct {
	world *World
	next  http.RoundTripper
}

// RoundTrip leaves the request as it was, as the interface asks.
func (a authorized) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Header.Get("Authorization") == "" {
		r = r.Clone(r.Context())
		r.Header.Set("Authorization", "Bearer "+a.world.Token())
	}
	return a.next.RoundTrip(r)
}

package pipe

import (
	"context"
	"io"
	"net"
	"net/http"
	"sync"
)

// URL is what a client of a pipe calls; the host goes nowhere.
const URL = "http://dragonmock"

// Transport carries requests to a server over net.Pipe and a real HTTP server, so that resets, cut bodies and slow
// bodies are what they are on a network. Each connection carries one request: nothing is left behind when it ends, which
// testing/synctest asks for, and no client retries behind a test's back.
func Transport(serve func() *http.Server) *http.Transport {
	return &http.Transport{
		DisableKeepAlives: true, DisableCompression: true, Proxy: nil,
		DialContext: func(context.Context, string, string) (net.Conn, error) {
			client, server := net.Pipe()
			go serve().Serve(Listener(server))
			return client, nil
		},
	}
}

// Listener has one connection to give.
func Listener(conn net.Conn) net.Listener { return &oneConn{conn: conn} }

type oneConn struct {
	mu   sync.Mutex
	conn net.Conn
}

// Accept returns the connection once, then the end.
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
func (l *oneConn) Addr() net.Addr { return addr{} }

type addr struct{}

func (addr) Network() string { return "pipe" }
func (addr) String() string  { return "pipe" }

// WithToken is a transport that adds a token to requests that have none.
func WithToken(token func() string, next http.RoundTripper) http.RoundTripper {
	return authorized{token, next}
}

type authorized struct {
	token func() string
	next  http.RoundTripper
}

// RoundTrip does not change the request, as the interface asks.
func (a authorized) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Header.Get("Authorization") == "" {
		r = r.Clone(r.Context())
		r.Header.Set("Authorization", "Bearer "+a.token())
	}
	return a.next.RoundTrip(r)
}

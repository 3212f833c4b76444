package mock

import (
	"context"
	"log/slog"
	"net"
	"strings"
	"time"

	"dragonmock/mock/internal/server"
)

// TB is what [Start] needs of a *testing.T, *testing.B or *testing.F.
type TB interface {
	Helper()
	Cleanup(func())
	Fatalf(format string, args ...any)
	Logf(format string, args ...any)
}

// Start runs a server for one test: on a free port of 127.0.0.1, with a default world of its own, strict about its own
// contract, and closed when the test ends. A server that cannot start ends the test. If the test has failed by its end, the
// last requests and refusals of the server's worlds, of ended ones too, are logged to it.
func Start(tb TB, opts ...ServerOption) *Server {
	tb.Helper()
	log := slog.New(slog.NewTextHandler(testWriter{tb}, &slog.HandlerOptions{Level: slog.LevelError}))
	s, err := New(append([]ServerOption{WithContract(true), WithLog(log), tellEnded}, opts...)...)
	if err != nil {
		tb.Fatalf("mock.Start: %v", err)
		return nil
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatalf("mock.Start: %v", err)
		return nil
	}
	s.URL = "http://" + listener.Addr().String()
	server := s.HTTPServer()
	go server.Serve(listener)
	tb.Cleanup(func() {
		// Requests in flight may still log to the test, so wait for them; a client that hangs is cut off.
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if server.Shutdown(ctx) != nil {
			server.Close()
		}
		if test, ok := tb.(interface{ Failed() bool }); ok && test.Failed() {
			if account := s.server.Account(); account != "" {
				tb.Logf("what the mock at %s was asked last, and what it refused:\n%s", s.URL, account)
			}
		}
		s.Close()
	})
	return s
}

// tellEnded has the account of a server tell of worlds that have ended.
var tellEnded = serverOption(func(c *server.Config) error { c.TellEnded = true; return nil })

// testWriter writes log lines to a test.
type testWriter struct{ tb TB }

func (w testWriter) Write(line []byte) (int, error) {
	w.tb.Logf("%s", strings.TrimSuffix(string(line), "\n"))
	return len(line), nil
}

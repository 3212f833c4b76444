package server

import (
	"context"
	"log"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"dragonmock/mock/internal/control"
	"dragonmock/mock/internal/guard"
	"dragonmock/mock/internal/intake"
)

// The bounds of a connection. A body has a bound of its own, see [Config].
const (
	headerTimeout = 10 * time.Second
	idleTimeout   = 2 * time.Minute
	maxHeader     = 64 << 10 // bytes of the request line and the header
)

// healthPath is answered on the vendor's port whatever becomes of the control plane: it is where probes ask.
const healthPath = control.Prefix + control.HealthPath

// metricsPath is where scrapers look when nobody tells them otherwise, so it is not below the prefix of the control plane
// and not in its document. It is the operator's all the same: it has the port and the guard of the control plane.
const metricsPath = "/metrics"

// Handler serves the vendor's surface and, where it is [Beside] it, the control plane.
func (s *Server) Handler() http.Handler {
	return s.route(func(path string) bool { return s.config.Reach == Beside || path == healthPath }, s.guarded)
}

// ControlHandler serves the control plane alone; where it is [Off], its health alone.
func (s *Server) ControlHandler() http.Handler {
	if s.config.Reach != Off {
		return s.guarded
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == healthPath {
			s.control.ServeHTTP(w, r)
			return
		}
		s.control.closed(w, r)
	})
}

// whole serves everything to those who are inside this process, whatever is kept from the ports.
func (s *Server) whole() http.Handler { return s.route(func(string) bool { return true }, s.control) }

// route sends a request to the control plane or to the vendor's surface, which knows no control paths and says so.
func (s *Server) route(open func(path string) bool, plane http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if (control.Controls(r.URL.Path) || r.URL.Path == metricsPath) && open(r.URL.Path) {
			plane.ServeHTTP(w, r)
			return
		}
		s.front.ServeHTTP(w, r)
	})
}

// HTTPServer makes an HTTP server of [Server.Handler], to be given a listener. It numbers its connections for the
// journal.
func (s *Server) HTTPServer() *http.Server { return s.httpServer(s.Handler()) }

// ControlHTTPServer makes an HTTP server of [Server.ControlHandler].
func (s *Server) ControlHTTPServer() *http.Server { return s.httpServer(s.ControlHandler()) }

func (s *Server) httpServer(h http.Handler) *http.Server {
	timeout := s.config.BodyTimeout
	if timeout == 0 {
		timeout = intake.DefaultTimeout
	}
	base, stop := context.WithCancelCause(context.Background())
	connections := newConnections(timeout, stop)
	server := &http.Server{
		Handler: connections.bound(h), ReadHeaderTimeout: headerTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
		ConnState: connections.changed, BaseContext: func(l net.Listener) context.Context { return guard.Listening(base, l.Addr()) },
		ConnContext: func(ctx context.Context, conn net.Conn) context.Context {
			return context.WithValue(s.connections.ConnContext(ctx, conn), connKey{}, conn)
		},
		DisableGeneralOptionsHandler: true, // OPTIONS * is answered, logged and told like any other
		ErrorLog:                     log.New(libraryLog{s.config.Log}, "", 0),
	}
	server.RegisterOnShutdown(connections.end)
	return server
}

// libraryLog takes the lines of net/http.
type libraryLog struct{ log *slog.Logger }

// Write says as loud as it is: a handler that panicked is a fault of ours, a listener that cannot accept wants an
// operator, and a client that gave up in the middle of its handshake, as probes do, is nobody's concern.
func (l libraryLog) Write(line []byte) (int, error) {
	level, text := slog.LevelDebug, strings.TrimSpace(string(line))
	switch {
	case strings.Contains(text, "panic serving"):
		level = slog.LevelError
	case strings.Contains(text, "Accept error"):
		level = slog.LevelWarn
	case strings.Contains(text, "TLS handshake error") && !strings.HasSuffix(text, "EOF") && !strings.HasSuffix(text, "connection reset by peer"):
		level = slog.LevelInfo // most often a client that does not trust the certificate
	}
	l.log.Log(context.Background(), level, text)
	return len(line), nil
}

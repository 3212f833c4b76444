package server

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"dragonmock/mock/internal/control"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/guard"
	"dragonmock/mock/internal/intake"
)

// The bounds of a connection. A body has a bound of its own, see [Config].
const (
	headerTimeout = 10 * time.Second
	idleTimeout   = 2 * time.Minute
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
		s.plane.HandleError(echo.ErrNotFound, s.control.NewContext(r, w))
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
	// A shutdown waits for requests in flight, so it tells streams, waits and delays to end.
	base, end := context.WithCancelCause(context.Background())
	server := &http.Server{
		Handler: s.boundBodies(h), ReadHeaderTimeout: headerTimeout, IdleTimeout: idleTimeout, ConnContext: s.connections.ConnContext,
		BaseContext: func(l net.Listener) context.Context { return guard.Listening(base, l.Addr()) },
		ErrorLog:    slog.NewLogLogger(s.config.Log.Handler(), slog.LevelDebug),
	}
	server.RegisterOnShutdown(func() { end(dispatch.ErrServerEnds) })
	return server
}

// boundBodies gives every body its time to arrive from the start, whoever reads it. A request that is refused before its
// body was read has it read by net/http, which would wait for ever for a client that stalls. Whoever has read a body
// takes the bound off again: package intake.
func (s *Server) boundBodies(next http.Handler) http.Handler {
	timeout := s.config.BodyTimeout
	if timeout == 0 {
		timeout = intake.DefaultTimeout
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength != 0 {
			// A writer without a connection, such as a recorder, has no deadlines; nor has it a client that stalls.
			_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(timeout))
		}
		next.ServeHTTP(w, r)
	})
}

package mock

import (
	"log/slog"
	"net/http"
	"time"
)

// The bounds of a connection: a client that stalls does not hold one for ever.
const (
	headerTimeout = 10 * time.Second
	idleTimeout   = 2 * time.Minute
)

// Handler serves the vendor's surface and the control plane. Where there is a choice serve it with [Server.HTTPServer],
// so that the journal knows the connections.
func (s *Server) Handler() http.Handler { return s.echo }

// HTTPServer makes an HTTP server of the handler, to be given a listener. It numbers its connections for the journal.
func (s *Server) HTTPServer() *http.Server { return s.httpServer(s.Handler()) }

func (s *Server) httpServer(h http.Handler) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: headerTimeout, IdleTimeout: idleTimeout, ConnContext: s.connections.ConnContext,
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
}

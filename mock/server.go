package mock

import (
	"errors"
	"log/slog"
	"net/http"

	"dragonmock/mock/internal/server"
)

// Server is one mock: a handler, and the worlds behind it. All methods are safe for concurrent use.
type Server struct {
	// URL is where the server listens, without a trailing slash; empty for one made with [New].
	URL string

	server *server.Server
}

// New makes a server that does not listen: use its [Server.Handler]. Errors name the option, file or field that is
// wrong.
func New(opts ...ServerOption) (*Server, error) {
	config := server.Config{Errors: server.Load().Errors, Log: slog.New(slog.DiscardHandler), Release: Version()}
	for _, o := range opts {
		if o == nil {
			return nil, errors.New("an option is nil")
		}
		if err := o.applyToServer(&config); err != nil {
			return nil, err
		}
	}
	made, err := server.New(config)
	if err != nil {
		return nil, err
	}
	return &Server{server: made}, nil
}

// Handler serves the vendor's surface and, unless it is [WithControlApart] or [WithoutControl], the control plane. Where
// there is a choice serve it with [Server.HTTPServer], so that the journal knows the connections.
func (s *Server) Handler() http.Handler { return s.server.Handler() }

// ControlHandler serves the control plane alone; [WithoutControl], its health alone.
func (s *Server) ControlHandler() http.Handler { return s.server.ControlHandler() }

// HTTPServer makes an HTTP server of [Server.Handler], to be given a listener. It numbers its connections for the
// journal.
func (s *Server) HTTPServer() *http.Server { return s.server.HTTPServer() }

// ControlHTTPServer makes an HTTP server of [Server.ControlHandler].
func (s *Server) ControlHTTPServer() *http.Server { return s.server.ControlHTTPServer() }

// Reload reads the folder of [WithScenarios] and the file of [WithScenario] again, and says whether anything changed.
// When something is wrong with any file the error has its place, and all stays as it was. Otherwise worlds made from now
// on get the new files; worlds that are there keep what they were made with, but the default world: when its own scenario
// changed it ends and begins anew, and a [World] that was taken before refuses with WORLD_ENDED.
func (s *Server) Reload() (changed bool, err error) { return s.server.Reload() }

// SaveState writes all worlds into the file of [WithState]: the whole file or nothing of it, whatever happens meanwhile.
// It holds secrets, so only its owner may read it. What requests in flight change meanwhile may be missing: end with
// [Server.CloseAndSave] when no more requests come. A world that cannot be written costs the others nothing: they are
// saved, and the error names it. Errors: a server without such a file, or one that cannot be written.
func (s *Server) SaveState() error { return s.server.SaveState() }

// Close ends what the server does by itself: callbacks on their way and their retries, open streams, waits and delays.
// The file of [WithState] is no longer this server's, and another may take it.
func (s *Server) Close() { s.server.Close() }

// CloseAndSave closes the server, saves its state a last time, and only then lets the file go: whoever takes it next, in
// this process or another, finds all that there was. Errors as [Server.SaveState].
func (s *Server) CloseAndSave() error { return s.server.CloseAndSave() }

// NewWorld makes a world with credentials of its own. Its tests and those of other worlds do not see each other. Errors
// name the option that is wrong; WORLDS_EXHAUSTED.
func (s *Server) NewWorld(opts ...WorldOption) (*World, error) {
	made, err := s.server.NewWorld(settings(opts))
	if err != nil {
		return nil, err
	}
	return &World{s.server, made}, nil
}

// World is the server's default world, which the documentation's sample credentials choose.
func (s *Server) World() *World { return &World{s.server, s.server.World()} }

// Worlds are all worlds of the server, in the order in which they were made.
func (s *Server) Worlds() []*World {
	var list []*World
	for _, w := range s.server.Worlds() {
		list = append(list, &World{s.server, w})
	}
	return list
}

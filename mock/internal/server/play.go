package server

import (
	"context"
	"net/http"

	"dragonmock/mock/internal/control"
	"dragonmock/mock/internal/pipe"
	"dragonmock/mock/internal/scenario"
)

// Player is one that plays on this server. A player is the test author's, so no door is closed to it.
func (s *Server) Player() *scenario.Player {
	p := s.shipped.Stage.Player()
	p.Client = &http.Client{Transport: pipe.Transport(func() *http.Server { return s.httpServer(s.whole()) })}
	p.Bases = map[string]string{}
	for _, v := range s.shipped.Versions {
		p.Bases[v.Name] = pipe.URL + v.Bases[len(v.Bases)-1]
	}
	p.Control = pipe.URL + control.Prefix
	return p
}

// play plays a scenario on this server, in a world of its own, which is gone afterwards.
func (s *Server) play(ctx context.Context, file *scenario.File) scenario.FileReport {
	return s.Player().Play(ctx, file)
}

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

// Scenario finds a scenario of the server's folder, a file, or a shipped scenario, and says all that is wrong with it.
func (s *Server) Scenario(nameOrPath string) (*scenario.File, error) {
	files, err := s.shipped.Stage.Check(s.folder.Load(), nameOrPath)
	if err != nil {
		return nil, err
	}
	return files[0], nil
}

// play plays a scenario on this server, in a world of its own, which is gone afterwards.
func (s *Server) play(ctx context.Context, file *scenario.File) scenario.FileReport {
	return s.Player().Play(ctx, file)
}

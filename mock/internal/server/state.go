package server

import (
	"context"
	"errors"
	"fmt"

	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/host"
	"dragonmock/mock/internal/statefile"
	"dragonmock/mock/internal/world"
)

// openHost makes the host, from the state file if there is one.
func (s *Server) openHost(c *catalog.Catalog, config world.Config) (*host.Host, error) {
	path := s.config.State
	if path == "" {
		return host.New(c, config, s.pusher.Forget)
	}
	file, from, err := statefile.Open(path)
	if err != nil {
		return nil, err
	}
	s.state = file
	if from == nil {
		file.Tidy()
		return host.New(c, config, s.pusher.Forget)
	}
	h, err := host.Restore(c, from, config, s.pusher.Forget)
	_ = from.Close()
	if err != nil {
		return nil, fmt.Errorf("%s: it holds no state that can be continued: %w", path, err)
	}
	s.config.Log.Info("state loaded", "file", path, "worlds", h.Count())
	if len(s.config.World) > 0 {
		s.config.Log.Warn("the default world is as it was saved: a scenario, a callback URL and what else was said of it count for a new file alone", "file", path)
	}
	file.Tidy()
	return h, nil
}

// resume has the callbacks delivered that were on their way when the state was saved.
func (s *Server) resume() {
	for _, w := range s.host.Worlds() {
		s.pusher.Deliver(context.Background(), w, false)
	}
}

// SaveState writes all worlds into the state file: the whole file or nothing of it. A world that cannot be written costs
// the others nothing: they are saved, and it is named. Errors: a server without a file; a file or a world that cannot be
// written.
func (s *Server) SaveState() error {
	if s.state == nil {
		return errors.New("the server was made without WithState")
	}
	s.saving.Lock()
	defer s.saving.Unlock()
	stage := s.host.Stage()
	if stage.Equal(s.saved) && s.state.Unchanged() {
		return nil
	}
	var lost error
	err := s.state.Write(func(to *statefile.Draft) (err error) {
		lost, err = s.host.Save(to)
		return err
	})
	if err = errors.Join(lost, err); err == nil {
		s.saved = stage
	}
	return err
}

// CloseAndSave is [Server.Close] and [Server.SaveState] in one: nobody else has the state file in between.
func (s *Server) CloseAndSave() error {
	s.rest()
	defer s.letGo()
	return s.SaveState()
}

package server

import (
	"errors"
	"strings"

	"dragonmock/mock/internal/brief"
	"dragonmock/mock/internal/host"
	"dragonmock/mock/internal/logbook"
	"dragonmock/mock/internal/stage"
	"dragonmock/mock/internal/world"
)

// readScenarios reads the folder of scenarios, and makes the settings of the default world.
func (s *Server) readScenarios() (*stage.Folder, *stage.Settings, error) {
	var folder *stage.Folder
	if s.config.Folder != "" {
		var err error
		if folder, err = s.shipped.Stage.ReadFolder(s.config.Folder); err != nil {
			return nil, nil, err
		}
		s.doubt(folder)
	}
	settings, err := s.settings(folder, s.config.World)
	return folder, settings, err
}

// doubt says what of a folder its owner may have meant otherwise: a scenario that nobody knows is not missed.
func (s *Server) doubt(folder *stage.Folder) {
	if len(folder.Passed) > 0 {
		s.config.Log.Warn("files are passed over: expected names of scenario files to end in .yaml", "files", brief.JoinAll(folder.Passed, ", "))
	}
	if folder.Count() == 0 {
		s.config.Log.Warn("the folder of scenarios has none: expected files whose names end in .yaml", "folder", s.config.Folder)
	}
}

// settings are what is said of a world.
func (s *Server) settings(folder *stage.Folder, said []Setting) (*stage.Settings, error) {
	settings := s.shipped.Stage.Settings(folder)
	for _, set := range said {
		if set == nil {
			return nil, errors.New("an option is nil")
		}
		if err := set(settings); err != nil {
			return nil, err
		}
	}
	return settings, nil
}

// Reload reads the folder of scenarios and the default world's scenario again, and says whether anything changed. When
// something is wrong with any file the error has its place, and all stays as it was.
func (s *Server) Reload() (changed bool, err error) {
	s.reloading.Lock()
	defer s.reloading.Unlock()
	folder, settings, err := s.readScenarios()
	if err != nil {
		return false, err
	}
	if string(settings.Scenario) != string(s.scenario) {
		if err := s.host.Renew(settings.World); err != nil {
			return false, err
		}
		s.scenario, changed = settings.Scenario, true
	}
	if !folder.Equal(s.folder.Load()) {
		s.folder.Store(folder)
		changed = true
	}
	return changed, nil
}

// NewWorld makes a world with credentials of its own. Errors name what is wrong; WORLDS_EXHAUSTED.
func (s *Server) NewWorld(said []Setting) (*world.World, error) {
	settings, err := s.settings(s.folder.Load(), said)
	if err != nil {
		return nil, err
	}
	return s.entered(s.host.Prepare(settings.World))
}

// Fork makes a world that begins as another is now, with credentials of its own. Errors: WORLDS_EXHAUSTED; WORLD_ENDED.
func (s *Server) Fork(w *world.World) (*world.World, error) {
	return s.entered(s.host.PrepareFork(w))
}

// entered has a prepared world found from now on.
func (s *Server) entered(w *world.World, err error) (*world.World, error) {
	if err == nil && s.life.Err() != nil {
		return nil, errors.New("the server is closed: it makes no worlds")
	}
	if err == nil {
		err = s.host.Enter(w)
	}
	if err != nil {
		return nil, err
	}
	return w, nil
}

// Delete ends a world, but never the default one.
func (s *Server) Delete(w *world.World) { s.host.Delete(w.ID()) }

// World is the default world.
func (s *Server) World() *world.World { return s.host.World(host.DefaultWorld) }

// Worlds are all worlds, in the order in which they were made.
func (s *Server) Worlds() []*world.World { return s.host.Worlds() }

// Account tells what the clients of all worlds asked last, and what they were refused; empty when nobody asked
// anything. Worlds that have ended come first, if the config has it.
func (s *Server) Account() string {
	var worlds []logbook.World
	for _, w := range s.Worlds() {
		worlds = append(worlds, logbook.World{ID: w.ID(), Journal: w.Journal()})
	}
	return strings.TrimPrefix(s.gone.Account()+"\n"+logbook.Account(worlds), "\n")
}

package mock

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"dragonmock/mock/internal/platform"
)

// WithState begins with the worlds that a file holds, if it is there: credentials, state, clocks, checkpoints, fault
// rules. [Server.SaveState] writes it. The default world of a file is as it was saved: what other options say of it
// counts for a new file only. For servers.
func WithState(path string) Option {
	return forServer("WithState", func(s *serverOptions) error { s.state = path; return nil })
}

// open makes the platform, from the state file if there is one.
func (s *Server) open(config platform.Config) (*platform.Platform, error) {
	if s.state == "" {
		return platform.New(s.parts.catalog, s.equip(config))
	}
	data, err := os.ReadFile(s.state)
	if errors.Is(err, fs.ErrNotExist) {
		if err := writable(s.state); err != nil {
			return nil, err
		}
		return platform.New(s.parts.catalog, s.equip(config))
	}
	if err != nil {
		return nil, err
	}
	p, err := platform.Restore(s.parts.catalog, data, s.equip)
	if err != nil {
		return nil, fmt.Errorf("%s: it is no state that can be gone on with: %w", s.state, err)
	}
	s.log.Info("state loaded", "file", s.state, "worlds", p.Count())
	return p, writable(s.state)
}

// resume has the callbacks delivered that were on their way when the state was saved.
func (s *Server) resume() {
	for _, w := range s.platform.Worlds() {
		if w.CallbackURL() != "" {
			s.pusher.Deliver(context.Background(), w, false)
		}
	}
}

// SaveState writes all worlds into the file of [WithState]: the whole file or nothing of it, whatever happens meanwhile.
// It holds secrets, so only its owner may read it. Call it when no more requests come, after [Server.Close].
func (s *Server) SaveState() error {
	if s.state == "" {
		return errors.New("the server was made without WithState")
	}
	data, err := s.platform.Save()
	if err != nil {
		return err
	}
	temporary, err := neighbour(s.state)
	if err != nil {
		return err
	}
	_, err = temporary.Write(data)
	err = errors.Join(err, temporary.Sync(), temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), target(s.state))
	}
	if err != nil {
		_ = os.Remove(temporary.Name())
		return fmt.Errorf("%s: %w", s.state, err)
	}
	if folder, err := os.Open(filepath.Dir(target(s.state))); err == nil { // so that the new name survives a power cut
		_ = folder.Sync() // not every file system can
		_ = folder.Close()
	}
	return nil
}

// writable says at the start, rather than at the end, that a file could not be written.
func writable(path string) error {
	temporary, err := neighbour(path)
	if err != nil {
		return err
	}
	return errors.Join(temporary.Close(), os.Remove(temporary.Name()))
}

// neighbour makes a file, for its owner alone, in the folder of another: only there can it take the other's name at once.
func neighbour(path string) (*os.File, error) {
	temporary, err := os.CreateTemp(filepath.Dir(target(path)), ".dragonmock-*")
	if err != nil {
		return nil, fmt.Errorf("%s cannot be written: %w", path, err)
	}
	return temporary, nil
}

// target follows a symbolic link, so that it is not replaced by a file.
func target(path string) string {
	if followed, err := filepath.EvalSymlinks(path); err == nil {
		return followed
	}
	return path
}

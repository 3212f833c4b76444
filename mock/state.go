package mock

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/host"
	"dragonmock/mock/internal/world"
)

// open makes the host, from the state file if there is one.
func (s *Server) open(c *catalog.Catalog, config world.Config) (*host.Host, error) {
	path := s.config.state
	if path == "" {
		return host.New(c, config, s.pusher.Forget)
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := writable(path); err != nil {
			return nil, err
		}
		return host.New(c, config, s.pusher.Forget)
	}
	if err != nil {
		return nil, err
	}
	h, err := host.Restore(c, data, config.Shared, s.pusher.Forget)
	if err != nil {
		return nil, fmt.Errorf("%s: it holds no state that can be continued: %w", path, err)
	}
	s.config.log.Info("state loaded", "file", path, "worlds", h.Count())
	return h, writable(path)
}

// resume has the callbacks delivered that were on their way when the state was saved.
func (s *Server) resume() {
	for _, w := range s.host.Worlds() {
		if w.CallbackURL() != "" {
			s.pusher.Deliver(context.Background(), w, false)
		}
	}
}

// SaveState writes all worlds into the file of [WithState]: the whole file or nothing of it, whatever happens meanwhile.
// It holds secrets, so only its owner may read it. What requests in flight change meanwhile may be missing: call it once more
// when no more requests come, after [Server.Close].
func (s *Server) SaveState() error {
	if s.config.state == "" {
		return errors.New("the server was made without WithState")
	}
	data, err := s.host.Save()
	if err != nil {
		return err
	}
	temporary, err := neighbour(s.config.state)
	if err != nil {
		return err
	}
	_, err = temporary.Write(data)
	err = errors.Join(err, temporary.Sync(), temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), target(s.config.state))
	}
	if err != nil {
		_ = os.Remove(temporary.Name())
		return fmt.Errorf("%s: %w", s.config.state, err)
	}
	if folder, err := os.Open(filepath.Dir(target(s.config.state))); err == nil { // so that the new name survives a power cut
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

package statefile

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Write puts data into a file: the whole of it or nothing, whatever happens meanwhile. Only its owner may read it.
func Write(path string, data []byte) error {
	temporary, err := neighbour(path)
	if err != nil {
		return err
	}
	_, err = temporary.Write(data)
	err = errors.Join(err, temporary.Sync(), temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), target(path))
	}
	if err != nil {
		_ = os.Remove(temporary.Name())
		return fmt.Errorf("%s: %w", path, err)
	}
	if folder, err := os.Open(filepath.Dir(target(path))); err == nil { // so that the new name survives a power cut
		_ = folder.Sync() // not every file system can
		_ = folder.Close()
	}
	return nil
}

// Check says at the start, rather than at the end, that a file could not be written.
func Check(path string) error {
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

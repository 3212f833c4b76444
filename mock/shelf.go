package mock

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dragonmock/scenarios"
)

// shelf is the scenario files of a folder as they were when it was read. It never changes; a nil shelf is empty. Names
// are looked up in it and not in the file system, so that none leads out of the folder.
type shelf struct {
	files map[string]scenarioFile // by name: the path below the folder, without .yaml
}

type scenarioFile struct {
	path string
	data []byte
}

// WithScenarios makes the scenario files of a folder and its subfolders known by their names, before the shipped ones:
// to the options behind this one, and to the control plane. They are read and checked here; see [Server.Reload]. For
// servers.
func WithScenarios(folder string) Option {
	return func(o *options) error {
		if o.server == nil {
			return errors.New("WithScenarios is an option of a server, not of a world")
		}
		read, err := readShelf(folder)
		if err != nil {
			return err
		}
		player, err := newPlayer()
		if err != nil {
			return err
		}
		var wrong []string
		for _, name := range read.names() {
			if _, err := checkData(player, read.files[name]); err != nil {
				wrong = append(wrong, err.Error())
			}
		}
		if len(wrong) > 0 {
			return errors.New(strings.Join(wrong, "\n"))
		}
		o.shelf = read
		return nil
	}
}

// readShelf reads a folder. Hidden entries are passed over: editors and volume mounts keep their own things there.
func readShelf(folder string) (*shelf, error) {
	root, err := os.OpenRoot(folder) // a link that leads out of it is an error
	if err != nil {
		return nil, err
	}
	defer root.Close()
	s := &shelf{files: map[string]scenarioFile{}}
	return s, fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		switch hidden := name != "." && strings.HasPrefix(d.Name(), "."); {
		case err != nil:
			return err
		case hidden && d.IsDir():
			return fs.SkipDir
		case hidden || d.IsDir() || !strings.HasSuffix(name, ".yaml"):
			return nil
		}
		data, err := root.ReadFile(filepath.FromSlash(name))
		s.files[strings.TrimSuffix(name, ".yaml")] = scenarioFile{filepath.Join(folder, name), data}
		return err
	})
}

// names are the names of the shelf, sorted.
func (s *shelf) names() []string {
	if s == nil {
		return nil
	}
	return slices.Sorted(maps.Keys(s.files))
}

// same says whether two shelves hold the same.
func (s *shelf) same(other *shelf) bool {
	if s == nil || other == nil {
		return s == other
	}
	return maps.EqualFunc(s.files, other.files, func(a, b scenarioFile) bool { return a.path == b.path && bytes.Equal(a.data, b.data) })
}

// find finds a scenario by its name, on the shelf or among the shipped ones.
func (s *shelf) find(name string) (scenarioFile, error) {
	if file, ok := s.own(name); ok {
		return file, nil
	}
	if file, ok := shipped(name); ok {
		return file, nil
	}
	return scenarioFile{}, fmt.Errorf("no scenario %s; there are %s", name, s.list())
}

// own finds a scenario on the shelf.
func (s *shelf) own(name string) (scenarioFile, bool) {
	if s == nil {
		return scenarioFile{}, false
	}
	file, ok := s.files[strings.TrimSuffix(name, ".yaml")]
	return file, ok
}

// shipped finds a shipped scenario.
func shipped(name string) (scenarioFile, bool) {
	data, err := scenarios.Files.ReadFile(strings.TrimSuffix(name, ".yaml") + ".yaml")
	return scenarioFile{name, data}, err == nil
}

// list says which names there are.
func (s *shelf) list() string {
	names := append(s.names(), Scenarios()...)
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ", ")
}

package stage

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"dragonmock/mock/internal/brief"
	"dragonmock/mock/internal/nearest"
	"dragonmock/mock/internal/readfile"
)

// File is a scenario file that was read.
type File struct {
	Path string // for messages
	Data []byte
}

// Folder is the scenario files of a folder as they were when it was read. It never changes; a nil folder is empty. Names
// are looked up in it and not in the file system, so that none leads out of it.
type Folder struct {
	files map[string]File // by name: the path below the folder, without .yaml

	// Passed are files that look like scenarios and are none, since their names end otherwise: .yml, .YAML.
	Passed []string
}

// Count is how many scenarios a folder has.
func (f *Folder) Count() int { return len(f.files) }

// names are the names of the folder, sorted.
func (f *Folder) names() []string {
	if f == nil {
		return nil
	}
	return slices.Sorted(maps.Keys(f.files))
}

// Equal says whether two folders hold the same.
func (f *Folder) Equal(other *Folder) bool {
	if f == nil || other == nil {
		return f == other
	}
	return maps.EqualFunc(f.files, other.files, func(a, b File) bool { return a.Path == b.Path && bytes.Equal(a.Data, b.Data) })
}

func (f *Folder) find(name string) (File, bool) {
	if f == nil {
		return File{}, false
	}
	file, ok := f.files[strings.TrimSuffix(name, ".yaml")]
	return file, ok
}

// maxNamed is how many bytes of a name that is not known are said again.
const maxNamed = 200

// Named finds a scenario by its name, in the folder or among the shipped ones. It reads no file: a caller over HTTP does
// not read this machine's files.
func (s *Stage) Named(f *Folder, name string) (File, error) {
	if file, ok := f.find(name); ok {
		return file, nil
	}
	if file, ok := s.shipped(name); ok {
		return file, nil
	}
	return File{}, fmt.Errorf("no scenario %s%s; there are %s", brief.Clip(name, maxNamed), nearest.DidYouMean(name, s.all(f)), strings.Join(s.all(f), ", "))
}

// Find reads a scenario of the folder, a file, or a shipped scenario.
func (s *Stage) Find(f *Folder, nameOrPath string) (File, error) {
	if file, ok := f.find(nameOrPath); ok {
		return file, nil
	}
	data, err := readfile.Read(nameOrPath, readfile.Text)
	if !errors.Is(err, fs.ErrNotExist) {
		return File{nameOrPath, data}, err
	}
	if file, ok := s.shipped(nameOrPath); ok {
		return file, nil
	}
	return File{}, fmt.Errorf("%s: no such file, and no scenario of that name%s; there are %s", brief.Clip(nameOrPath, maxNamed), nearest.DidYouMean(nameOrPath, s.all(f)), strings.Join(s.all(f), ", "))
}

func (s *Stage) shipped(name string) (File, bool) {
	data, err := fs.ReadFile(s.Shipped, strings.TrimSuffix(name, ".yaml")+".yaml")
	return File{name, data}, err == nil
}

// all are the names that there are, sorted.
func (s *Stage) all(f *Folder) []string {
	names := append(f.names(), s.ShippedNames()...)
	slices.Sort(names)
	return slices.Compact(names)
}

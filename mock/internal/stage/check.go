package stage

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/readfile"
	"dragonmock/mock/internal/scenario"
)

// Check says all that is wrong with scenario files: their form, what they give, and what they play. Files are names of the
// folder, paths, or names of shipped scenarios.
func (s *Stage) Check(folder *Folder, files ...string) ([]*scenario.File, error) {
	var read []*scenario.File
	var wrong []string
	for _, name := range files {
		file, err := s.Find(folder, name)
		var checked *scenario.File
		if err == nil {
			checked, err = s.check(file)
		}
		if err != nil {
			wrong = append(wrong, err.Error())
			continue
		}
		read = append(read, checked)
	}
	if len(wrong) > 0 {
		return nil, fmt.Errorf("%s", strings.Join(wrong, "\n"))
	}
	return read, nil
}

func (s *Stage) check(f File) (*scenario.File, error) {
	return s.Settings(nil).setScenario(f)
}

// CheckValue says what is wrong with a scenario that came over HTTP, as [Stage.fileOf] reads it. Errors: INVALID_REQUEST.
func (s *Stage) CheckValue(folder *Folder, v jsontext.Value) (*scenario.File, error) {
	read, err := s.fileOf(folder, v)
	var file *scenario.File
	if err == nil {
		file, err = s.check(read)
	}
	if err != nil {
		return nil, dragonpass.RefuseField(dragonpass.InvalidRequest, "scenario", "%s", err)
	}
	return file, nil
}

// ReadFolder reads the scenario files of a folder and its subfolders, and says all that is wrong with any of them. Hidden
// entries are passed over: editors and volume mounts keep their own things there.
func (s *Stage) ReadFolder(path string) (*Folder, error) {
	root, err := os.OpenRoot(path) // a link that leads out of it is an error
	if err != nil {
		return nil, err
	}
	defer root.Close()
	folder := &Folder{files: map[string]File{}}
	err = fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		switch hidden := name != "." && strings.HasPrefix(d.Name(), "."); {
		case err != nil:
			return err
		case hidden && d.IsDir():
			return fs.SkipDir
		case hidden || d.IsDir():
			return nil
		case !strings.HasSuffix(name, ".yaml"):
			if end := strings.ToLower(filepath.Ext(name)); end == ".yaml" || end == ".yml" {
				folder.Passed = append(folder.Passed, filepath.Join(path, name))
			}
			return nil
		}
		data, err := readfile.In(root, filepath.FromSlash(name), filepath.Join(path, name), readfile.Text)
		folder.files[strings.TrimSuffix(name, ".yaml")] = File{filepath.Join(path, name), data}
		return err
	})
	if err != nil {
		return nil, err
	}
	var wrong []string
	for _, name := range folder.names() {
		if _, err := s.check(folder.files[name]); err != nil {
			wrong = append(wrong, err.Error())
		}
	}
	if len(wrong) > 0 {
		return nil, errors.New(strings.Join(wrong, "\n"))
	}
	return folder, nil
}

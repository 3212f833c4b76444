package mock

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/go-json-experiment/json"

	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/platform"
	"dragonmock/mock/internal/scenario"
	"dragonmock/scenarios"
)

// loadScenario reads a scenario into the configuration of a world, and tries it out, so that what is wrong with it is
// said with its place in the file. Path is only for messages.
func (o *options) loadScenario(path string, data []byte) error {
	file, err := parseScenario(path, data)
	if err != nil {
		return err
	}
	config := o.world
	config.Given = platform.Given{}
	if file.Given.Seed != platform.DefaultSeed {
		config.Seed = file.Given.Seed
	}
	if file.Given.CallbackURL != "" {
		config.CallbackURL = file.Given.CallbackURL
	}
	if err := json.Unmarshal(file.Given.World, &config.Given, json.RejectUnknownMembers(true)); err != nil {
		return file.Wrong("/given", err.Error())
	}
	switch clock := file.Given.Clock; clock {
	case "":
	case "real":
		config.Clock = platform.Clock{}
	default:
		t, err := platform.ParseInstant(clock)
		if err == nil {
			err = platform.CheckClock(t)
		}
		if err != nil {
			return file.Wrong("/given/clock", err.Error())
		}
		config.Clock = platform.FrozenAt(t)
	}
	if file.Given.Errors != nil {
		rows, err := contract.ReadErrors(file.Given.Errors)
		if err == nil {
			_, err = o.parts.errors.With(file.Given.Errors) // refuses a symbol that there is not
		}
		if err != nil {
			return file.Wrong("/given/errors", err.Error())
		}
		config.Errors = rows
	}
	config.Names = o.parts.names()
	if config.Faults, err = fault.Parse(file.Faults, config.Names); err != nil {
		return wrongFaults(file, err)
	}
	if _, err := platform.New(o.parts.catalog, config); err != nil {
		var wrong *platform.GivenError
		if errors.As(err, &wrong) {
			return file.Wrong("/given"+wrong.Pointer, wrong.Reason)
		}
		return err
	}
	o.world = config
	return nil
}

// wrongFaults says what is wrong with fault rules with its place in the file.
func wrongFaults(file *scenario.File, err error) error {
	var wrong *fault.Error
	if !errors.As(err, &wrong) || len(wrong.Problems) == 0 {
		return err
	}
	return file.Wrong(wrong.Problems[0].Pointer, wrong.Problems[0].Message)
}

// parseScenario reads a scenario by the schema.
func parseScenario(path string, data []byte) (*scenario.File, error) {
	l, err := loader()
	if err != nil {
		return nil, err
	}
	return l.Parse(path, data)
}

// loader has the published schema, compiled once; it never changes.
var loader = sync.OnceValues(func() (*scenario.Loader, error) { return scenario.NewLoader(scenarios.Schema) })

// loadNamed loads a scenario by its name, and no file: a caller over HTTP does not read this machine's files.
func (o *options) loadNamed(name string) error {
	file, err := o.shelf.find(name)
	if err != nil {
		return err
	}
	return o.loadScenario(file.path, file.data)
}

// findScenario reads a scenario of the shelf, a file, or a shipped scenario.
func findScenario(s *shelf, nameOrPath string) (scenarioFile, error) {
	if file, ok := s.own(nameOrPath); ok {
		return file, nil
	}
	data, err := os.ReadFile(nameOrPath)
	if !errors.Is(err, fs.ErrNotExist) {
		return scenarioFile{nameOrPath, data}, err
	}
	if file, ok := shipped(nameOrPath); ok {
		return file, nil
	}
	return scenarioFile{}, fmt.Errorf("%s: no such file, and no scenario of that name; there are %s", nameOrPath, s.list())
}

// Scenarios answers the names of the shipped scenarios, sorted.
func Scenarios() []string {
	files, _ := fs.Glob(scenarios.Files, "*.yaml") // the pattern is good
	for i, file := range files {
		files[i] = strings.TrimSuffix(file, ".yaml")
	}
	slices.Sort(files)
	return files
}

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

// loadNamed loads a shipped scenario, and no file: a caller over HTTP does not read this machine's files.
func (o *options) loadNamed(name string) error {
	data, err := shippedScenario(name)
	if err != nil {
		return err
	}
	return o.loadScenario(name, data)
}

// shippedScenario reads a shipped scenario.
func shippedScenario(name string) ([]byte, error) {
	data, err := scenarios.Files.ReadFile(strings.TrimSuffix(name, ".yaml") + ".yaml")
	if err != nil {
		return nil, fmt.Errorf("no scenario %s; there are %s", name, strings.Join(Scenarios(), ", "))
	}
	return data, nil
}

// findScenario reads a file, or a shipped scenario by its name.
func findScenario(nameOrPath string) (path string, data []byte, err error) {
	data, err = os.ReadFile(nameOrPath)
	if !errors.Is(err, fs.ErrNotExist) {
		return nameOrPath, data, err
	}
	if shipped, err := scenarios.Files.ReadFile(strings.TrimSuffix(nameOrPath, ".yaml") + ".yaml"); err == nil {
		return nameOrPath, shipped, nil
	}
	return nameOrPath, nil, fmt.Errorf("%s: no such file, and no shipped scenario of that name; there are %s", nameOrPath, strings.Join(Scenarios(), ", "))
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

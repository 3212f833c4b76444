package stage

import (
	"io/fs"
	"slices"
	"strings"
	"sync"

	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/scenario"
	"dragonmock/mock/internal/symbols"
	"dragonmock/mock/internal/world"
)

// Config is what worlds are set up with.
type Config struct {
	Catalog *catalog.Catalog
	Errors  *symbols.Table
	Calls   func() Calls // it is asked once, when a scenario is first read
	Schema  []byte       // of scenario files
	Known   fault.Known  // what fault rules may name
	Shipped fs.FS        // scenario files that are known by their names everywhere
	Shared  world.Shared // what worlds need that only try something out
}

// Calls are what scenario files may call, and what they may expect of it.
type Calls struct {
	Operations []scenario.Operation // of all versions
	Verbs      []scenario.Operation // of the control plane
	Callback   []string             // the members of a callback, as JSON pointers
}

// Stage sets worlds up. It never changes, and is safe for concurrent use.
type Stage struct {
	Config
	loader func() (*scenario.Loader, error) // the schema takes its time, and not every server reads a scenario
	shown  sync.Map                         // the shipped scenarios as they are listed, by name, since they stay as they are
}

// New makes a stage.
func New(config Config) *Stage {
	config.Calls = sync.OnceValue(config.Calls)
	return &Stage{Config: config, loader: sync.OnceValues(func() (*scenario.Loader, error) { return scenario.NewLoader(config.Schema) })}
}

// Names are what fault rules may name.
func (s *Stage) Names() fault.Known { return s.Known }

func (s *Stage) operationIDs() []string {
	var ids []string
	for _, op := range s.Calls().Operations {
		if !slices.Contains(ids, op.ID) {
			ids = append(ids, op.ID)
		}
	}
	return ids
}

// ShippedNames are the names of the shipped scenarios, sorted.
func (s *Stage) ShippedNames() []string {
	files, _ := fs.Glob(s.Shipped, "*.yaml") // the pattern is good
	for i, file := range files {
		files[i] = strings.TrimSuffix(file, ".yaml")
	}
	slices.Sort(files)
	return files
}

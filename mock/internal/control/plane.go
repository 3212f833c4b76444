package control

import (
	"context"
	"strings"
	"sync/atomic"

	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/host"
	"dragonmock/mock/internal/scenario"
	"dragonmock/mock/internal/stage"
)

// Prefix begins the paths that are the test author's, not the vendor's.
const Prefix = "/_mock"

// HealthPath is what probes ask, below the prefix. It is open to all.
const HealthPath = "/health"

// Controls says whether a path is the test author's.
func Controls(path string) bool {
	rest, ok := strings.CutPrefix(path, Prefix)
	return ok && (rest == "" || rest[0] == '/')
}

// Config is what a control plane is made of.
type Config struct {
	Host      *host.Host
	Document  *contract.Document
	Stage     *stage.Stage
	Folder    func() *stage.Folder                                      // whose scenarios are known by their names
	Play      func(context.Context, *scenario.File) scenario.FileReport // plays one in a world of its own
	Renderer  dispatch.Version                                          // shows orders, resources and callbacks as the vendor does
	Files     func(name string) ([]byte, error)                         // the published documents
	FileNames []string                                                  // of all of them
	Release   string                                                    // of the program
}

// plane does what the test author asks for.
type plane struct {
	Config
	playing atomic.Int32 // scenarios
}

// done is the answer of what has nothing to say.
type done struct{}

package mock

import (
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"

	"github.com/labstack/echo/v4"

	"dragonmock/mock/internal/api"
	v1 "dragonmock/mock/internal/api/v1"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/control"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/journal"
	"dragonmock/mock/internal/platform"
	"dragonmock/mock/internal/push"
	"dragonmock/openapi"
)

// Server is one mock: a handler, and the worlds behind it. All methods are safe for concurrent use.
type Server struct {
	// URL is where the server listens, without a trailing slash; empty for one made with [New].
	URL string

	vendor   *echo.Echo
	control  *echo.Echo
	guarded  http.Handler // the control plane behind its guard
	plane    *control.Plane
	reach    reach
	state    string // the file of WithState
	platform *platform.Platform
	pusher   *push.Pusher
	budget   *journal.Budget
	parts    parts
	log      *slog.Logger

	connections journal.Connections

	opts      []Option // those it was made with
	shelf     atomic.Pointer[shelf]
	reloading sync.Mutex // guards stage
	stage     []byte     // the scenario of the default world
}

// parts are the shipped documents, read. They never change, so servers share them.
type parts struct {
	v1, control *contract.Document
	errors      *contract.Errors
	catalog     *catalog.Catalog
}

// names are what fault rules may name.
func (p parts) names() fault.Known {
	known := fault.Known{Errors: p.errors.Symbols(), Operations: []string{platform.CallbackOperation}}
	for _, op := range p.v1.Operations() {
		known.Operations = append(known.Operations, op.ID)
	}
	return known
}

// load reads the shipped documents, side by side: a server that starts often waits for little else.
var load = sync.OnceValues(func() (parts, error) {
	var p parts
	readers := map[string]func([]byte) error{
		openapi.V1:      func(data []byte) (err error) { p.v1, err = contract.Load(data); return },
		openapi.Control: func(data []byte) (err error) { p.control, err = contract.Load(data); return },
		openapi.Errors:  func(data []byte) (err error) { p.errors, err = contract.LoadErrors(data); return },
	}
	wrong := make(chan error, len(readers)+1)
	var reading sync.WaitGroup
	for name, read := range readers {
		reading.Go(func() {
			data, err := openapi.Files.ReadFile(name)
			if err == nil {
				err = read(data)
			}
			if err != nil {
				wrong <- fmt.Errorf("%s: %w", name, err)
			}
		})
	}
	reading.Go(func() {
		var err error
		if p.catalog, err = catalog.Load(); err != nil {
			wrong <- err
		}
	})
	reading.Wait()
	close(wrong)
	return p, <-wrong
})

// New makes a server that does not listen: use its [Server.Handler]. Errors name the option, file or field that is
// wrong.
func New(opts ...Option) (*Server, error) {
	parts, err := load()
	if err != nil {
		return nil, err
	}
	server := &serverOptions{errors: parts.errors, log: slog.New(slog.DiscardHandler)}
	o := &options{parts: parts, server: server}
	if err := o.apply(opts); err != nil {
		return nil, err
	}
	s := &Server{
		vendor: echo.New(), control: echo.New(), reach: server.reach, state: server.state, parts: parts, log: server.log,
		pusher: push.New(push.Config{Render: v1.Callback, Log: server.log, Proxy: server.proxy}), budget: journal.NewBudget(journal.DefaultBudget),
	}
	s.remember(opts, o)
	p, err := s.open(o.world)
	if err != nil {
		return nil, err
	}
	s.platform = p
	count := newMeter(p.Count, s.budget.Used)
	surface, err := api.New(api.Config{
		Platform: p, Document: parts.v1, Errors: server.errors, Handlers: v1.Handlers(), Strict: server.strict, Log: server.log, Count: count.count,
	})
	if err != nil {
		return nil, err
	}
	surface.Mount(s.vendor)
	s.vendor.HTTPErrorHandler = surface.HandleError
	s.plane = &control.Plane{Config: control.Config{
		Platform: p, Document: parts.control, Errors: server.errors, Files: openapi.Files.ReadFile, Order: v1.OrderWire, Resource: v1.ResourceWire, Callback: v1.Callback, Create: s.create, Check: s.checkScenario, Play: s.playScenario, Names: parts.names(), Version: Version(), Log: server.log, Token: server.controlToken,
	}}
	s.control.HTTPErrorHandler, s.guarded = s.plane.HandleError, s.plane.Guard(s.control, api.ControlPrefix)
	if err := s.plane.Mount(s.control, api.ControlPrefix); err != nil {
		return nil, err
	}
	s.control.GET(metricsPath, count.serve)
	s.resume()
	return s, nil
}

// Close ends what the server does by itself: callbacks on their way, and their retries.
func (s *Server) Close() { s.pusher.Close() }

// NewWorld makes a world with credentials of its own. Its tests and those of other worlds do not see each other.
func (s *Server) NewWorld(opts ...Option) (*World, error) {
	w, err := s.newWorld(opts)
	if err != nil {
		return nil, err
	}
	return &World{s, w}, nil
}

// equip gives a world what it shares with the others of its server.
func (s *Server) equip(c platform.Config) platform.Config {
	c.Deliver, c.Ended = s.pusher.Deliver, s.pusher.Forget
	c.Names, c.Journal, c.Budget = s.parts.names(), journal.DefaultLimits(), s.budget
	return c
}

// World is the server's default world, which the documentation's sample credentials choose.
func (s *Server) World() *World { return &World{s, s.platform.World(platform.DefaultWorld)} }

// Worlds are all worlds of the server, in the order in which they were made.
func (s *Server) Worlds() []*World {
	var list []*World
	for _, w := range s.platform.Worlds() {
		list = append(list, &World{s, w})
	}
	return list
}

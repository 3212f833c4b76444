package mock

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"

	"github.com/labstack/echo/v4"

	v1 "dragonmock/mock/internal/api/v1"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/control"
	"dragonmock/mock/internal/dispatch"
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
	plane    *dispatch.Dispatcher
	end      context.CancelFunc // ends streams, waits and delays
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
	versions []dispatch.Version // of the vendor's API
	control  *contract.Document
	errors   *contract.Errors
	catalog  *catalog.Catalog
}

// versions lists the versions of the vendor's API, by the file of their document. The first is the one that scenarios and
// callbacks speak unless they say otherwise.
func versions() []published {
	return []published{{openapi.V1, v1.Version}}
}

type published struct {
	file    string
	version func(*contract.Document) dispatch.Version
}

// operations are those of all versions.
func (p parts) operations() []*contract.Operation {
	var all []*contract.Operation
	for _, v := range p.versions {
		all = append(all, v.Document.Operations()...)
	}
	return all
}

// names are what fault rules may name.
func (p parts) names() fault.Known {
	known := fault.Known{Errors: p.errors.VendorSymbols(), Operations: []string{platform.CallbackOperation}}
	for _, op := range p.operations() {
		known.Operations = append(known.Operations, op.ID)
	}
	return known
}

// load reads the shipped documents, side by side: a server that starts often waits for little else.
var load = sync.OnceValues(func() (parts, error) {
	all := versions()
	p := parts{versions: make([]dispatch.Version, len(all))}
	readers := map[string]func([]byte) error{
		openapi.Control: func(data []byte) (err error) { p.control, err = contract.Load(data); return },
		openapi.Errors:  func(data []byte) (err error) { p.errors, err = contract.LoadErrors(data); return },
	}
	for i, v := range all {
		readers[v.file] = func(data []byte) error {
			document, err := contract.Load(data)
			if err == nil {
				p.versions[i] = v.version(document)
			}
			return err
		}
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
	ctx, end := context.WithCancel(context.Background())
	s := &Server{
		vendor: echo.New(), control: echo.New(), end: end, reach: server.reach, state: server.state, parts: parts, log: server.log,
		pusher: push.New(parts.versions[0].Callback, server.log), budget: journal.NewBudget(journal.DefaultBudget),
	}
	s.remember(opts, o)
	p, err := s.open(o.world)
	if err != nil {
		return nil, err
	}
	s.platform = p
	count := newMeter(p.Count, s.budget.Used)
	config := dispatch.Config{
		Platform: p, Errors: server.errors, Strict: server.strict, Log: server.log, Count: count.count, Context: ctx, BodyTimeout: server.bodyTimeout,
	}
	vendor, err := dispatch.New(config, parts.versions...)
	if err != nil {
		return nil, err
	}
	first := parts.versions[0]
	s.plane, err = dispatch.New(config, control.Version(control.Config{
		Platform: p, Document: parts.control, Files: openapi.Files.ReadFile, Order: first.Order, Resource: first.Resource, Callback: first.Callback,
		Create: s.create, Check: s.checkScenario, Play: s.playScenario, Names: parts.names(), Release: Version, Token: server.controlToken,
	}))
	if err != nil {
		return nil, err
	}
	vendor.Mount(s.vendor)
	s.plane.Mount(s.control)
	s.vendor.HTTPErrorHandler, s.control.HTTPErrorHandler = vendor.HandleError, s.plane.HandleError
	s.guarded = s.plane.Guard(s.control)
	s.control.GET(metricsPath, count.serve)
	s.resume()
	return s, nil
}

// Close ends what the server does by itself: callbacks on their way, and their retries; and what clients wait for:
// streams, `wait` and delays.
func (s *Server) Close() {
	s.end()
	s.pusher.Close()
}

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

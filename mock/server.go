package mock

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"sync"
	"sync/atomic"

	"github.com/labstack/echo/v4"

	"dragonmock/mock/dragonpass"
	v1 "dragonmock/mock/internal/api/v1"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/control"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/host"
	"dragonmock/mock/internal/journal"
	"dragonmock/mock/internal/outbox"
	"dragonmock/mock/internal/push"
	"dragonmock/mock/internal/scenario"
	"dragonmock/mock/internal/stage"
	"dragonmock/mock/internal/world"
	"dragonmock/openapi"
	"dragonmock/scenarios"
)

// Server is one mock: a handler, and the worlds behind it. All methods are safe for concurrent use.
type Server struct {
	// URL is where the server listens, without a trailing slash; empty for one made with [New].
	URL string

	config   serverConfig
	stage    *stage.Stage
	host     *host.Host
	pusher   *push.Pusher
	versions []dispatch.Version
	callback func(dragonpass.Notice) ([]byte, error)

	vendor  *echo.Echo
	control *echo.Echo
	guarded http.Handler // the control plane behind its guard
	plane   *dispatch.Dispatcher

	connections journal.Connections
	life        context.Context // ends when the server does
	end         context.CancelFunc

	reloading sync.Mutex // guards scenario
	scenario  []byte     // of the default world
	folder    atomic.Pointer[stage.Folder]
}

// parts are the shipped documents, read. They never change, so servers share them.
type parts struct {
	versions []dispatch.Version
	control  *contract.Document
	errors   *contract.Errors
	catalog  *catalog.Catalog
	stage    *stage.Stage
}

// load reads the shipped documents, side by side: a server that starts often waits for little else.
var load = sync.OnceValues(func() (parts, error) {
	var p parts
	var v1Document *contract.Document
	readers := map[string]func([]byte) error{
		openapi.V1:      func(data []byte) (err error) { v1Document, err = contract.Load(data); return },
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
	if err := <-wrong; err != nil {
		return p, err
	}
	p.versions = []dispatch.Version{v1.Version(v1Document)}
	p.stage = stage.New(stage.Config{
		Catalog: p.catalog, Errors: p.errors, Operations: operations(p.versions), Schema: scenarios.Schema, Shipped: scenarios.Files,
		Shared: world.Shared{Due: due(), Returned: outbox.GiveAllBack},
	})
	return p, nil
})

// operations are what scenario files may call.
func operations(versions []dispatch.Version) []scenario.Operation {
	var list []scenario.Operation
	for _, v := range versions {
		for _, op := range v.Document.Operations() {
			list = append(list, scenario.Operation{ID: op.ID, Method: op.Method, Path: op.Path, Version: v.Name})
		}
	}
	return list
}

// due is what happens when something becomes due.
func due() map[string]world.DueHandler {
	all := booking.Due()
	maps.Copy(all, outbox.Due())
	return all
}

// New makes a server that does not listen: use its [Server.Handler]. Errors name the option, file or field that is
// wrong.
func New(opts ...ServerOption) (*Server, error) {
	parts, err := load()
	if err != nil {
		return nil, err
	}
	config := serverConfig{errors: parts.errors, log: slog.New(slog.DiscardHandler)}
	for _, o := range opts {
		if err := o.applyToServer(&config); err != nil {
			return nil, err
		}
	}
	s := &Server{config: config, stage: parts.stage, versions: parts.versions, callback: parts.versions[0].Callback, vendor: echo.New(), control: echo.New()}
	s.life, s.end = context.WithCancel(context.Background())
	if err := s.wire(parts); err != nil {
		s.end()
		return nil, err
	}
	s.resume()
	return s, nil
}

// wire puts the parts of a server together.
func (s *Server) wire(parts parts) error {
	folder, settings, err := s.readScenarios()
	if err != nil {
		return err
	}
	s.folder.Store(folder)
	s.scenario = settings.Scenario

	log, budget := s.config.log, journal.NewBudget(journal.DefaultBudget)
	s.pusher = push.New(push.Config{Render: s.callback, Log: log, Proxy: s.config.proxy})
	settings.World.Shared = world.Shared{
		Due: due(), Returned: outbox.GiveAllBack, Deliver: s.pusher.Deliver, Log: log,
		Names: s.stage.Names(), Journal: journal.DefaultLimits(), Budget: budget,
	}
	if s.host, err = s.open(parts.catalog, settings.World); err != nil {
		return err
	}
	meter := newMeter(s.host.Count, budget.Used)

	vendor, err := dispatch.New(dispatch.Config{
		Host: s.host, Errors: s.config.errors, Log: log, Strict: s.config.strict, BodyTimeout: s.config.bodyLimit, Context: s.life, Count: meter.count,
	}, parts.versions...)
	if err != nil {
		return err
	}
	vendor.Mount(s.vendor)
	s.vendor.HTTPErrorHandler = vendor.HandleError

	s.plane, err = dispatch.New(dispatch.Config{
		Host: s.host, Errors: s.config.errors, Log: log, BodyTimeout: s.config.bodyLimit, Context: s.life,
	}, control.Version(control.Config{
		Document: parts.control, Host: s.host, Stage: s.stage, Folder: s.folder.Load, Play: s.playHere, Renderer: parts.versions[0],
		Files: openapi.Files.ReadFile, Token: s.config.controlToken, Release: Version(),
	}))
	if err != nil {
		return err
	}
	s.plane.Mount(s.control)
	s.control.HTTPErrorHandler = s.plane.HandleError
	s.guarded = s.plane.Guard(s.control)
	s.control.GET(metricsPath, meter.serve)
	return nil
}

// readScenarios reads the folder of [WithScenarios], and makes the settings of the default world.
func (s *Server) readScenarios() (*stage.Folder, *stage.Settings, error) {
	var folder *stage.Folder
	if s.config.folder != "" {
		var err error
		if folder, err = s.stage.ReadFolder(s.config.folder); err != nil {
			return nil, nil, err
		}
	}
	settings, err := s.settings(folder, s.config.world)
	return folder, settings, err
}

// settings are what options say of a world.
func (s *Server) settings(folder *stage.Folder, opts []WorldOption) (*stage.Settings, error) {
	settings := s.stage.Settings(folder)
	for _, o := range opts {
		if err := o.applyToWorld(settings); err != nil {
			return nil, err
		}
	}
	return settings, nil
}

// Reload reads the folder of [WithScenarios] and the file of [WithScenario] again, and says whether anything changed.
// When something is wrong with any file the error has its place, and all stays as it was. Otherwise worlds made from now
// on get the new files; worlds that are there keep what they were made with, but the default world: when its own scenario
// changed it ends and begins anew, and a [World] that was taken before refuses with WORLD_ENDED.
func (s *Server) Reload() (changed bool, err error) {
	s.reloading.Lock()
	defer s.reloading.Unlock()
	folder, settings, err := s.readScenarios()
	if err != nil {
		return false, err
	}
	if string(settings.Scenario) != string(s.scenario) {
		if err := s.host.Renew(settings.World); err != nil {
			return false, err
		}
		s.scenario, changed = settings.Scenario, true
	}
	if !folder.Equal(s.folder.Load()) {
		s.folder.Store(folder)
		changed = true
	}
	return changed, nil
}

// Close ends what the server does by itself: callbacks on their way and their retries, open streams, waits and delays.
func (s *Server) Close() {
	s.end()
	s.pusher.Close()
}

// NewWorld makes a world with credentials of its own. Its tests and those of other worlds do not see each other. Errors
// name the option that is wrong; WORLDS_EXHAUSTED.
func (s *Server) NewWorld(opts ...WorldOption) (*World, error) {
	settings, err := s.settings(s.folder.Load(), opts)
	if err != nil {
		return nil, err
	}
	w, err := s.host.Prepare(settings.World)
	if err == nil {
		err = s.host.Enter(w)
	}
	if err != nil {
		return nil, err
	}
	return &World{s, w}, nil
}

// World is the server's default world, which the documentation's sample credentials choose.
func (s *Server) World() *World { return &World{s, s.host.World(host.DefaultWorld)} }

// Worlds are all worlds of the server, in the order in which they were made.
func (s *Server) Worlds() []*World {
	var list []*World
	for _, w := range s.host.Worlds() {
		list = append(list, &World{s, w})
	}
	return list
}

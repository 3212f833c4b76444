package server

import (
	"context"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"dragonmock/mock/internal/bounds"
	"dragonmock/mock/internal/caller"
	"dragonmock/mock/internal/control"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/guard"
	"dragonmock/mock/internal/journal"
	"dragonmock/mock/internal/lobby"
	"dragonmock/mock/internal/logbook"
	"dragonmock/mock/internal/memory"
	"dragonmock/mock/internal/meter"
	"dragonmock/mock/internal/outbox"
	"dragonmock/mock/internal/push"
	"dragonmock/mock/internal/sink"
	"dragonmock/mock/internal/world"
	"dragonmock/openapi"
)

// New makes a server. Errors name the file or field that is wrong.
func New(config Config) (*Server, error) {
	if config.Reach == Off && config.ControlToken != "" {
		return nil, errors.New("a control token is for a control plane, and there is none")
	}
	s := &Server{config: config, shipped: Load()}
	s.life, s.end = context.WithCancel(context.Background())
	if err := s.wire(); err != nil {
		s.end()
		s.letGo()
		return nil, err
	}
	s.resume()
	s.sweeping.Go(s.sweep)
	return s, nil
}

// wire puts the parts of a server together.
func (s *Server) wire() error {
	folder, settings, err := s.readScenarios()
	if err != nil {
		return err
	}
	s.folder.Store(folder)
	s.scenario = settings.Scenario

	// The worlds, and what they need of a server.
	config, shown := s.config, s.shipped.Versions[0]
	shown.Callback, shown.Resource = s.shipped.Callback, s.shipped.Resource
	budget := journal.NewBudget(journal.DefaultBudget)
	s.pusher = push.New(push.Config{
		Render: shown.Callback, Log: config.Log, Caller: caller.Config{Proxy: config.Proxy, Roots: config.Roots, Release: config.Release},
	})
	settings.World.Shared = world.Shared{
		Due: due(), Returned: outbox.GiveAllBack, Forget: forget, Deliver: s.pusher.Deliver, Log: config.Log,
		Absorb: func(tx *world.Tx) { sink.Absorb(tx, shown.Callback) }, Names: s.shipped.Stage.Names(), Journal: journal.DefaultLimits(), Budget: budget,
		Memory: memory.NewPool(bounds.ServerBytes, bounds.Kinds),
	}
	if config.TellEnded {
		settings.World.Leaving = func(w *world.World) { s.gone.Keep(logbook.World{ID: w.ID(), Journal: w.Journal()}) }
	}
	if s.host, err = s.openHost(s.shipped.Catalog, settings.World); err != nil {
		return err
	}
	meter := meter.New(s.host.Count, s.host.Missed, budget.Used, config.Release)

	// The vendor's surface: all versions.
	s.vendor = surfaceOf(dispatch.Config{
		Host: s.host, Errors: config.Errors, Log: config.Log, Strict: config.Strict, BodyTimeout: config.BodyTimeout, Context: s.life,
		Count: meter.Count,
	}, s.shipped.Versions)
	s.front = lobby.Lobby{Lists: map[string]func() []lobby.Entry{"/": s.entrance}, Next: s.vendor, Refuse: s.vendor.refuse, Log: config.Log}

	// The control plane, and what shares its port.
	s.control = surfaceOf(dispatch.Config{
		Host: s.host, Errors: config.Errors, Log: config.Log, BodyTimeout: config.BodyTimeout, Context: s.life,
	}, []dispatch.Version{control.Version(control.Config{
		Document: s.shipped.Control, Host: s.host, Stage: s.shipped.Stage, Folder: s.folder.Load, Play: s.play, Renderer: shown,
		Files: openapi.Files.ReadFile, FileNames: documents(), Release: config.Release,
	})}, func(e *echo.Echo) {
		e.Match([]string{http.MethodGet, http.MethodHead}, metricsPath, func(c echo.Context) error {
			logbook.Tell(config.Log, logbook.Exchange{Method: c.Request().Method, Path: metricsPath, Status: http.StatusOK})
			meter.ServeHTTP(c.Response(), c.Request())
			return nil
		})
	})
	back := lobby.Lobby{
		Lists: map[string]func() []lobby.Entry{"/": s.verbs, control.Prefix: s.verbs, documentsPath: shelf},
		Next:  s.control, Refuse: s.control.refuse, Log: config.Log,
	}
	s.guarded = guard.Guard{Token: config.ControlToken, Open: healthPath, Next: back, Refuse: s.control.refuse, Log: config.Log}
	return nil
}

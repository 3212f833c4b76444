package dispatch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/host"
)

// DefaultBodyTimeout is how long the body of a request may take to arrive, unless told otherwise.
const DefaultBodyTimeout = 30 * time.Second

// Config is what a dispatcher is made of.
type Config struct {
	Host   *host.Host
	Errors *contract.Errors
	Log    *slog.Logger

	// Strict makes an answer that breaks the contract an internal error, whatever the policy of its version.
	Strict bool

	// BodyTimeout is how long the body of a request may take to arrive; 0: [DefaultBodyTimeout].
	BodyTimeout time.Duration

	// Context ends when the server does; nil: never. Streams, waits and delays end with it.
	Context context.Context

	// Answerer chooses who answers requests that have passed all gates: the handlers, which it is given, or another in
	// their place or beside them. Nil: the handlers.
	Answerer func(handlers Answerer) Answerer

	// Count is told every exchange that was recorded; nil: nobody is.
	Count func(operation string, status int, origin string, took time.Duration)
}

// Dispatcher carries the requests of its versions. It is safe for concurrent use.
type Dispatcher struct {
	Config
	answerer Answerer
	surfaces []*surface
	tokens   tokens
	strays   atomic.Uint64 // request ids made for exchanges without a world
}

// surface is a version at work.
type surface struct {
	Version
	operations []*Operation
	directory  directory
}

// New makes a dispatcher of versions, at least one. A version whose handlers and operations do not fit each other is an
// error.
func New(config Config, versions ...Version) (*Dispatcher, error) {
	d := &Dispatcher{Config: config, answerer: handlers{}}
	if d.BodyTimeout == 0 {
		d.BodyTimeout = DefaultBodyTimeout
	}
	if config.Answerer != nil {
		d.answerer = config.Answerer(d.answerer)
	}
	for _, v := range versions {
		operations, err := v.bind()
		if err != nil {
			return nil, err
		}
		d.surfaces = append(d.surfaces, &surface{v, operations, newDirectory(v.Document.Operations())})
	}
	if len(d.surfaces) == 0 {
		return nil, errors.New("dispatch: there is no version")
	}
	return d, nil
}

// placeholders writes a path of a document as Echo writes it.
var placeholders = strings.NewReplacer("{", ":", "}", "")

// Mount adds the routes of every operation under every base of its version. [Dispatcher.HandleError] answers all other
// paths.
func (d *Dispatcher) Mount(e *echo.Echo) {
	for _, s := range d.surfaces {
		for _, op := range s.operations {
			handle, path := d.serve(s, op), placeholders.Replace(op.Path)
			for _, base := range s.Bases {
				e.Add(op.Method, base+path, handle)
				if s.Policy.Open {
					e.Add(http.MethodOptions, base+path, handle) // its door answers preflights
				}
			}
		}
	}
}

// serve carries the requests of one operation.
func (d *Dispatcher) serve(s *surface, op *Operation) echo.HandlerFunc {
	return func(c echo.Context) error {
		x := &Exchange{Request: c.Request(), writer: c.Response(), dispatcher: d, surface: s}
		if x.passes(s.Policy.Door) {
			path, ok := contract.PathValues(c.ParamNames(), c.ParamValues(), x.Request.URL.RawPath != "")
			if ok && op.KnownPath(path) {
				x.Operation, x.Path, x.Began = op, path, time.Now()
				x.passes(s.Policy.Gates)
			} else {
				x.stray(s.unknown(x.Request))
			}
		}
		return x.finish()
	}
}

// HandleError answers what Echo refuses by itself: paths and methods that no route has.
func (d *Dispatcher) HandleError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	s := d.surfaceOf(c.Request().URL.Path)
	x := &Exchange{Request: c.Request(), writer: c.Response(), dispatcher: d, surface: s}
	if x.passes(s.Policy.Door) {
		switch {
		case errors.Is(err, echo.ErrNotFound):
			err = s.unknown(x.Request)
		case errors.Is(err, echo.ErrMethodNotAllowed): // Echo has set the Allow header
			err = s.wrongMethod(x.Request, c.Response().Header().Get(echo.HeaderAllow))
		}
		x.stray(err)
	}
	if err := x.finish(); err != nil {
		d.Log.Debug("the client went away", "error", err)
	}
}

// surfaceOf finds the version that a path belongs to, by the longest base.
func (d *Dispatcher) surfaceOf(path string) *surface {
	best, longest := d.surfaces[0], -1
	for _, s := range d.surfaces {
		if n := s.owns(path); n > longest {
			best, longest = s, n
		}
	}
	return best
}

// passes sends the exchange through gates and says whether it has passed them all; if not, its reply stands. A panic on
// the way is an internal error, and has changed nothing.
func (x *Exchange) passes(gates []Gate) bool {
	defer func() {
		if p := recover(); p != nil {
			if p == http.ErrAbortHandler {
				panic(p)
			}
			x.dispatcher.Log.Error("panic", "operation", x.id(), "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			x.refuse(dragonpass.Refuse(dragonpass.InternalError, "%s", broke))
		}
	}()
	for _, gate := range gates {
		if err := gate.Pass(x); err != nil {
			x.refuse(err)
		}
		if x.ended {
			return false
		}
	}
	return true
}

// stray refuses an exchange that no operation has, and names those that come nearest.
func (x *Exchange) stray(err error) {
	x.identify()
	x.refuse(err)
	x.reply.nearest = x.surface.nearest(x.Request)
}

// identify finds the world of an exchange that is refused before it comes to the gate that authenticates, so that the
// world's journal tells of it.
func (x *Exchange) identify() {
	if token := bearer(x.Request); token != "" && x.surface.Policy.Record {
		x.World, _ = x.dispatcher.verify(token)
	}
}

// id is the operationId of the exchange; empty for none.
func (x *Exchange) id() string {
	if x.Operation == nil {
		return ""
	}
	return x.Operation.ID
}

package dispatch

import (
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/directory"
	"dragonmock/mock/internal/intake"
	"dragonmock/mock/internal/token"
)

// New makes a dispatcher of versions, at least one. A version whose handlers and operations do not fit each other is an
// error.
func New(config Config, versions ...Version) (*Dispatcher, error) {
	d := &Dispatcher{Config: config, answerer: handlers{}, tokens: token.Verifier{Host: config.Host}}
	if d.BodyTimeout == 0 {
		d.BodyTimeout = intake.DefaultTimeout
	}
	if config.Answerer != nil {
		d.answerer = config.Answerer(d.answerer)
	}
	var all []directory.Surface
	for _, v := range versions {
		operations, err := v.bind()
		if err != nil {
			return nil, err
		}
		all = append(all, directory.Surface{Version: v.Name, Bases: v.Bases, Operations: v.Document.Operations})
		d.surfaces = append(d.surfaces, &surface{v, operations, directory.New(all[len(all)-1])})
	}
	d.whole = directory.New(all...)
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
		asked := map[string]bool{} // paths whose OPTIONS are answered: operations share some
		for _, op := range s.operations {
			handle, path := d.serve(s, op), placeholders.Replace(op.Path)
			var options echo.HandlerFunc
			if !asked[op.Path] {
				asked[op.Path], options = true, d.options(s, op.Path)
			}
			for _, base := range s.Bases {
				e.Add(op.Method, base+path, handle)
				if op.Method == http.MethodGet {
					e.Add(http.MethodHead, base+path, handle) // net/http leaves the body out
				}
				if options != nil {
					e.Add(http.MethodOptions, base+path, options)
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
				x.stray(d.unknown(s, x.Request))
			}
		}
		return x.finish()
	}
}

// options answers what a path takes, and preflights at the door. It is no exchange.
func (d *Dispatcher) options(s *surface, path string) echo.HandlerFunc {
	allowed := s.directory.Methods(path)
	return func(c echo.Context) error {
		c.Response().Header().Set(echo.HeaderAllow, allowed)
		x := &Exchange{Request: c.Request(), writer: c.Response(), dispatcher: d, surface: s}
		if x.passes(s.Policy.Door) {
			x.End(Reply{Status: http.StatusNoContent, bare: true})
		}
		return x.finish()
	}
}

// HandleError refuses what Echo refuses by itself: paths and methods that no route has.
func (d *Dispatcher) HandleError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	s := d.surfaceOf(c.Request().URL.Path)
	x := &Exchange{Request: c.Request(), writer: c.Response(), dispatcher: d, surface: s}
	if x.passes(s.Policy.Door) {
		switch {
		case errors.Is(err, echo.ErrNotFound):
			x.stray(d.unknown(s, x.Request))
		case errors.Is(err, echo.ErrMethodNotAllowed): // Echo has set the Allow header
			x.stray(s.wrongMethod(x.Request, c.Response().Header().Get(echo.HeaderAllow)))
		default: // nothing that another path would help
			x.identify()
			x.refuse(err)
		}
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

// Refuse refuses a request that is not let in, in the form of the first version.
func (d *Dispatcher) Refuse(w http.ResponseWriter, r *http.Request, refusal *dragonpass.Error) {
	x := &Exchange{Request: r, writer: w, dispatcher: d, surface: d.surfaces[0]}
	x.refuse(refusal)
	if err := x.finish(); err != nil {
		d.Log.Debug("the client went away", "error", err)
	}
}

package control

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/labstack/echo/v4"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/envelope"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/nearest"
	"dragonmock/mock/internal/platform"
)

// maxBody is the largest body of a control call, in bytes: a scenario, or the state of a world.
const maxBody = 16 << 20

// Config is what a control plane is made of.
type Config struct {
	Platform *platform.Platform
	Document *contract.Document
	Errors   *contract.Errors
	Files    func(name string) ([]byte, error)                     // the published documents
	Order    func(*platform.Tx, dragonpass.Order) (any, error)     // renders a usage order as the vendor's surface does
	Resource func(dragonpass.Resource) any                         // and a resource
	Callback func(dragonpass.Notice) ([]byte, error)               // and a callback
	Create   func(WorldRequest) (*platform.World, error)           // makes a world
	Check    func(jsontext.Value) error                            // says what is wrong with a scenario
	Play     func(context.Context, jsontext.Value) (Report, error) // plays one
	Names    fault.Known                                           // what fault rules may name
	Token    string                                                // lets callers in; empty: all are let in, see [Plane.Guard]
	Version  string
	Log      *slog.Logger
}

// Plane serves the control plane.
type Plane struct {
	Config
}

// call is one lawful control call.
type call struct {
	ctx    context.Context
	header http.Header
	world  *platform.World // of the {id} in the path; nil where there is none
	path   url.Values
	query  url.Values
	body   []byte
}

// raw is an answer that is not in the envelope.
type raw struct {
	contentType string
	body        []byte
}

type handler func(*Plane, *call) (any, error)

// Mount adds the routes of the control plane under a prefix. An operation without a handler, or a handler without an
// operation, is an error.
func (p *Plane) Mount(e *echo.Echo, prefix string) error {
	handlers := handlers()
	for _, op := range p.Document.Operations() {
		h := handlers[op.ID]
		if h == nil {
			return fmt.Errorf("control: operation %s has no handler", op.ID)
		}
		delete(handlers, op.ID)
		e.Add(op.Method, prefix+strings.NewReplacer("{", ":", "}", "").Replace(op.Path), p.serve(op, h))
	}
	for id := range handlers {
		return fmt.Errorf("control: handler %s has no operation", id)
	}
	return nil
}

func (p *Plane) serve(op *contract.Operation, h handler) echo.HandlerFunc {
	return func(c echo.Context) error {
		answer, err := p.do(c, op, h)
		if err != nil {
			return p.refuse(c, err)
		}
		if s, ok := answer.(stream); ok {
			c.Response().Header().Set(envelope.OriginHeader, envelope.Mock)
			return s(c)
		}
		if file, ok := answer.(raw); ok {
			return p.write(c, http.StatusOK, file.contentType, file.body)
		}
		body, err := envelope.Success(answer)
		if err != nil {
			return p.refuse(c, err)
		}
		if violations := op.CheckAnswer(http.StatusOK, body); len(violations) > 0 {
			return p.refuse(c, fmt.Errorf("the answer of %s breaks the contract: %s", op.ID, contract.Join(violations)))
		}
		return p.write(c, http.StatusOK, envelope.ContentType, body)
	}
}

// do holds a call against the contract, finds its world and runs it. A panic is an internal error, and has changed nothing.
func (p *Plane) do(c echo.Context, op *contract.Operation, h handler) (answer any, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			p.Log.Error("panic", "operation", op.ID, "panic", fmt.Sprint(broken), "stack", string(debug.Stack()))
			err = dragonpass.Refuse(dragonpass.InternalError, "something broke; the log says more")
		}
	}()
	path, ok := contract.PathValues(c.ParamNames(), c.ParamValues(), c.Request().URL.RawPath != "")
	if !ok {
		return nil, unknownPath(c.Request())
	}
	body, err := io.ReadAll(io.LimitReader(c.Request().Body, maxBody+1))
	switch {
	case err != nil:
		return nil, dragonpass.Refuse(dragonpass.MalformedJSON, "the body ended early")
	case len(body) > maxBody:
		return nil, dragonpass.Refuse(dragonpass.BodyTooLarge, "expected a body of at most %d bytes", maxBody)
	}
	request := contract.Request{Header: c.Request().Header, Path: path, Query: c.Request().URL.Query(), Sent: len(body) > 0}
	if request.Sent && op.TakesBody() {
		if request.Body, err = contract.Decode(body); err != nil {
			return nil, dragonpass.Refuse(dragonpass.MalformedJSON, "expected one JSON value")
		}
	}
	violations, unread := op.CheckRequest(request)
	for _, name := range unread {
		v := contract.Violation{Where: name, Expected: "expected no such member"}
		if known := op.Members(); len(known) > 0 {
			v.Expected += nearest.DidYouMean(name[strings.LastIndexByte(name, '/')+1:], known)
		}
		violations = append(violations, v)
	}
	if len(violations) > 0 {
		return nil, dragonpass.Refuse(dragonpass.InvalidRequest, "%s", contract.Join(violations))
	}
	call := &call{ctx: c.Request().Context(), header: c.Request().Header, path: request.Path, query: request.Query, body: body}
	if id := request.Path.Get("id"); id != "" {
		if call.world = p.Platform.World(id); call.world == nil {
			return nil, dragonpass.Refuse(worldNotFound, "no world %s", id)
		}
	}
	return h(p, call)
}

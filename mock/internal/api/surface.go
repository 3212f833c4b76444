package api

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/platform"
)

// Bases are the prefixes under which v1 answers.
func Bases() []string { return []string{"/api/v1", "/v1", ""} }

// Call is one lawful request of a client, at work in its world.
type Call struct {
	Tx      *platform.Tx    // the transaction; nil when the request has no world
	World   *platform.World // chosen by the credential; nil when the token endpoint does not know the client
	Program string
	Path    url.Values
	Query   url.Values
	Note    string // a handler may say here why its answer is what it is
}

// Work does one operation in its world: it answers the data of the envelope, or a refusal.
type Work func(*Call) (data any, err error)

// Handler reads a lawful body, empty for none, and answers the work that it asks for. It reads before the world is
// locked, so that callers of one world do not wait for one another's JSON.
type Handler func(body []byte) (Work, error)

// Plain is the handler of an operation without a body.
func Plain(work Work) Handler { return func([]byte) (Work, error) { return work, nil } }

// Config is what a surface is made of.
type Config struct {
	Platform *platform.Platform
	Document *contract.Document
	Errors   *contract.Errors
	Handlers map[string]Handler // by operationId
	Strict   bool               // an answer that breaks the contract is a 500, not only a logged error
	Log      *slog.Logger

	// Count is told every exchange that was recorded; nil: nobody is.
	Count func(operation string, status int, origin string, took time.Duration)
}

// Surface serves one document.
type Surface struct {
	Config
	directory directory
	tokens    tokens
}

// New binds handlers to operations. An operation without a handler, or a handler without an operation, is an error.
func New(config Config) (*Surface, error) {
	known := map[string]bool{}
	for _, op := range config.Document.Operations() {
		known[op.ID] = true
		if config.Handlers[op.ID] == nil {
			return nil, fmt.Errorf("api: operation %s has no handler: add one to the handlers of its version", op.ID)
		}
	}
	for id := range config.Handlers {
		if !known[id] {
			return nil, fmt.Errorf("api: handler %s has no operation: add it to the OpenAPI document", id)
		}
	}
	return &Surface{Config: config, directory: newDirectory(config.Document.Operations())}, nil
}

// Mount adds the routes of every operation under every base. [Surface.HandleError] answers all other paths.
func (s *Surface) Mount(e *echo.Echo) {
	e.Pre(s.vendorOnly(s.cors), s.vendorOnly(s.bound))
	for _, op := range s.Document.Operations() {
		handle := s.serve(op, s.Handlers[op.ID])
		for _, base := range Bases() {
			e.Add(op.Method, base+strings.NewReplacer("{", ":", "}", "").Replace(op.Path), handle)
		}
	}
}

// vendorOnly applies a middleware outside the control plane.
func (s *Surface) vendorOnly(m echo.MiddlewareFunc) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		wrapped := m(next)
		return func(c echo.Context) error {
			if Controls(c.Request().URL.Path) {
				return next(c)
			}
			return wrapped(c)
		}
	}
}

// ControlPrefix begins the paths that are the test author's, not the vendor's.
const ControlPrefix = "/_mock"

// Controls says whether a path is the test author's.
func Controls(path string) bool {
	rest, ok := strings.CutPrefix(path, ControlPrefix)
	return ok && (rest == "" || rest[0] == '/')
}

// Of every answer; shared, since making them anew costs each request three allocations.
var anything, anyHeader = []string{"*"}, []string{"*, Authorization"}

// cors opens the surface to browsers as the sandbox does, and answers preflights.
func (s *Surface) cors(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h["Access-Control-Allow-Origin"] = anything
		h["Access-Control-Allow-Headers"] = anyHeader
		h["Access-Control-Expose-Headers"] = anything
		if c.Request().Method == http.MethodOptions {
			h.Set("Access-Control-Allow-Methods", "GET, POST, PATCH")
			return c.NoContent(http.StatusNoContent)
		}
		return next(c)
	}
}

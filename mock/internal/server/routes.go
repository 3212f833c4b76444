package server

import (
	"net/http"
	"sync"

	"github.com/labstack/echo/v4"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/dispatch"
)

// surface is a dispatcher and its routes, made when the first request comes: with the documents that they are made of they
// take longest of all that a server has, and most servers of a suite of tests live for a moment.
type surface func() (*dispatch.Dispatcher, *echo.Echo)

// surfaceOf is the surface of versions that fit their handlers.
func surfaceOf(config dispatch.Config, versions []dispatch.Version, more ...func(*echo.Echo)) surface {
	return sync.OnceValues(func() (*dispatch.Dispatcher, *echo.Echo) {
		d, err := dispatch.New(config, versions...)
		if err != nil {
			panic(err) // a document without the handlers that it needs, which no test would have let pass
		}
		e := echo.New()
		e.HTTPErrorHandler = d.HandleError
		d.Mount(e)
		for _, mount := range more {
			mount(e)
		}
		return d, e
	})
}

func (s surface) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, routes := s()
	routes.ServeHTTP(w, r)
}

// refuse refuses a request that is not let in.
func (s surface) refuse(w http.ResponseWriter, r *http.Request, refusal *dragonpass.Error) {
	dispatcher, _ := s()
	dispatcher.Refuse(w, r, refusal)
}

// closed answers a path that is not served.
func (s surface) closed(w http.ResponseWriter, r *http.Request) {
	dispatcher, routes := s()
	dispatcher.HandleError(echo.ErrNotFound, routes.NewContext(r, w))
}

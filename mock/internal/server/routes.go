package server

import (
	"net/http"
	"sync"

	"github.com/labstack/echo/v4"

	"dragonmock/mock/internal/dispatch"
)

// routes are those of a dispatcher, made when the first request comes: they take longest of all that a server is made of,
// and most servers of a suite of tests live for a moment.
type routes func() *echo.Echo

func routesOf(d *dispatch.Dispatcher, more ...func(*echo.Echo)) routes {
	return sync.OnceValue(func() *echo.Echo {
		e := echo.New()
		e.HTTPErrorHandler = d.HandleError
		d.Mount(e)
		for _, mount := range more {
			mount(e)
		}
		return e
	})
}

func (r routes) ServeHTTP(w http.ResponseWriter, request *http.Request) { r().ServeHTTP(w, request) }

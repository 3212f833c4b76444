package control

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/envelope"
	"dragonmock/mock/internal/platform"
)

func (p *Plane) write(c echo.Context, status int, contentType string, body []byte) error {
	h := c.Response().Header()
	h.Set(envelope.OriginHeader, envelope.Mock)
	h.Set(echo.HeaderContentType, contentType)
	h.Set(echo.HeaderContentLength, strconv.Itoa(len(body)))
	c.Response().WriteHeader(status)
	_, err := c.Response().Write(body)
	return err
}

// The symbols that the vendor does not have; their code is the symbol.
const (
	worldNotFound dragonpass.Code = "WORLD_NOT_FOUND"
	valueNotFound dragonpass.Code = "VALUE_NOT_FOUND"
)

// own are the HTTP statuses of those symbols.
var own = map[dragonpass.Code]int{
	originNotAllowed:         http.StatusForbidden,
	worldNotFound:            http.StatusNotFound,
	valueNotFound:            http.StatusNotFound,
	platform.WorldsExhausted: http.StatusTooManyRequests,

	platform.CheckpointNotFound: http.StatusNotFound,
	platform.EventNotFound:      http.StatusNotFound,
}

// refuse answers in the vendor's envelope, with the vendor's code where a rule of the vendor refused.
func (p *Plane) refuse(c echo.Context, err error) error {
	var refusal *dragonpass.Error
	if !errors.As(err, &refusal) {
		p.Log.Error("control plane", "path", c.Request().URL.Path, "error", err)
		refusal = dragonpass.Refuse(dragonpass.InternalError, "%s", err)
	}
	status, code := own[refusal.Code], string(refusal.Code)
	if status == 0 {
		row := p.Errors.Row(refusal.Code)
		status, code = row.Status, row.Code
	}
	c.Response().Header().Set(envelope.ErrorHeader, string(refusal.Code))
	return p.write(c, status, envelope.ContentType, envelope.Failure(code, refusal.Message))
}

// HandleError answers what Echo refuses by itself: paths and methods that no route has.
func (p *Plane) HandleError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	r := c.Request()
	switch {
	case errors.Is(err, echo.ErrNotFound):
		err = unknownPath(r)
	case errors.Is(err, echo.ErrMethodNotAllowed):
		err = dragonpass.Refuse(dragonpass.MethodNotAllowed, "%s is not allowed on %s, it knows %s", r.Method, r.URL.Path, c.Response().Header().Get(echo.HeaderAllow))
	}
	if err := p.refuse(c, err); err != nil {
		p.Log.Debug("the client went away", "error", err)
	}
}

// unknownPath refuses a path that no route has.
func unknownPath(r *http.Request) error {
	return dragonpass.Refuse(dragonpass.RouteNotFound, "%s %s is not known; openapi/control.yaml beside it has what is", r.Method, r.URL.Path)
}

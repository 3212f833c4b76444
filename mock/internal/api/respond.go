package api

import (
	"errors"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/envelope"
)

// write sends one answer, in one write.
func (s *Surface) write(c echo.Context, status int, origin string, body []byte, note string) error {
	h := c.Response().Header()
	id := c.Request().Header.Get(envelope.RequestIDHeader)
	if id == "" {
		id = uuid.NewString()
	}
	h.Set(envelope.RequestIDHeader, id)
	h.Set(envelope.OriginHeader, origin)
	if note != "" && c.Request().Header.Get(envelope.ExplainHeader) == "1" {
		h.Set(envelope.ReasonHeader, asciiHeader(note))
	}
	h.Set(echo.HeaderContentType, envelope.ContentType)
	h.Set(echo.HeaderContentLength, strconv.Itoa(len(body)))
	c.Response().WriteHeader(status)
	_, err := c.Response().Write(body)
	return err
}

// refuse sends a refusal in the vendor's envelope. What is no refusal of the vendor is an internal error, and its text
// stays in the log.
func (s *Surface) refuse(c echo.Context, err error, note string) error {
	refusal, origin := dragonpass.Refuse(dragonpass.InternalError, "something broke; the log says more"), envelope.Mock
	var broken *breach
	switch {
	case errors.As(err, &refusal):
		origin = originOf(refusal.Code)
	case errors.As(err, &broken):
		refusal.Message, origin = broken.Error(), envelope.Contract
	default:
		s.Log.Error("unexpected error", "error", err)
	}
	row := s.Errors.Row(refusal.Code)
	c.Response().Header().Set(envelope.ErrorHeader, string(refusal.Code))
	return s.write(c, row.Status, origin, envelope.Failure(row.Code, refusal.Message), explain(refusal, note))
}

// originOf says who makes a refusal: the contract, the mock itself, or the vendor's rules.
func originOf(code dragonpass.Code) string {
	switch code {
	case dragonpass.InvalidRequest, dragonpass.MalformedJSON, dragonpass.UnsupportedMediaType, dragonpass.BodyTooLarge:
		return envelope.Contract
	case dragonpass.RouteNotFound, dragonpass.MethodNotAllowed, dragonpass.InternalError:
		return envelope.Mock
	}
	return envelope.Vendor
}

// explain says which rule refused and what would satisfy it.
func explain(refusal *dragonpass.Error, note string) string {
	parts := []string{string(refusal.Code)}
	if refusal.Rule != "" {
		parts = append(parts, "rule "+refusal.Rule)
	}
	if refusal.Remedy != "" {
		parts = append(parts, "satisfied by "+refusal.Remedy)
	}
	if note != "" {
		parts = append(parts, note)
	}
	return strings.Join(parts, "; ")
}

// asciiHeader writes text as a header value.
func asciiHeader(s string) string {
	quoted := strconv.QuoteToASCII(s)
	return strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`)
}

// HandleError answers what Echo refuses by itself: paths and methods that no route has.
func (s *Surface) HandleError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	switch {
	case errors.Is(err, echo.ErrNotFound):
		err = s.unknown(c)
	case errors.Is(err, echo.ErrMethodNotAllowed):
		err = s.wrongMethod(c)
	default:
		err = s.refuse(c, err, "")
	}
	if err != nil {
		s.Log.Debug("the client went away", "error", err)
	}
}

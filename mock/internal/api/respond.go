package api

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/envelope"
	"dragonmock/mock/internal/fault"
)

// reply is an answer before it leaves.
type reply struct {
	status  int
	origin  string
	body    []byte
	header  http.Header // beside those of every answer
	symbol  dragonpass.Code
	code    string   // the dotted code of a refusal
	reason  string   // which rule refused, or why the answer is what it is
	nearest []string // the operations that an unknown path may have meant
}

// success is the answer of a handler.
func success(body []byte, note string) reply {
	return reply{status: http.StatusOK, origin: envelope.Vendor, body: body, reason: note}
}

// refusal is a refusal in the vendor's envelope. What is no refusal of the vendor is an internal error, and its text
// stays in the log.
func (s *Surface) refusal(x *exchange, err error, note string) reply {
	refused, origin := dragonpass.Refuse(dragonpass.InternalError, "something broke; the log says more"), envelope.Mock
	var broken *breach
	switch {
	case errors.As(err, &refused):
		origin = originOf(refused.Code)
	case errors.As(err, &broken):
		refused.Message, origin = broken.Error(), envelope.Contract
	default:
		s.Log.Error("unexpected error", "error", err)
	}
	row := s.row(x, refused.Code)
	return reply{
		status: row.Status, origin: origin, body: envelope.Failure(row.Code, refused.Message),
		symbol: refused.Code, code: row.Code, reason: explain(refused, note),
	}
}

// row is the row of an error, as the world of the exchange has it.
func (s *Surface) row(x *exchange, code dragonpass.Code) contract.ErrorRow {
	if x.world != nil {
		if row, ok := x.world.Error(code); ok {
			return row
		}
	}
	return s.Errors.Row(code)
}

// injected is the answer that a fault rule gives in place of ours; false when it gives none.
func (s *Surface) injected(x *exchange) (reply, bool) {
	d := x.decision
	switch {
	case d.Error != "":
		row := s.row(x, d.Error)
		r := reply{
			status: row.Status, origin: envelope.Fault, body: envelope.Failure(row.Code, row.When), symbol: d.Error, code: row.Code,
			reason: "fault rule " + d.Rule,
		}
		if after := d.RetryAfterHeader(); after != "" {
			r.header = http.Header{"Retry-After": {after}}
		}
		return r, true
	case d.Respond != nil:
		status, header, body := d.Respond.Render()
		return reply{status: status, origin: envelope.Fault, body: body, header: header, reason: "fault rule " + d.Rule}, true
	}
	return reply{}, false
}

// refuse answers what no operation answers: paths, methods and bodies that are none.
func (s *Surface) refuse(c echo.Context, err error, nearest ...string) error {
	x := &exchange{request: c.Request(), body: bodyOf(c)}
	if token := bearer(x.request); token != "" {
		x.world, _ = s.verify(token) // no gate was passed, but its world's journal tells of it
	}
	r := s.refusal(x, err, "")
	r.nearest = nearest
	return s.leave(c, x, r)
}

// leave records an exchange and sends its answer, in one write.
func (s *Surface) leave(c echo.Context, x *exchange, r reply) error {
	h := c.Response().Header()
	id := x.request.Header.Get(envelope.RequestIDHeader)
	if id == "" {
		id = uuid.NewString()
	}
	h.Set(envelope.RequestIDHeader, id)
	h.Set(envelope.OriginHeader, r.origin)
	if r.symbol != "" {
		h.Set(envelope.ErrorHeader, string(r.symbol))
	}
	if r.reason != "" && x.request.Header.Get(envelope.ExplainHeader) == "1" {
		h.Set(envelope.ReasonHeader, asciiHeader(r.reason))
	}
	h.Set(echo.HeaderContentType, envelope.ContentType)
	for name, values := range r.header {
		h[name] = values
	}
	if x.lost() {
		r.origin, r.status = envelope.Fault, 0
	}
	s.record(x, r, h, id)
	if x.gone || !x.decision.IsZero() {
		return s.befall(c, x, r)
	}
	h.Set(echo.HeaderContentLength, strconv.Itoa(len(r.body)))
	c.Response().WriteHeader(r.status)
	_, err := c.Response().Write(r.body)
	return err
}

// befall sends an answer as a fault rule has it.
func (s *Surface) befall(c echo.Context, x *exchange, r reply) error {
	if x.lost() {
		fault.Drop(c.Response())
		return nil
	}
	if err := x.decision.Write(c.Response(), x.request, r.status, nil, r.body); err != nil {
		s.Log.Debug("the client went away", "error", err)
	}
	return nil
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
		err = s.refuse(c, err)
	}
	if err != nil {
		s.Log.Debug("the client went away", "error", err)
	}
}

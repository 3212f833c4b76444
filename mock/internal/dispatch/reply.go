package dispatch

import (
	"errors"
	"io"
	"net/http"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/brief"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/envelope"
	"dragonmock/mock/internal/symbols"
)

// File is an answer that is not in the envelope.
func File(contentType string, body []byte) Reply {
	return Reply{Status: http.StatusOK, Origin: envelope.Mock, ContentType: contentType, Body: body}
}

// Large is an answer whose data is written piece by piece, and which nobody holds against the contract; see
// [envelope.Stream].
func Large(data func(io.Writer) error) Reply {
	return Reply{Status: http.StatusOK, Stream: func(w http.ResponseWriter) error { return envelope.Stream(w, data) }}
}

// broke is what callers are told of what is none of their business.
const broke = "something broke; the log says more"

// refuse ends the exchange with a refusal in the envelope. What is no refusal of a rule is an internal error.
func (x *Exchange) refuse(err error) {
	r := x.refusal(err)
	if err := x.checkAnswer(r.Status, r.Body); err != nil {
		r = x.refusal(err)
	}
	x.End(r)
}

// refusal writes a refusal.
func (x *Exchange) refusal(err error) Reply {
	refused, origin := dragonpass.Refuse(dragonpass.InternalError, "%s", broke), envelope.Mock
	var broken *breach
	switch {
	case errors.As(err, &refused):
		origin = envelope.OriginOf(refused.Code)
	case errors.As(err, &broken):
		refused, origin = dragonpass.Refuse(dragonpass.InternalError, "%s", broken), envelope.Contract
	default:
		x.dispatcher.Log.Error("unexpected error", "operation", x.id(), "error", err)
		if x.surface.Policy.Own {
			refused = dragonpass.Refuse(dragonpass.InternalError, "%s", err)
		}
	}
	row, message := x.row(refused.Code), brief.JoinAll(refused.Texts(x.place), "; ")
	return Reply{
		Status: row.Status, Origin: origin, Body: envelope.Failure(row.Code, message),
		symbol: refused.Code, code: row.Code, message: message, reason: refused.Explain(x.call.Note),
	}
}

// place is where the request bears a field that a rule speaks of.
func (x *Exchange) place(field string) string {
	if x.Operation == nil {
		return field
	}
	return x.Operation.Place(field)
}

// row is the row of an error, as the world of the exchange has it.
func (x *Exchange) row(code dragonpass.Code) symbols.Row {
	if x.World != nil {
		if row, ok := x.World.Error(code); ok {
			return row
		}
	}
	return x.dispatcher.Errors.Row(code)
}

// breach is an answer of ours that breaks the contract.
type breach struct{ violations []contract.Violation }

func (b *breach) Error() string {
	return "the answer of the mock breaks its own contract: " + contract.Join(b.violations)
}

// checkAnswer holds an answer of ours against the contract: a breach is logged, once the world's lock is given back, and
// where it is strict it is the error.
func (x *Exchange) checkAnswer(status int, body []byte) error {
	op := x.Operation
	if op == nil {
		op = x.surface.operations[0] // refusals have one form
	}
	return x.hold(op.CheckAnswer(status, body))
}

// hold takes note of an answer of ours that breaks the contract, which is the error where the contract is strict.
func (x *Exchange) hold(violations []contract.Violation) error {
	if len(violations) == 0 {
		return nil
	}
	b := &breach{violations}
	x.breach = b
	if x.surface.Policy.Strict || x.dispatcher.Strict {
		return b
	}
	return nil
}

package dispatch

import (
	"cmp"
	"errors"
	"net/http"

	"github.com/go-json-experiment/json"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/envelope"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/repeat"
	"dragonmock/mock/internal/world"
)

// handlers answer by the handler of the operation.
type handlers struct{}

// Answer runs the handler, and holds what it refuses to the errors that the contract says of the operation.
func (handlers) Answer(x *Exchange) (Reply, error) {
	x.call.Exchange = x
	r, err := x.Operation.handler(&x.call)
	var refused *dragonpass.Error
	if errors.As(err, &refused) && x.undeclared(refused.Code) {
		err = cmp.Or(x.hold([]contract.Violation{{Where: "x-errors", Expected: "expected " + string(refused.Code) + " among them"}}), err)
	}
	return r, err
}

// undeclared says whether a symbol is one of the vendor's rules that the contract does not know of the operation.
func (x *Exchange) undeclared(symbol dragonpass.Code) bool {
	return !x.surface.Policy.Own && envelope.OriginOf(symbol) == envelope.Vendor && !x.Operation.Raises(symbol)
}

// Body is the handler of an operation that is one transaction of its world and has a body. The body is read before the
// world is locked, so that callers of one world do not wait for one another's JSON. Names match to the letter, so that
// what the contract saw is what is read.
func Body[T any](do func(*Call, T) (any, error)) Handler {
	return func(c *Call) (Reply, error) {
		var request T
		if err := c.Read(&request); err != nil {
			return Reply{}, err
		}
		return c.Transact(func() (any, error) { return do(c, request) })
	}
}

// Plain is the handler of an operation that is one transaction of its world and has no body.
func Plain(do func(*Call) (any, error)) Handler {
	return func(c *Call) (Reply, error) {
		return c.Transact(func() (any, error) { return do(c) })
	}
}

// Read reads the body, which is legal, into a struct. Errors: INVALID_REQUEST for an integer written as 1.0 or 1e2.
func (c *Call) Read(into any) error {
	err := json.Unmarshal(c.Body, into)
	if err == nil {
		return nil
	}
	at := "/"
	var semantic *json.SemanticError
	if errors.As(err, &semantic) {
		at = string(semantic.JSONPointer)
	}
	return dragonpass.Refuse(dragonpass.InvalidRequest, "%s: expected an integer in digits alone", at).By("contract")
}

// Transact does an operation in one transaction of its world: what do returns is rendered and held against the contract
// before it is committed. A repeated request id is answered from memory.
func (c *Call) Transact(do func() (any, error)) (Reply, error) {
	work := func(tx *world.Tx) ([]byte, error) {
		c.Tx = tx
		defer func() { c.Tx = nil }()
		if tx != nil {
			c.worldAt = tx.Now()
		}
		data, err := do()
		if err != nil {
			c.Note = ""
			return nil, err
		}
		if tx != nil {
			if nth, slow := tx.Slow(); slow {
				c.slow = fault.Observed().Draw(tx.Seed(), nth)
			}
		}
		return c.render(data)
	}
	if c.World == nil {
		body, err := work(nil)
		return c.success(body), err
	}
	call := repeat.Call{Operation: c.Operation.Version + " " + c.Operation.ID}
	if id := c.Request.Header.Get(envelope.RequestIDHeader); id != "" && c.Operation.Idempotent {
		call.RequestID, call.Fingerprint = id, repeat.Fingerprint(c.Program, c.Path, c.Body)
	}
	body, err := repeat.Do(c.World, call, work)
	return c.success(body), err
}

// Render writes data in the envelope and holds it against the contract. A handler that does not do all in one
// transaction calls it before it commits.
func (c *Call) Render(data any) (Reply, error) {
	body, err := c.render(data)
	return c.success(body), err
}

// Done does what has nothing to say but that it is done. The answer is rendered before.
func (c *Call) Done(do func() error) (Reply, error) {
	r, err := c.Render(struct{}{})
	if err == nil {
		err = do()
	}
	return r, err
}

func (c *Call) render(data any) ([]byte, error) {
	body, err := envelope.Success(data)
	if err != nil {
		return nil, err
	}
	return body, c.checkAnswer(http.StatusOK, body)
}

func (c *Call) success(body []byte) Reply {
	return Reply{Status: http.StatusOK, Origin: envelope.Vendor, Body: body, reason: c.Note}
}

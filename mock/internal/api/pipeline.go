package api

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/labstack/echo/v4"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/envelope"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/platform"
)

// MaxBody is the largest body of a request, in bytes.
const MaxBody = 1 << 20

// exchange is one request on its way through the gates.
type exchange struct {
	request *http.Request
	began   time.Time // by the machine's clock
	op      *contract.Operation
	handler Handler
	path    url.Values
	query   url.Values
	body    []byte

	world    *platform.World
	program  string
	unread   []string // what the client sent that the contract does not know
	note     string   // why the answer is what it is
	decision fault.Decision
	slow     time.Duration // how long a slow test venue takes
	gone     bool          // the client went away while it waited
	worldAt  time.Time     // when the operation was, by the world's clock; zero: there was none
}

// wait keeps the client waiting, unless it goes away.
func (x *exchange) wait(d time.Duration) {
	if d > 0 && fault.Sleep(x.request.Context(), d) != nil {
		x.gone = true
	}
}

// lost says that the client gets no answer.
func (x *exchange) lost() bool { return x.gone || x.decision.Drop != "" }

// kept is a body that was read, in its own place.
type kept []byte

// Read has nothing left to read.
func (kept) Read([]byte) (int, error) { return 0, io.EOF }

// Close has nothing to close: the server closes what it opened.
func (kept) Close() error { return nil }

// bound reads the body, and refuses one that is too large: before the route is known, as A-049 has it.
func (s *Surface) bound(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		body, err := readBody(c.Request())
		if err != nil {
			return s.refuse(c, dragonpass.Refuse(dragonpass.MalformedJSON, "the body ended early"))
		}
		if len(body) > MaxBody {
			return s.refuse(c, dragonpass.Refuse(dragonpass.BodyTooLarge, "expected a body of at most %d bytes", MaxBody))
		}
		c.Request().Body = kept(body)
		return next(c)
	}
}

// bodyOf is the body that bound left.
func bodyOf(c echo.Context) []byte {
	body, _ := c.Request().Body.(kept)
	return body
}

// readBody reads a body, and no more of it than tells that it is too large.
func readBody(r *http.Request) ([]byte, error) {
	if n := r.ContentLength; n >= 0 && n <= MaxBody {
		body := make([]byte, n)
		_, err := io.ReadFull(r.Body, body)
		return body, err
	}
	return io.ReadAll(io.LimitReader(r.Body, MaxBody+1))
}

// serve answers one operation.
func (s *Surface) serve(op *contract.Operation, handler Handler) echo.HandlerFunc {
	return func(c echo.Context) error {
		path, ok := contract.PathValues(c.ParamNames(), c.ParamValues(), c.Request().URL.RawPath != "")
		if !ok || !op.KnownPath(path) {
			return s.unknown(c)
		}
		x := &exchange{request: c.Request(), began: time.Now(), op: op, handler: handler, path: path, body: bodyOf(c)}
		return s.leave(c, x, s.gates(x))
	}
}

// gates is the order of checks: size of body and route came before; then authentication, which chooses the
// world, programme, fault rules, contract, and idempotency with the business rules, which are one transaction. A panic
// on the way is an internal error, and has changed nothing.
func (s *Surface) gates(x *exchange) (r reply) {
	defer func() {
		if p := recover(); p != nil {
			if p == http.ErrAbortHandler {
				panic(p)
			}
			s.Log.Error("panic", "operation", x.op.ID, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			r = s.refusal(x, dragonpass.Refuse(dragonpass.InternalError, "something broke; the log says more"), "")
		}
	}()
	if err := s.authenticate(x); err != nil {
		return s.refusal(x, err, "")
	}
	if err := s.permit(x); err != nil {
		return s.refusal(x, err, "")
	}
	if r, ok := s.inject(x); ok {
		return r
	}
	if err := s.lawful(x); err != nil {
		return s.refusal(x, err, "")
	}
	answer, err := s.perform(x)
	x.wait(x.slow)
	if err != nil {
		return s.refusal(x, err, x.note)
	}
	return success(answer, x.note)
}

// programHeader is X-Program-ID as net/http keeps it.
const programHeader = "X-Program-Id"

// permit asks whether the client may call the operation, and chooses the programme that the call acts for: the one it
// names, which must be the client's, or the client's default.
func (s *Surface) permit(x *exchange) error {
	if x.world == nil {
		return nil
	}
	client := x.world.Client()
	if x.op.Secured && !client.Permits(x.op.ID) {
		return dragonpass.Refuse(dragonpass.OperationNotPermitted, "the client may not call %s", x.op.ID).Unless("one of %v", client.Operations)
	}
	x.program = client.DefaultProgram()
	if sent := x.request.Header.Get(programHeader); sent != "" {
		if !client.HasProgram(sent) {
			return dragonpass.Refuse(dragonpass.ProgramNotAllowed, "header X-Program-ID: it is not a programme of this client").
				By("D/v1/338664m0").Unless("one of %v", client.Programs)
		}
		x.program = sent
	}
	return nil
}

// lawful holds the request against the contract.
func (s *Surface) lawful(x *exchange) (err error) {
	if x.request.URL.RawQuery != "" {
		x.query = x.request.URL.Query()
	}
	r := contract.Request{Header: x.request.Header, Path: x.path, Query: x.query, Sent: len(x.body) > 0}
	if r.Sent && x.op.TakesBody() {
		if err := checkMedia(x.request.Header.Get(echo.HeaderContentType)); err != nil {
			return err
		}
		if r.Legal = x.op.CertainlyLegal(x.body); !r.Legal {
			if r.Body, err = decode(x.body); err != nil {
				return err
			}
			x.op.LeaveOutNulls(r.Body)
		}
	}
	violations, unread := x.op.CheckRequest(r)
	x.unread = unread
	if len(violations) > 0 {
		return dragonpass.Refuse(dragonpass.InvalidRequest, "%s", contract.Join(violations)).By("contract")
	}
	return nil
}

// checkMedia takes a body that says it is JSON, or says nothing.
func checkMedia(contentType string) error {
	if contentType == "" || contentType == echo.MIMEApplicationJSON {
		return nil
	}
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil || media != echo.MIMEApplicationJSON && !strings.HasSuffix(media, "+json") {
		return dragonpass.Refuse(dragonpass.UnsupportedMediaType, "header Content-Type: expected application/json")
	}
	return nil
}

// decode reads a body.
func decode(body []byte) (any, error) {
	value, err := contract.Decode(body)
	if err != nil {
		return nil, dragonpass.Refuse(dragonpass.MalformedJSON, "expected one JSON value: %s", reason(err))
	}
	return value, nil
}

// perform runs the handler in one transaction of the world, answer and contract check included, so that an answer that
// cannot be given has changed nothing.
func (s *Surface) perform(x *exchange) ([]byte, error) {
	do, err := x.handler(x.body)
	if err != nil {
		return nil, err
	}
	work := func(tx *platform.Tx) ([]byte, error) {
		if tx != nil {
			x.worldAt = tx.Now()
		}
		call := &Call{Tx: tx, World: x.world, Program: x.program, Path: x.path, Query: x.query}
		data, err := do(call)
		if err != nil {
			return nil, err
		}
		x.note = call.Note
		if tx != nil {
			if nth, slow := tx.Slow(); slow {
				x.slow = fault.Observed().Draw(x.world.Seed(), nth)
			}
		}
		answer, err := envelope.Success(data)
		if err != nil {
			return nil, err
		}
		return answer, s.honest(x.op, http.StatusOK, answer)
	}
	if x.world == nil {
		return work(nil)
	}
	call := platform.Call{Operation: x.op.ID}
	if id := x.request.Header.Get(envelope.RequestIDHeader); id != "" && x.op.Idempotent {
		call.RequestID, call.Fingerprint = id, fingerprint(x)
	}
	return x.world.Do(call, work)
}

// fingerprint is a digest of what a request asks for: its path words and its body as JSON.
func fingerprint(x *exchange) [32]byte {
	canonical := jsontext.Value(append([]byte(nil), x.body...))
	if err := canonical.Canonicalize(); err != nil {
		canonical = x.body // numbers too large for JSON's canonical form; the bytes will do
	}
	return sha256.Sum256(append([]byte(x.path.Encode()+"\n"), canonical...))
}

// breach is an answer of ours that breaks the contract.
type breach struct{ violations []contract.Violation }

func (b *breach) Error() string {
	return "the answer of the mock breaks its own contract: " + contract.Join(b.violations)
}

// honest holds an answer of ours against the contract: a breach is logged, and when strict it is the error.
func (s *Surface) honest(op *contract.Operation, status int, answer []byte) error {
	violations := op.CheckAnswer(status, answer)
	if len(violations) == 0 {
		return nil
	}
	b := &breach{violations}
	s.Log.Error(b.Error(), "operation", op.ID, "status", status, "answer", string(answer))
	if s.Strict {
		return b
	}
	return nil
}

// reason says what is wrong with JSON without quoting it.
func reason(err error) string {
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		return fmt.Sprintf("%s at byte %d", strings.TrimPrefix(syntax.Err.Error(), "jsontext: "), syntax.ByteOffset)
	}
	var semantic *json.SemanticError
	if errors.As(err, &semantic) { // any value will do, so it is a number
		return fmt.Sprintf("%s is a number too large to be read", semantic.JSONPointer)
	}
	return "it cannot be read"
}

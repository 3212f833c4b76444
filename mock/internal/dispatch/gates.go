package dispatch

import (
	"maps"
	"net/http"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/labstack/echo/v4"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/access"
	"dragonmock/mock/internal/bom"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/guard"
	"dragonmock/mock/internal/intake"
	"dragonmock/mock/internal/token"
	"dragonmock/mock/internal/turns"
)

// open opens the surface to browsers, and answers preflights.
func open(x *Exchange) error {
	if guard.Open(x.writer.Header(), x.Request) {
		x.End(Reply{Status: http.StatusNoContent, bare: true})
	}
	return nil
}

// authenticate finds the world of a request: by the issuer of its token, or for operations without a token by the
// client id in the body.
func authenticate(x *Exchange) (err error) {
	if !x.Operation.Secured {
		var named struct {
			ClientID string `json:"clientId"`
		}
		if json.Unmarshal(x.Body, &named) == nil { // what is wrong with the body is the contract's to say
			x.World = x.dispatcher.Host.ByClientID(named.ClientID)
		}
		return nil
	}
	shown := token.Bearer(x.Request)
	if shown == "" {
		return dragonpass.Refuse(dragonpass.TokenMissing, "header Authorization: expected Bearer and an access token").
			By("D/v1/338386m0").Unless("a token of POST /auth/token, or a JWT of your own")
	}
	x.World, err = x.dispatcher.tokens.Verify(shown)
	return err
}

// findWorld finds the world that the path names, where it names one.
func findWorld(x *Exchange) (err error) {
	if id := x.Path.Get("id"); id != "" {
		x.World, err = x.dispatcher.Host.Require(id)
	}
	return err
}

// programHeader is X-Program-ID as net/http keeps it.
const programHeader = "X-Program-Id"

// permit asks whether the client may call the operation, and chooses the programme that the call acts for: the one it
// names, which must be the client's, or the client's default.
func permit(x *Exchange) error {
	if x.World == nil {
		return nil
	}
	client := x.World.Client()
	if x.Operation.Secured {
		if err := access.CheckOperation(x.Operation.ID, client.Operations); err != nil {
			return err
		}
	}
	program, err := access.ChooseProgram(x.Request.Header.Get(programHeader), client.Programs)
	x.Program = program
	return err
}

// readHead reads the query, and refuses what would be lost of query and headers.
func readHead(x *Exchange) (err error) {
	x.Query, err = intake.Head(x.Request)
	return err
}

// checkRequest holds the request against the contract. What the contract does not know is noted, and accepted as a
// lenient vendor does.
func checkRequest(x *Exchange) error {
	if len(x.Body) > 0 && x.Operation.TakesBody() {
		if err := intake.CheckMedia(x.Request.Header.Get(echo.HeaderContentType)); err != nil {
			return err
		}
	}
	violations, err := x.check(true)
	if err != nil {
		return err
	}
	if len(violations) > 0 {
		return dragonpass.Refuse(dragonpass.InvalidRequest, "%s", contract.Join(violations)).By("contract")
	}
	return nil
}

// checkRequestStrictly holds the request against the contract, and refuses what the contract does not know, with a
// suggestion.
func checkRequestStrictly(x *Exchange) error {
	if len(x.Body) > 0 || x.Large != nil {
		if err := intake.CheckCharset(x.Request.Header.Get(echo.HeaderContentType)); err != nil {
			return err
		}
	}
	violations, err := x.check(false)
	if err != nil {
		return err
	}
	for _, name := range x.Unread {
		violations = append(violations, intake.Refused(x.Operation.Operation, name))
	}
	if len(violations) > 0 {
		return dragonpass.Refuse(dragonpass.InvalidRequest, "%s", contract.Join(violations))
	}
	return nil
}

// check lists every violation of the contract, and notes what the contract does not know: of the query, handlers see
// only what it does. Nulls says that a null member is one that is left out, where it may be.
func (x *Exchange) check(nulls bool) ([]contract.Violation, error) {
	r := contract.Request{Header: x.Request.Header, Path: x.Path, Query: x.Query, Sent: len(x.Body) > 0 || x.Large != nil, Legal: x.Large != nil}
	if len(x.Body) > 0 && x.Operation.TakesBody() {
		if r.Legal = x.Operation.CertainlyLegal(x.Body); !r.Legal {
			defer turns.Take(len(x.Body))()
			var err error
			if r.Body, err = intake.Decode(x.Body); err != nil {
				return nil, err
			}
			if nulls {
				x.Operation.LeaveOutNulls(r.Body)
			}
		}
	}
	violations, unread := x.Operation.CheckRequest(r)
	x.Unread = append(unread, intake.Strangers(x.Operation.Operation, x.Request.Header, x.Body)...)
	slices.Sort(x.Unread)
	maps.DeleteFunc(x.Query, func(name string, _ []string) bool { return !x.Operation.HasQuery(name) })
	return violations, nil
}

// readBody reads the body, without a mark before it; one that may be large is left to the handler. What is left of
// one that is refused is of no use, so the connection ends with the answer.
func readBody(x *Exchange) (err error) {
	limit, timeout := x.surface.Policy.MaxBody, x.dispatcher.BodyTimeout
	if x.Operation != nil && x.Operation.LargeBody {
		x.Large, err = intake.Open(x.writer, x.Request, limit.Large, timeout)
	} else {
		var body []byte
		body, err = intake.Read(x.writer, x.Request, limit, timeout)
		x.Body = bom.Skip(body)
	}
	if err != nil {
		x.identify()
		x.writer.Header().Set("Connection", "close")
	}
	return err
}

// perform has the answerer answer, and keeps the client waiting where a slow test venue was looked at.
func perform(x *Exchange) error {
	r, err := x.dispatcher.answerer.Answer(x)
	x.wait(x.slow)
	if err != nil {
		return err
	}
	x.End(r)
	return nil
}

// identify finds the world of an exchange that is refused before it comes to the gate that authenticates, so that the
// world's journal tells of it.
func (x *Exchange) identify() {
	if shown := token.Bearer(x.Request); shown != "" && x.surface.Policy.Record {
		x.World, _ = x.dispatcher.tokens.Verify(shown)
	}
}

package contract

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/go-json-experiment/json"

	"dragonmock/mock/internal/schema"
)

// Request is what a client sent, as far as the contract is concerned. Body is its decoded JSON, nil for none or when
// [Operation.CertainlyLegal] said that there is nothing wrong with it.
type Request struct {
	Header http.Header
	Path   url.Values
	Query  url.Values
	Body   any
	Sent   bool // there was a body
	Legal  bool // it is certainly legal
}

// CertainlyLegal says whether a body is beyond doubt: legal, and without a member that the document does not know. It is
// the quick way for the many; a body that it does not vouch for may still be legal.
func (op *Operation) CertainlyLegal(body []byte) bool { return op.body.CertainlyLegal(body) }

// KnownPath says whether the words in the path are ones that the document lists. A path with another word is another
// path, which does not exist.
func (op *Operation) KnownPath(path url.Values) bool {
	for _, p := range op.params {
		if p.in == openapi3.ParameterInPath && len(p.schema.Enum) > 0 && p.check(path[p.name]) != nil {
			return false
		}
	}
	return true
}

// LeaveOutNulls takes away the members of a request body that are null and need not be there: a null says what a missing
// member says.
func (op *Operation) LeaveOutNulls(body any) {
	if op.body != nil {
		op.body.LeaveOutNulls(body)
	}
}

// CheckRequest returns every violation of the request, and what it sent that the document does not know: members as
// JSON pointers, query parameters as "query name". Those are accepted, like a lenient vendor does.
func (op *Operation) CheckRequest(r Request) (violations []Violation, unread []string) {
	for _, p := range op.params {
		if v := p.check(p.find(r.Header, r.Path, r.Query)); v != nil {
			violations = append(violations, *v)
		}
	}
	for name := range r.Query {
		if !op.AnyQuery && !slices.ContainsFunc(op.params, func(p parameter) bool { return p.in == openapi3.ParameterInQuery && p.name == name }) {
			unread = append(unread, "query "+name)
		}
	}
	if op.body != nil {
		switch {
		case r.Legal:
		case !r.Sent:
			violations = append(violations, Violation{Where: "/", Expected: "expected " + op.body.Expected() + ", the body is empty"})
		default:
			broken, unknown := op.body.Judge(r.Body)
			violations, unread = append(violations, broken...), append(unread, unknown...)
		}
	}
	slices.Sort(unread)
	return violations, unread
}

// CheckAnswer returns every violation of an answer of ours. A member that the document does not know is one too: we
// know what we answer. A status for which the document says nothing is held against its schema of failures; where there
// is none, against nothing.
func (op *Operation) CheckAnswer(status int, body []byte) []Violation {
	a, ok := op.answers[status]
	if !ok {
		a = op.failure
	}
	return checkOwn(a, body)
}

// CheckSent returns every violation of a body that we send to a client's operation, like [Operation.CheckAnswer].
func (op *Operation) CheckSent(body []byte) []Violation { return checkOwn(op.body, body) }

func checkOwn(s *schema.Schema, body []byte) []Violation {
	if s == nil || s.CertainlyLegal(body) {
		return nil
	}
	value, err := Decode(body)
	if err != nil {
		return []Violation{{Where: "/", Expected: "expected JSON: " + err.Error()}}
	}
	violations, unknown := s.Judge(value)
	for _, pointer := range unknown {
		violations = append(violations, Violation{Where: pointer, Expected: "expected no such member"})
	}
	return violations
}

// Decode reads exactly one JSON value: trailing data, duplicate members and broken UTF-8 are errors.
func Decode(body []byte) (any, error) {
	var value any
	err := json.Unmarshal(body, &value)
	return value, err
}

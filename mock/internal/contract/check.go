package contract

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/go-json-experiment/json"

	"dragonmock/mock/internal/certain"
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
func (op *Operation) CertainlyLegal(body []byte) bool { return op.parts.certain().body.Legal(body) }

// legal says whether the values of a parameter are beyond doubt.
func (op *Operation) legal(i int, sent []string) bool {
	return len(sent) == 0 && !op.Digest.Params[i].Required || op.parts.certain().params[i].Words(sent)
}

// KnownPath says whether the words in the path are ones that the document lists. A path with another word is another
// path, which does not exist.
func (op *Operation) KnownPath(path url.Values) bool {
	for i, p := range op.Digest.Params {
		if p.In != inPath || len(p.Words) == 0 {
			continue
		}
		if sent := path[p.Name]; !op.legal(i, sent) && op.parts.judged().params[i].check(sent) != nil {
			return false
		}
	}
	return true
}

// LeaveOutNulls takes away the members of a request body that are null and need not be there: a null says what a missing
// member says.
func (op *Operation) LeaveOutNulls(body any) {
	if op.TakesBody() {
		op.parts.judged().body.LeaveOutNulls(body)
	}
}

// CheckRequest returns every violation of the request, and what it sent that the document does not know: members as
// JSON pointers, query parameters as "query name". Those are accepted, like a lenient vendor does.
func (op *Operation) CheckRequest(r Request) (violations []Violation, unread []string) {
	for i := range op.Digest.Params {
		sent := op.Digest.Params[i].find(r.Header, r.Path, r.Query)
		if op.legal(i, sent) {
			continue
		}
		if v := op.parts.judged().params[i].check(sent); v != nil {
			violations = append(violations, *v)
		}
	}
	for name := range r.Query {
		if !op.AnyQuery && !op.HasQuery(name) {
			unread = append(unread, "query "+name)
		}
	}
	if op.TakesBody() {
		switch {
		case r.Legal:
		case !r.Sent:
			violations = append(violations, Violation{Where: "/", Expected: "expected " + op.parts.judged().body.Expected() + ", the body is empty"})
		default:
			broken, unknown := op.parts.judged().body.Judge(r.Body)
			violations, unread = append(violations, broken...), append(unread, unknown...)
		}
	}
	slices.Sort(unread)
	return violations, unread
}

// HasQuery says whether the document has a query parameter.
func (op *Operation) HasQuery(name string) bool {
	return slices.ContainsFunc(op.Digest.Params, func(p param) bool { return p.In == inQuery && p.Name == name })
}

// CheckAnswer returns every violation of an answer of ours. A member that the document does not know is one too: we
// know what we answer. A status for which the document says nothing is held against its schema of failures; where there
// is none, against nothing.
func (op *Operation) CheckAnswer(status int, body []byte) []Violation {
	sure := op.parts.certain()
	if _, said := op.Digest.Answers[status]; said {
		return checkOwn(sure.answers[status], func() *schema.Schema { return op.parts.judged().answers[status] }, body)
	}
	if op.Digest.Failures != nil {
		return checkOwn(sure.failures, func() *schema.Schema { return op.parts.judged().failure }, body)
	}
	return nil
}

// CheckSent returns every violation of a body that we send to a client's operation, like [Operation.CheckAnswer].
func (op *Operation) CheckSent(body []byte) []Violation {
	if !op.TakesBody() {
		return nil
	}
	return checkOwn(op.parts.certain().body, func() *schema.Schema { return op.parts.judged().body }, body)
}

func checkOwn(sure *certain.Schema, judge func() *schema.Schema, body []byte) []Violation {
	if sure.Legal(body) {
		return nil
	}
	value, err := Decode(body)
	if err != nil {
		return []Violation{{Where: "/", Expected: "expected JSON: " + err.Error()}}
	}
	violations, unknown := judge().Judge(value)
	for _, pointer := range unknown {
		violations = append(violations, Violation{Where: pointer, Expected: "expected no such member"})
	}
	if len(violations) == 0 {
		sure.Vouch(body)
	}
	return violations
}

// Decode reads exactly one JSON value: trailing data, duplicate members and broken UTF-8 are errors.
func Decode(body []byte) (any, error) {
	var value any
	err := json.Unmarshal(body, &value)
	return value, err
}

package contract

import (
	"net/http"
	"slices"
	"strings"
	"sync"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/certain"
	"dragonmock/mock/internal/schema"
)

// Document is one published OpenAPI document. It is immutable and safe for concurrent use.
type Document struct {
	read func() (operations, callbacks []*Operation)
}

// Operation is one operation of a document: what its digest says of it. What is beyond the digest is read from the document
// when it is first asked for.
type Operation struct {
	ID      string `json:"id"`
	Method  string `json:"method"`
	Path    string `json:"path"`             // as the document writes it: "/orders/{module}/ePasses"
	Secured bool   `json:"secured,omitzero"` // it wants a bearer token

	Idempotent bool `json:"idempotent,omitzero"` // a repeated X-Request-ID is answered from memory
	LargeBody  bool `json:"largeBody,omitzero"`  // its body may be larger than others
	AnyQuery   bool `json:"anyQuery,omitzero"`   // it may have query parameters that it does not know, such as those that keep caches away

	Fidelity    string   `json:"fidelity,omitzero"`    // documented, second-hand, observed or assumed
	Source      string   `json:"source,omitzero"`      // the pages it was seen on
	Assumptions []string `json:"assumptions,omitzero"` // the register numbers that it and what it uses rest on
	Errors      []string `json:"errors,omitzero"`      // symbols that it raises beyond the common ones

	AnswerHeaders []string `json:"answerHeaders,omitzero"` // that its answers may have, of any status

	Digest digest `json:"digest"`

	parts parts // none of an operation that is in no document
}

// parts are those of an operation that few servers ask for, each read when it is first asked for.
type parts struct {
	certain func() certainly
	judged  func() *judged // kin-openapi's, which has words for what is wrong
	places  func() map[string]string
	fields  func(number int) []string
}

// certainly is what is certainly legal.
type certainly struct {
	body     *certain.Schema
	params   []*certain.Schema
	answers  map[int]*certain.Schema
	failures *certain.Schema
}

// bind gives an operation its parts: its lines, and what kin-openapi makes of it.
func (op *Operation) bind(lines *certain.Lines, list func(number int) []string, source func() *judged) {
	for i, p := range op.Digest.Params {
		op.Digest.Params[i].key = http.CanonicalHeaderKey(p.Name)
	}
	op.parts = parts{
		judged: source,
		fields: list,
		certain: sync.OnceValue(func() certainly {
			c := certainly{answers: map[int]*certain.Schema{}}
			if body := op.Digest.Body; body != nil {
				c.body = lines.Schema(body.Certain)
			}
			for _, p := range op.Digest.Params {
				c.params = append(c.params, lines.Schema(p.Certain))
			}
			for status, answer := range op.Digest.Answers {
				c.answers[status] = lines.Schema(answer.Certain)
			}
			if failures := op.Digest.Failures; failures != nil {
				c.failures = lines.Schema(failures.Certain)
			}
			return c
		}),
		places: sync.OnceValue(func() map[string]string { return placesOf(op.Digest.Params, op.Fields()) }),
	}
}

// Raises says whether the document has a symbol among those that the operation raises beyond the common ones.
func (op *Operation) Raises(symbol dragonpass.Code) bool {
	return slices.Contains(op.Errors, string(symbol))
}

// TakesBody says whether the operation has a JSON body.
func (op *Operation) TakesBody() bool { return op.Digest.Body != nil }

// Operations returns all operations, sorted by id.
func (d *Document) Operations() []*Operation {
	operations, _ := d.read()
	return operations
}

// Callbacks returns what the server sends to its clients, each as the operation of the client.
func (d *Document) Callbacks() []*Operation {
	_, callbacks := d.read()
	return callbacks
}

// Members returns the names that objects of a request body know at its top; for suggestions.
func (op *Operation) Members() []string {
	if op.Digest.Body == nil {
		return nil
	}
	return op.parts.judged().body.Members()
}

// PathWords returns the words that a parameter in the path may be; none: any word.
func (op *Operation) PathWords(name string) []string {
	for _, p := range op.Digest.Params {
		if p.In == inPath && p.Name == name {
			return p.Words
		}
	}
	return nil
}

// Parameters returns the names of the parameters in "query" or "header"; for suggestions.
func (op *Operation) Parameters(in string) (names []string) {
	for _, p := range op.Digest.Params {
		if p.In == in {
			names = append(names, p.Name)
		}
	}
	return names
}

// Fields returns every member that a request body may have, as sorted JSON pointers in which * is any element of a list.
func (op *Operation) Fields() []string { return op.fieldsOf(op.Digest.Body) }

// Kinds returns which values a member of a request body can be, by the pointers of [Operation.Fields], and by the same with
// /* behind them for the elements of lists.
func (op *Operation) Kinds() map[string]schema.Kind {
	if op.Digest.Body == nil {
		return nil
	}
	return op.parts.judged().kinds
}

// FailureFields returns every member that a refusal may have, like [Operation.Fields].
func (op *Operation) FailureFields() []string { return op.fieldsOf(op.Digest.Failures) }

// AnswerFields returns every member that an answer of a status may have, like [Operation.Fields].
func (op *Operation) AnswerFields(status int) []string {
	answer, there := op.Digest.Answers[status]
	if !there {
		return nil
	}
	return op.fieldsOf(&answer)
}

func (op *Operation) fieldsOf(p *parcel) []string {
	if p == nil {
		return nil
	}
	return op.parts.fields(p.Fields)
}

// Place returns where a request of this operation bears a field that a rule speaks of: the JSON pointer of the shallowest
// member of that name, "path orderId" or "query language" or "header X-Program-ID" for a parameter, and a field that the
// operation does not have as it is. Of a dotted field, such as "prebookingRequiredInfo.email" or "allowedResources.0", the
// first word is looked for and the rest is below it.
func (op *Operation) Place(field string) string {
	name, rest, dotted := strings.Cut(field, ".")
	place, known := op.places()[name]
	switch {
	case !known:
		return field
	case dotted && place[0] == '/':
		return place + Pointer(rest)
	}
	return place
}

func (op *Operation) places() map[string]string {
	if op.parts.places == nil {
		return nil
	}
	return op.parts.places()
}

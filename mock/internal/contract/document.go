package contract

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"dragonmock/mock/internal/schema"
)

// Document is one published OpenAPI document. It is immutable and safe for concurrent use.
type Document struct {
	operations []*Operation
	callbacks  []*Operation
}

// Operation is one operation of a document.
type Operation struct {
	ID      string
	Method  string
	Path    string // as the document writes it: "/orders/{module}/ePasses"
	Secured bool   // it wants a bearer token

	Idempotent bool // a repeated X-Request-ID is answered from memory
	LargeBody  bool // its body may be larger than others
	AnyQuery   bool // it may have query parameters that it does not know, such as those that keep caches away

	Fidelity    string   // documented, second-hand, observed or assumed
	Source      string   // the pages it was seen on
	Assumptions []string // the register numbers that it and what it uses rest on
	Errors      []string // symbols that it raises beyond the common ones

	AnswerHeaders []string // that its answers may have, of any status

	body    *schema.Schema // nil: it takes none
	fields  []string       // of the body, those that code judges too
	kinds   map[string]schema.Kind
	params  []parameter
	places  map[string]string // where a request bears the fields that rules speak of, by name
	answers map[int]*schema.Schema
	failure *schema.Schema // nil: nothing is said of it
}

// Load reads a document. It fails on anything it could not hold an exchange against later: an invalid document, an
// operation without an id, a parameter that is no plain value, a body that is not JSON.
func Load(data []byte) (*Document, error) {
	doc, err := openapi3.NewLoader().LoadFromData(data)
	if err != nil {
		return nil, fmt.Errorf("contract: %w", err)
	}
	if err := doc.Validate(context.Background(), openapi3.DisableExamplesValidation()); err != nil {
		return nil, fmt.Errorf("contract: %w", err)
	}
	// Before any operation is read: flattening drops the marks of the parts, and operations share schemas.
	marks := map[*openapi3.Operation][]string{}
	for _, item := range doc.Paths.Map() {
		for _, op := range item.Operations() {
			marks[op] = assumptionsOf(op)
		}
	}
	d := &Document{}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			o, err := newOperation(doc, path, method, op)
			if err != nil {
				return nil, fmt.Errorf("contract: %s %s: %w", method, path, err)
			}
			o.Assumptions = marks[op]
			d.operations = append(d.operations, o)
			if err := d.addCallbacks(doc, op); err != nil {
				return nil, fmt.Errorf("contract: callbacks of %s: %w", o.ID, err)
			}
		}
	}
	slices.SortFunc(d.operations, func(a, b *Operation) int { return strings.Compare(a.ID, b.ID) })
	return d, nil
}

// addCallbacks adds what the server sends to its clients because of an operation.
func (d *Document) addCallbacks(doc *openapi3.T, op *openapi3.Operation) error {
	for _, callback := range op.Callbacks {
		for url, item := range callback.Value.Map() {
			for method, sent := range item.Operations() {
				o, err := newOperation(doc, url, method, sent)
				if err != nil {
					return err
				}
				d.callbacks = append(d.callbacks, o)
			}
		}
	}
	return nil
}

// TakesBody says whether the operation has a JSON body.
func (op *Operation) TakesBody() bool { return op.body != nil }

// Operations returns all operations, sorted by id.
func (d *Document) Operations() []*Operation { return d.operations }

// Callbacks returns what the server sends to its clients, each as the operation of the client.
func (d *Document) Callbacks() []*Operation { return d.callbacks }

func newOperation(doc *openapi3.T, path, method string, op *openapi3.Operation) (*Operation, error) {
	if op.OperationID == "" {
		return nil, fmt.Errorf("it has no operationId")
	}
	o := &Operation{
		ID: op.OperationID, Method: method, Path: path,
		Fidelity: text(op.Extensions["x-fidelity"]), Source: text(op.Extensions["x-source"]),
		Errors: texts(op.Extensions["x-errors"]), Secured: len(doc.Security) > 0, answers: map[int]*schema.Schema{},
	}
	if op.Security != nil {
		o.Secured = len(*op.Security) > 0
	}
	o.Idempotent, _ = op.Extensions["x-idempotent"].(bool)
	o.LargeBody, _ = op.Extensions["x-large-body"].(bool)
	o.AnyQuery, _ = op.Extensions["x-any-query"].(bool)
	for _, ref := range op.Parameters {
		p, err := newParameter(ref.Value)
		if err != nil {
			return nil, err
		}
		o.params = append(o.params, p)
	}
	if op.RequestBody != nil {
		media := op.RequestBody.Value.Content.Get("application/json")
		if media == nil {
			return nil, fmt.Errorf("its body is not application/json")
		}
		whole, err := schema.Compile(media.Schema)
		if err == nil {
			o.fields, o.kinds = whole.Fields(), whole.Kinds()
			o.body, err = schema.Compile(schema.Loosen(media.Schema))
		}
		if err != nil {
			return nil, fmt.Errorf("its body: %w", err)
		}
	}
	o.places = placesOf(o.params, o.fields)
	for status, ref := range op.Responses.Map() {
		for name := range ref.Value.Headers {
			if !slices.Contains(o.AnswerHeaders, name) {
				o.AnswerHeaders = append(o.AnswerHeaders, name)
			}
		}
		media := ref.Value.Content["application/json"]
		if media == nil {
			continue // a file; nothing to hold it against
		}
		a, err := schema.Compile(media.Schema)
		if err != nil {
			return nil, fmt.Errorf("its answer %s: %w", status, err)
		}
		if code, err := strconv.Atoi(status); err == nil {
			o.answers[code] = a
		} else {
			o.failure = a
		}
	}
	return o, nil
}

// Members returns the names that objects of a request body know at its top; for suggestions.
func (op *Operation) Members() []string { return op.body.Members() }

// PathWords returns the words that a parameter in the path may be; none: any word.
func (op *Operation) PathWords(name string) (words []string) {
	for _, p := range op.params {
		if p.in == openapi3.ParameterInPath && p.name == name {
			for _, word := range p.schema.Enum {
				words = append(words, fmt.Sprint(word))
			}
		}
	}
	return words
}

// Parameters returns the names of the parameters in "query" or "header"; for suggestions.
func (op *Operation) Parameters(in string) (names []string) {
	for _, p := range op.params {
		if p.in == in {
			names = append(names, p.name)
		}
	}
	return names
}

// Fields returns every member that a request body may have, as sorted JSON pointers in which * is any element of a list.
func (op *Operation) Fields() []string { return op.fields }

// Kinds returns which values a member of a request body can be, by the pointers of [Operation.Fields], and by the same with
// /* behind them for the elements of lists.
func (op *Operation) Kinds() map[string]schema.Kind { return op.kinds }

// FailureFields returns every member that a refusal may have, like [Operation.Fields].
func (op *Operation) FailureFields() []string { return op.failure.Fields() }

// AnswerFields returns every member that an answer of a status may have, like [Operation.Fields].
func (op *Operation) AnswerFields(status int) []string { return op.answers[status].Fields() }

// Place returns where a request of this operation bears a field that a rule speaks of: the JSON pointer of the shallowest
// member of that name, "path orderId" or "query language" or "header X-Program-ID" for a parameter, and a field that the
// operation does not have as it is. Of a dotted field, such as "prebookingRequiredInfo.email" or "allowedResources.0", the
// first word is looked for and the rest is below it.
func (op *Operation) Place(field string) string {
	name, rest, dotted := strings.Cut(field, ".")
	place, known := op.places[name]
	switch {
	case !known:
		return field
	case dotted && place[0] == '/':
		return place + Pointer(rest)
	}
	return place
}

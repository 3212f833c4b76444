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

// judged is an operation as kin-openapi judges by it.
type judged struct {
	told    Operation      // without its digest
	body    *schema.Schema // nil: it takes none
	fields  []string       // of the body, those that code judges too
	kinds   map[string]schema.Kind
	params  []parameter
	answers map[int]*schema.Schema
	failure *schema.Schema // nil: nothing is said of it
}

// source is a whole document as kin-openapi judges by it, sorted by id.
type source struct{ operations, callbacks []*judged }

// find is the operation of an id.
func (s source) find(callback bool, id string) *judged {
	list := s.operations
	if callback {
		list = s.callbacks
	}
	for _, j := range list {
		if j.told.ID == id {
			return j
		}
	}
	panic("contract: the document has no operation " + id + ", and its digest has: go generate ./...")
}

// validate fails on what is no OpenAPI document.
func validate(doc *openapi3.T) error {
	if err := doc.Validate(context.Background(), openapi3.DisableExamplesValidation()); err != nil {
		return fmt.Errorf("contract: %w", err)
	}
	return nil
}

// judge reads a document. It fails on anything it could not hold an exchange against later: an operation without an id, a
// parameter that is no plain value, a body that is not JSON; and on what more says.
func judge(data []byte, more func(*openapi3.T) error) (s source, err error) {
	doc, err := openapi3.NewLoader().LoadFromData(data)
	if err != nil {
		return s, fmt.Errorf("contract: %w", err)
	}
	if err := more(doc); err != nil {
		return s, err
	}
	// Before any operation is read: flattening drops the marks of the parts, and operations share schemas.
	marks := map[*openapi3.Operation][]string{}
	for _, item := range doc.Paths.Map() {
		for _, op := range item.Operations() {
			marks[op] = assumptionsOf(op)
		}
	}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			j, err := newJudged(doc, path, method, op)
			if err != nil {
				return s, fmt.Errorf("contract: %s %s: %w", method, path, err)
			}
			j.told.Assumptions = marks[op]
			s.operations = append(s.operations, j)
			if err := s.addCallbacks(doc, op); err != nil {
				return s, fmt.Errorf("contract: callbacks of %s: %w", j.told.ID, err)
			}
		}
	}
	byID := func(a, b *judged) int { return strings.Compare(a.told.ID, b.told.ID) }
	slices.SortFunc(s.operations, byID)
	slices.SortFunc(s.callbacks, byID)
	return s, nil
}

// addCallbacks adds what the server sends to its clients because of an operation.
func (s *source) addCallbacks(doc *openapi3.T, op *openapi3.Operation) error {
	for _, callback := range op.Callbacks {
		for url, item := range callback.Value.Map() {
			for method, sent := range item.Operations() {
				j, err := newJudged(doc, url, method, sent)
				if err != nil {
					return err
				}
				s.callbacks = append(s.callbacks, j)
			}
		}
	}
	return nil
}

func newJudged(doc *openapi3.T, path, method string, op *openapi3.Operation) (*judged, error) {
	if op.OperationID == "" {
		return nil, fmt.Errorf("it has no operationId")
	}
	j := &judged{answers: map[int]*schema.Schema{}}
	o := &j.told
	*o = Operation{
		ID: op.OperationID, Method: method, Path: path,
		Fidelity: text(op.Extensions["x-fidelity"]), Source: text(op.Extensions["x-source"]),
		Errors: texts(op.Extensions["x-errors"]), Secured: len(doc.Security) > 0,
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
		j.params = append(j.params, p)
	}
	if op.RequestBody != nil {
		media := op.RequestBody.Value.Content.Get("application/json")
		if media == nil {
			return nil, fmt.Errorf("its body is not application/json")
		}
		whole, err := schema.Compile(media.Schema)
		if err == nil {
			j.fields, j.kinds = whole.Fields(), whole.Kinds()
			j.body, err = schema.Compile(schema.Loosen(media.Schema))
		}
		if err != nil {
			return nil, fmt.Errorf("its body: %w", err)
		}
	}
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
			j.answers[code] = a
		} else {
			j.failure = a
		}
	}
	slices.Sort(o.AnswerHeaders)
	return j, nil
}

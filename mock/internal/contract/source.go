package contract

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"dragonmock/mock/internal/marks"
)

// source is a whole document as kin-openapi judges by it, sorted by id.
type source struct{ operations, callbacks []read }

// read is an operation that was read.
type read struct {
	told   Operation // without its digest
	judged *judged
}

// find is the operation of an id.
func (s source) find(callback bool, id string) *judged {
	list := s.operations
	if callback {
		list = s.callbacks
	}
	for _, op := range list {
		if op.told.ID == id {
			return op.judged
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
	rests := map[*openapi3.Operation][]string{}
	for _, item := range doc.Paths.Map() {
		for _, op := range item.Operations() {
			rests[op] = marks.Assumptions(op)
		}
	}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			one, err := readOperation(doc, path, method, op)
			if err != nil {
				return s, fmt.Errorf("contract: %s %s: %w", method, path, err)
			}
			one.told.Assumptions = rests[op]
			s.operations = append(s.operations, one)
			if err := s.addCallbacks(doc, op); err != nil {
				return s, fmt.Errorf("contract: callbacks of %s: %w", one.told.ID, err)
			}
		}
	}
	byID := func(a, b read) int { return strings.Compare(a.told.ID, b.told.ID) }
	slices.SortFunc(s.operations, byID)
	slices.SortFunc(s.callbacks, byID)
	return s, nil
}

// addCallbacks adds what the server sends to its clients because of an operation.
func (s *source) addCallbacks(doc *openapi3.T, op *openapi3.Operation) error {
	for _, callback := range op.Callbacks {
		for url, item := range callback.Value.Map() {
			for method, sent := range item.Operations() {
				one, err := readOperation(doc, url, method, sent)
				if err != nil {
					return err
				}
				s.callbacks = append(s.callbacks, one)
			}
		}
	}
	return nil
}

func readOperation(doc *openapi3.T, path, method string, op *openapi3.Operation) (one read, err error) {
	if one.told, err = told(doc, path, method, op); err == nil {
		one.judged, err = newJudged(op)
	}
	return one, err
}

// told is what a document says of an operation by itself.
func told(doc *openapi3.T, path, method string, op *openapi3.Operation) (Operation, error) {
	if op.OperationID == "" {
		return Operation{}, errors.New("it has no operationId")
	}
	o := Operation{
		ID: op.OperationID, Method: method, Path: path,
		Fidelity: marks.Text(op.Extensions["x-fidelity"]), Source: marks.Text(op.Extensions["x-source"]),
		Errors: marks.Texts(op.Extensions["x-errors"]), Secured: len(doc.Security) > 0,
	}
	if op.Security != nil {
		o.Secured = len(*op.Security) > 0
	}
	o.Idempotent, _ = op.Extensions["x-idempotent"].(bool)
	o.LargeBody, _ = op.Extensions["x-large-body"].(bool)
	o.AnyQuery, _ = op.Extensions["x-any-query"].(bool)
	for _, ref := range op.Responses.Map() {
		for name := range ref.Value.Headers {
			if !slices.Contains(o.AnswerHeaders, name) {
				o.AnswerHeaders = append(o.AnswerHeaders, name)
			}
		}
	}
	slices.Sort(o.AnswerHeaders)
	return o, nil
}

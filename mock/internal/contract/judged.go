package contract

import (
	"fmt"
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"

	"dragonmock/mock/internal/schema"
)

// judged is an operation as kin-openapi judges by it.
type judged struct {
	body    *schema.Schema // nil: it takes none
	fields  []string       // of the body, those that code judges too
	kinds   map[string]schema.Kind
	params  []parameter
	answers map[int]*schema.Schema
	failure *schema.Schema // nil: nothing is said of it
}

func newJudged(op *openapi3.Operation) (*judged, error) {
	j := &judged{answers: map[int]*schema.Schema{}}
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
	return j, nil
}

package dispatch

import (
	"fmt"
	"strings"

	"dragonmock/mock/internal/contract"
)

// Place returns where a request of this operation bears a field that a rule speaks of, such as "prebookingToken",
// "prebookingRequiredInfo.email" or "allowedResources.0": a JSON pointer into the body, or "path orderId" or "query
// language" for a parameter. A field that the operation does not have is returned as it is.
func (op *Operation) Place(field string) string {
	name, rest, _ := strings.Cut(field, ".")
	if pointer, ok := op.fields[name]; ok {
		return pointer + contract.Pointer(rest)
	}
	return op.Operation.Place(field)
}

// bind gives every operation of the document its handler. An operation without a handler, or a handler without an
// operation, is an error.
func (v Version) bind() ([]*Operation, error) {
	var bound []*Operation
	known := map[string]bool{}
	for _, op := range v.Document.Operations() {
		known[op.ID] = true
		handler := v.Handlers[op.ID]
		if handler == nil {
			return nil, fmt.Errorf("%s: operation %s has no handler: add one to the handlers of its version", v.Name, op.ID)
		}
		bound = append(bound, &Operation{Operation: op, Version: v.Name, handler: handler, fields: v.Fields})
	}
	for id := range v.Handlers {
		if !known[id] {
			return nil, fmt.Errorf("%s: handler %s has no operation: add it to the OpenAPI document", v.Name, id)
		}
	}
	return bound, nil
}

// owns returns how long the longest base is that a path lies under; -1 when it lies under none.
func (v Version) owns(path string) int {
	longest := -1
	for _, base := range v.Bases {
		if rest, ok := strings.CutPrefix(path, base); ok && (rest == "" || rest[0] == '/') {
			longest = max(longest, len(base))
		}
	}
	return longest
}

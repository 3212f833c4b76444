// Package apitest owns the test that every version of the vendor's API has: its structs have the members of its document.
// Only tests import it.
package apitest

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/wirefields"
)

// Wire are the structs of an operation: of its request, and of the data of its answers.
type Wire struct {
	Request any
	Data    []any
	Unread  []string // members of the request that no handler reads, since the contract leaves them one value alone
}

// Hold holds structs, by operationId, against their schemas, both ways: nothing that the document knows is left unread or
// unwritten, nothing is read that the operation does not know, and nothing written that no operation of the struct knows.
// Callbacks are held by their name.
func Hold(t *testing.T, document *contract.Document, structs map[string]Wire) {
	t.Helper()
	HoldSome(t, document, func(string) bool { return true }, structs)
}

// HoldSome is [Hold] for the operations and callbacks of a document that are a package's own.
func HoldSome(t *testing.T, document *contract.Document, mine func(id string) bool, structs map[string]Wire) {
	t.Helper()
	var ids []string
	documented, written := map[string][]string{}, map[string][]string{} // by struct
	compare := func(what string, schema []string, except []string, values ...any) {
		assert.ElementsMatch(t, except, Without(schema, wirefields.Of(values...)), "%s: of the document, not of the struct", what)
		for _, v := range values {
			name := fmt.Sprintf("%T", v)
			documented[name] = append(documented[name], schema...)
			written[name] = append(written[name], wirefields.Of(v)...)
		}
	}
	for _, op := range document.Operations() {
		if !mine(op.ID) {
			continue
		}
		ids = append(ids, op.ID)
		own := structs[op.ID]
		if op.TakesBody() {
			compare("request of "+op.ID, op.Fields(), own.Unread, own.Request)
			assert.Empty(t, Without(wirefields.Of(own.Request), op.Fields()), "request of %s: of the struct, not of the document", op.ID)
		} else {
			assert.Nil(t, own.Request, op.ID)
		}
		enveloped := Without(op.AnswerFields(http.StatusOK), []string{"/code", "/data"})
		for i, field := range enveloped {
			enveloped[i] = strings.TrimPrefix(field, "/data")
		}
		compare("answer of "+op.ID, enveloped, nil, own.Data...)
	}
	for _, callback := range document.Callbacks() {
		if !mine(callback.ID) {
			continue
		}
		ids = append(ids, callback.ID)
		compare("callback "+callback.ID, callback.Fields(), nil, structs[callback.ID].Request)
	}
	assert.ElementsMatch(t, ids, slices.Collect(maps.Keys(structs)), "every operation has structs here")
	for name, members := range written {
		assert.Empty(t, Without(members, documented[name]), "%s: of the struct, not of the document", name)
	}
}

// Without is what is in all and not in some.
func Without(all, some []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(one string) bool { return slices.Contains(some, one) })
}

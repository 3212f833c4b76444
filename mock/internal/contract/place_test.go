package contract_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/contract"
	"dragonmock/openapi"
)

func TestPlace_FindsFieldInOwnRequest(t *testing.T) {
	data, err := openapi.Files.ReadFile(openapi.V1)
	require.NoError(t, err)
	document, err := contract.Load(data)
	require.NoError(t, err)
	operations := map[string]*contract.Operation{}
	for _, op := range document.Operations() {
		operations[op.ID] = op
	}
	for _, row := range []struct{ operation, field, want string }{
		{"createEPassLoungePrebooking", "prebookingToken", "/extra/prebookingToken"},
		{"createEPassLoungePrebooking", "prebookingRequiredInfo.email", "/extra/prebookingRequiredInfo/email"},
		{"createEPassLoungePrebooking", "module", "/module"},
		{"createEPassWithLoungePrebooking", "firstName", "/extra/firstName"},
		{"createEPass", "allowedResources.0", "/extra/allowedResources/0"},
		{"createEPass", "module", "/module"},
		{"checkPrebookingAvailability", "prebookingToken", "prebookingToken"},
		{"checkPrebookingAvailability", "module", "/module"},
		{"retrieveResource", "resourceId", "path resourceId"},
		{"retrieveResource", "language", "query language"},
		{"retrieveResource", "X-Program-ID", "header X-Program-ID"},
		{"retrieveResource", "ePassId.0", "ePassId.0"},
	} {
		require.Contains(t, operations, row.operation)
		assert.Equal(t, row.want, operations[row.operation].Place(row.field), "%s of %s", row.field, row.operation)
	}
	assert.Equal(t, "/part", operation(t, "makeThing").Place("part"))
	assert.Equal(t, "/a~1b~0c", operation(t, "makeThing").Place("a/b~c"), "a name is escaped")
	assert.Equal(t, "/part/size", operation(t, "makeThing").Place("size"), "not that of a list's element, and not the parameter")
}

func TestPointer_EscapesNames(t *testing.T) {
	assert.Equal(t, "", contract.Pointer(""))
	assert.Equal(t, "/0", contract.Pointer("0"))
	assert.Equal(t, "/a~1b/c~0d", contract.Pointer("a/b.c~d"))
}

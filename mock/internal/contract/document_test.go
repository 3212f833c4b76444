package contract_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/contract"
	"dragonmock/openapi"
)

func TestOperations(t *testing.T) {
	op := operation(t, "makeThing")
	assert.Equal(t, "POST", op.Method)
	assert.Equal(t, "/things/{kind}/{id}", op.Path)
	assert.Equal(t, "observed", op.Fidelity)
	assert.Equal(t, "a page", op.Source)
	assert.Equal(t, []string{"A-001", "A-002", "A-003", "A-004"}, op.Assumptions, "its own, and those of what it uses")
	assert.Equal(t, []string{"SLOT_UNAVAILABLE"}, op.Errors)
	assert.True(t, op.Idempotent)
	assert.True(t, op.Secured, "by the document")
	assert.True(t, op.TakesBody())
	assert.Contains(t, op.Members(), "name")

	choose := operation(t, "choose")
	assert.False(t, choose.Secured, "by its own word")
	assert.False(t, choose.Idempotent)
	assert.Equal(t, []string{"a", "b", "c"}, choose.Members())

	for _, id := range []string{"readMerged", "readMergedAgain"} {
		merged := operation(t, id)
		assert.False(t, merged.TakesBody())
		assert.Nil(t, merged.Members())
		assert.Equal(t, []string{"A-005"}, merged.Assumptions, "the mark of a part of a schema that both use")
	}
}

// TestLoadRefuses: what an exchange could not be held against later does not load.
func TestLoadRefuses(t *testing.T) {
	const head = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\n"
	const answers = "responses: {default: {description: d}}"
	body := func(law string) string {
		return head + "paths: {/a: {put: {operationId: a, requestBody: {content: {application/json: {schema: {type: object, " +
			law + ", properties: {a: {type: string}, b: {type: string}}}}}}, " + answers + "}}}"
	}
	for _, row := range []struct{ document, want string }{
		{"{", "contract: "},
		{head, "paths"},
		{head + "paths: {/a: {get: {" + answers + "}}}", "GET /a: it has no operationId"},
		{head + "paths: {/a: {get: {operationId: a}}}", "responses"},
		{head + "paths: {/a: {get: {operationId: a, parameters: [{name: q, in: query, schema: {type: object}}], " + answers + "}}}",
			"GET /a: parameter q is neither plain nor a list of what is plain"},
		{head + "paths: {/a: {get: {operationId: a, parameters: [{name: q, in: query, explode: false, schema: {type: array, items: {type: string}}}], " + answers + "}}}",
			"GET /a: parameter q is a list"},
		{head + "paths: {/a: {get: {operationId: a, parameters: [{name: q, in: header, schema: {type: array, items: {type: string}}}], " + answers + "}}}",
			"GET /a: parameter q is a list"},
		{head + "paths: {/a: {put: {operationId: a, requestBody: {content: {text/plain: {schema: {type: string}}}}, " + answers + "}}}",
			"PUT /a: its body is not application/json"},
		{body("x-exactly-one-of: [a, z]"), `PUT /a: its body: x-exactly-one-of names "z", which is no member`},
		{body("x-at-least-one-of: [a]"), "PUT /a: its body: x-at-least-one-of: expected a list of two or more members, or groups of them"},
		{body("x-at-most-one-of: [a, []]"), "x-at-most-one-of: expected a list"},
		{body("x-all-or-none-of: a"), "x-all-or-none-of: expected a list"},
	} {
		_, err := contract.Load([]byte(row.document))
		assert.ErrorContains(t, err, row.want, row.document)
	}
}

// TestExamples holds the examples of the published documents against their schemas. Load does not: it takes as long as
// all the rest of it.
func TestExamples(t *testing.T) {
	documents := 0
	files, err := openapi.Files.ReadDir(".")
	require.NoError(t, err)
	for _, file := range files {
		data, err := openapi.Files.ReadFile(file.Name())
		require.NoError(t, err)
		if strings.HasPrefix(string(data), "openapi:") {
			documents++
			assert.NoError(t, validateExamples(data), file.Name())
		}
	}
	assert.GreaterOrEqual(t, documents, 2)

	data, err := os.ReadFile("testdata/things.yaml")
	require.NoError(t, err)
	wrong := strings.Replace(string(data), "example: 1f", "example: not hexadecimal", 1)
	assert.ErrorContains(t, validateExamples([]byte(wrong)), "example", "they are looked at")
}

func validateExamples(data []byte) error {
	document, err := openapi3.NewLoader().LoadFromData(data)
	if err != nil {
		return err
	}
	return document.Validate(context.Background(), openapi3.EnableExamplesValidation(), openapi3.EnableMultiError())
}

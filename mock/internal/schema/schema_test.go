package schema_test

import (
	"encoding/json"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/schema"
)

// TestJudge_SaysWhatIsTrue: for every keyword that a schema may have, with others beside it that the value keeps, the words
// are of the one that it breaks.
func TestJudge_SaysWhatIsTrue(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ schema, value, want string }{
		{`{"type":"string"}`, `7`, "expected a string, got the number 7"},
		{`{"type":"string"}`, `null`, "expected a string, got null"},
		{`{"type":"boolean"}`, `"true"`, "expected true or false, got a string"},
		{`{"type":"integer","minimum":1}`, `1.5`, "expected an integer of 1 or more, got the number 1.5"},
		{`{"type":"integer","minimum":1}`, `0`, "expected an integer of 1 or more"},
		{`{"type":"integer","maximum":9}`, `10`, "expected an integer of 9 or less"},
		{`{"type":"integer","minimum":1,"maximum":1125899906842624}`, `1125899906842625`, "expected an integer from 1 to 1125899906842624"},
		{`{"type":"integer","minimum":1,"maximum":1125899906842624}`, `9223372036854775808`, "expected an integer from 1 to 1125899906842624"},
		{`{"type":"number","minimum":0,"maximum":0.000001}`, `1`, "expected a number from 0 to 0.000001"},
		{`{"type":"number","minimum":0,"exclusiveMinimum":true}`, `0`, "expected a number of more than 0"},
		{`{"type":"number","maximum":1,"exclusiveMaximum":true}`, `1`, "expected a number of less than 1"},
		{`{"type":"number","minimum":0,"maximum":1,"exclusiveMaximum":true}`, `1`, "expected a number of 0 or more and less than 1"},
		{`{"type":"integer","minimum":0,"maximum":100,"multipleOf":10}`, `15`, "expected an integer from 0 to 100, a multiple of 10"},
		{`{"type":"integer","format":"int32"}`, `2147483648`, "expected an integer that fits in 32 bits"},
		{`{"type":"string","minLength":1}`, `""`, "expected a string of at least 1 character"},
		{`{"type":"string","minLength":2}`, `"a"`, "expected a string of at least 2 characters"},
		{`{"type":"string","maxLength":1}`, `"ab"`, "expected a string of at most 1 character"},
		{`{"type":"string","minLength":2,"maxLength":3}`, `"abcd"`, "expected a string of 2 to 3 characters"},
		{`{"type":"string","minLength":3,"maxLength":3}`, `"a"`, "expected a string of 3 characters"},
		{`{"type":"string","pattern":"^a*$"}`, `"b"`, "expected a string that matches ^a*$"},
		{`{"type":"string","pattern":"^a*$","example":"aa"}`, `"b"`, "expected a string such as aa, that matches ^a*$"},
		{`{"type":"string","pattern":"^a*$","example":"aa","maxLength":2}`, `"aaa"`, "expected a string of at most 2 characters"},
		{`{"type":"string","pattern":"^a*$","example":"aa","minLength":1,"maxLength":2}`, `""`, "expected a string of 1 to 2 characters"},
		{`{"type":"string","format":"date-time"}`, `"today"`, "expected a date and time with offset, such as 2028-12-31T23:59:59+00:00"},
		{`{"type":"string","format":"date-time","maxLength":3}`, `"2028-12-31T23:59:59+00:00"`, "expected a string of at most 3 characters"},
		{`{"type":"string","enum":["a","b"]}`, `"c"`, "expected one of a, b"},
		{`{"type":"number","enum":[1,10000000]}`, `2`, "expected one of 1, 10000000"},
		{`{"enum":["a","b"]}`, `"c"`, "expected one of a, b"},
		{`{"type":"integer","enum":[3]}`, `"3"`, "expected one of 3, got a string"},
		{`{"type":"string","enum":["a","b"]}`, `true`, "expected one of a, b, got a boolean"},
		{`{"type":"integer","enum":[1,2]}`, `null`, "expected one of 1, 2, got null"},
		{`{"type":"array","items":{},"maxItems":3}`, `7`, "expected an array of at most 3 elements, got the number 7"},
		{`{"type":"array","items":{},"maxItems":1}`, `[1,2]`, "expected an array of at most 1 element"},
		{`{"type":"array","items":{},"minItems":1}`, `[]`, "expected an array of at least 1 element"},
		{`{"type":"array","items":{},"minItems":1,"maxItems":3}`, `[]`, "expected an array of 1 to 3 elements"},
		{`{"type":"array","items":{},"maxItems":3,"uniqueItems":true}`, `[1,1]`, "expected an array of at most 3 elements, all different"},
		{`{"type":"array","items":{},"uniqueItems":true}`, `[{"a":1},{"a":1}]`, "expected an array of elements, all different"},
		{`{"type":"object","minProperties":1}`, `{}`, "expected an object of at least 1 member"},
		{`{"type":"object","maxProperties":1}`, `{"a":1,"b":2}`, "expected an object of at most 1 member"},
		{`{"type":"object","minProperties":2,"maxProperties":2}`, `{"a":1}`, "expected an object of 2 members"},
		{`{"type":"object","properties":{"a":{},"b":{}},"minProperties":1,"maxProperties":1}`, `{}`, "expected an object with exactly one of a, b"},
		{`{"type":"object","minProperties":1}`, `[]`, "expected an object of at least 1 member, got an array"},
		{`{"oneOf":[{"type":"string","minLength":1},{"type":"object"}]}`, `7`, "expected a string of at least 1 character, or an object, got the number 7"},
		{`{"oneOf":[{"type":"string","minLength":1},{"type":"object"}]}`, `""`, "expected a string of at least 1 character"},
	} {
		var source openapi3.SchemaRef
		require.NoError(t, json.Unmarshal([]byte(row.schema), &source), row.schema)
		compiled, err := schema.Compile(&source)
		require.NoError(t, err, row.schema)
		var value any
		require.NoError(t, json.Unmarshal([]byte(row.value), &value), row.value)
		violations, _ := compiled.Judge(value)
		assert.Equal(t, []schema.Violation{{Where: "/", Expected: row.want}}, violations, "%s of %s", row.value, row.schema)
	}
}

// TestJudge_NamesWhatIsMissing: with all that is said of it.
func TestJudge_NamesWhatIsMissing(t *testing.T) {
	t.Parallel()
	var source openapi3.SchemaRef
	require.NoError(t, json.Unmarshal([]byte(`{"type":"object","required":["ids"],"properties":{"ids":{"type":"array","minItems":1,"items":{"type":"string"}}}}`), &source))
	compiled, err := schema.Compile(&source)
	require.NoError(t, err)
	violations, _ := compiled.Judge(map[string]any{})
	assert.Equal(t, []schema.Violation{{Where: "/ids", Expected: "expected an array of at least 1 element, it is missing"}}, violations)
}

package certain

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	strict "github.com/go-json-experiment/json"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/schema"
	"dragonmock/openapi"
)

// slow are the bodies and answers that the fast check does not understand whole, so that kin-openapi judges them: alternatives,
// and what a document leaves open. All others have the fast way, and must keep it.
func slow() map[string]string {
	return map[string]string{
		"createWorld": "body", "playScenario": "body", "validateScenario": "body", // a scenario, or its name
		"listFaults": "answer", "replaceFaults": "answer", "addFault": "answer", // a delay, or its spread
		"listChanges": "answer", "dumpState": "answer", // rows of all kinds
	}
}

// TestSchema_AgreesWithKin mutates examples of every schema of every document, and holds what is called certainly legal
// against kin-openapi and the shape.
func TestSchema_AgreesWithKin(t *testing.T) {
	t.Parallel()
	for _, file := range []string{openapi.V1, openapi.V2, openapi.Control} {
		data, err := openapi.Files.ReadFile(file)
		require.NoError(t, err)
		doc, err := openapi3.NewLoader().LoadFromData(data)
		require.NoError(t, err)
		for _, item := range doc.Paths.Map() {
			for _, op := range item.Operations() {
				parts := partsOf(t, op)
				t.Run(op.OperationID, func(t *testing.T) {
					t.Parallel()
					for part, s := range parts {
						isSlow := strings.Contains(slow()[op.OperationID], part)
						fast := certain(s.Source())
						assert.Equal(t, !isSlow, fast.root.whole(), "the fast way of its %s", part)
						compare(t, s, fast, !isSlow)
					}
				})
			}
		}
	}
}

// partsOf are the schemas of an operation: of its body, of its answers, of its refusals.
func partsOf(t *testing.T, op *openapi3.Operation) map[string]*schema.Schema {
	t.Helper()
	parts := map[string]*schema.Schema{}
	compile := func(part string, content openapi3.Content, ready func(*openapi3.SchemaRef) *openapi3.SchemaRef) {
		if media := content["application/json"]; media != nil {
			s, err := schema.Compile(ready(media.Schema))
			require.NoError(t, err)
			parts[part] = s
		}
	}
	if op.RequestBody != nil {
		compile("body", op.RequestBody.Value.Content, schema.Loosen)
	}
	for status, answer := range op.Responses.Map() {
		part := "answer"
		if status != "200" { // they all have one form
			part = "failure"
		}
		compile(part, answer.Value.Content, func(ref *openapi3.SchemaRef) *openapi3.SchemaRef { return ref })
	}
	return parts
}

// certain is what is certainly legal by a schema, written and read again.
func certain(s *openapi3.Schema) *Schema {
	lines := []string{""} // there is no number 0
	number := WriteLines(s, func(line string) int {
		lines = append(lines, line)
		return len(lines) - 1
	})
	return NewLines(func(number int) string { return lines[number] }).Schema(number)
}

// whole says that all of a schema is understood.
func (u *known) whole() bool {
	if u == nil || u.items != nil && !u.items.whole() || u.kind == '[' && u.items == nil {
		return false
	}
	if u.others != nil && !u.others.whole() {
		return false
	}
	for _, m := range u.members {
		if !m.schema.whole() {
			return false
		}
	}
	return true
}

// compare mutates an example of a schema. Fast says that nearly all that is legal must be known to be.
func compare(t *testing.T, s *schema.Schema, certain *Schema, fast bool) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	whole, err := json.Marshal(example(s.Source()))
	require.NoError(t, err)
	require.True(t, !fast || legal(s, whole), "%s is no example", whole)
	assert.True(t, !fast || certain.Legal(whole), "not sure of a plain example: %s", whole)
	vouched := 0
	for range 3000 {
		value := example(s.Source())
		for range 1 + r.IntN(2) {
			value = mutate(r, value)
		}
		body, err := json.Marshal(value)
		require.NoError(t, err)
		if r.IntN(8) == 0 {
			body[r.IntN(len(body))] = byte(r.IntN(256))
		}
		if certain.Legal(body) {
			vouched++
			require.True(t, legal(s, body), "called certainly legal: %s", body)
		}
	}
	assert.True(t, !fast || vouched > 0, "no mutation of %s stayed legal: the test compares nothing", whole)
}

// legal is the judgement that the fast check must never be more generous than.
func legal(s *schema.Schema, body []byte) bool {
	var value any
	if err := strict.Unmarshal(body, &value); err != nil {
		return false
	}
	violations, unknown := s.Judge(value)
	return len(violations) == 0 && len(unknown) == 0
}

// example makes a value of a schema's own examples.
func example(s *openapi3.Schema) any {
	switch {
	case s.Type.Is(openapi3.TypeObject) || len(s.Properties) > 0:
		object := map[string]any{}
		for name, ref := range s.Properties {
			if len(s.OneOf) == 0 || name == s.OneOf[0].Value.Required[0] {
				object[name] = example(ref.Value)
			}
		}
		if others := s.AdditionalProperties.Schema; others != nil {
			object["one"], object["another"] = example(others.Value), example(others.Value)
		}
		laws, _ := schema.EithersOf(s)
		for _, law := range laws {
			for _, group := range law.Groups[1:] {
				for _, name := range group {
					if !law.Allows(object) && !slices.Contains(law.Groups[0], name) {
						delete(object, name)
					}
				}
			}
		}
		return object
	case s.Type.Is(openapi3.TypeArray):
		list := []any{example(s.Items.Value), example(s.Items.Value)}
		if s.MaxItems != nil && *s.MaxItems < 2 {
			list = list[:*s.MaxItems]
		}
		return list
	case len(s.AnyOf) > 0:
		return example(s.AnyOf[0].Value)
	}
	return s.Example
}

// odd are values on the edges of the schemas' keywords.
func odd() []any {
	return []any{
		nil, true, false, 0, 1, -1, 2, 3, 6, 7, 1.5, 1e2, 1e300, -1e300, 100, 101, 1440, 2147483647, 2147483648, -2147483649,
		9007199254740992, 9007199254740993, "", "a", "Bearer", "ok", "Ä", "日本語", "a\"b", "a\nb\tc", "\u2028", "\u0000", "A00001", "1788000066668888", "178800006666888",
		"2025-10-01T10:30", "2025-10-01T10:30\n", "2024-12-31T00:00:00+00:00", "2024-02-30T00:00:00+00:00", "2024-12-31T24:00:00+00:00",
		"2024-12-31T23:59:60+00:00", "2024-12-31T0:00:00,0+00:00", "2024-12-31t00:00:00+00:00", "2024-12-31T00:00:00Z", "2024-12-31T00:00:00.5+00:00",
		"2024-12-31T00:00:00+01:00", "6.00", "GB", "gb", "en-US", "24:00", []any{}, []any{nil}, []any{"N00001"}, []any{1, 2}, map[string]any{}, map[string]any{"a": 1},
	}
}

// mutate changes one place of a value: a member or element is replaced, added or taken away.
func mutate(r *rand.Rand, value any) any {
	if r.IntN(4) == 0 {
		values := odd()
		return values[r.IntN(len(values))]
	}
	switch v := value.(type) {
	case map[string]any:
		if r.IntN(12) == 0 {
			names := []string{"unknown", "membershipId", "ePassId", "orderId", "code"}
			v[names[r.IntN(len(names))]] = "x"
			return v
		}
		if len(v) == 0 {
			return v
		}
		name := slices.Sorted(maps.Keys(v))[r.IntN(len(v))]
		if r.IntN(6) == 0 {
			delete(v, name)
		} else {
			v[name] = mutate(r, v[name])
		}
		return v
	case []any:
		if len(v) == 0 || r.IntN(6) == 0 {
			return append(v, "x")
		}
		i := r.IntN(len(v))
		v[i] = mutate(r, v[i])
		return v
	}
	values := odd()
	return values[r.IntN(len(values))]
}

func TestSchema_RefusesWhatDecodeRefuses(t *testing.T) {
	fast := certain(openapi3.NewObjectSchema().WithProperty("a", openapi3.NewInt32Schema()))
	for body, want := range map[string]bool{
		`{"a":1}`: true, ` { "a" : 1 } `: true, `{}`: true,
		`{"a":1,"a":1}`: false, `{"a":1} x`: false, `{"a":1}{}`: false, `{"a":1,}`: false, `{"a":01}`: false, `{"a":1`: false, ``: false, `{"\u0061":1}`: false,
		"{\"a\":1,\"\xff\":1}": false,
		`{"a":-1}`:             true, `{"a":1.0}`: true, `{"a":1e0}`: true, "\r\n{\t\"a\"\n:\r0}\n": true,
		`{"a":-}`: false, `{"a":+1}`: false, `{"a":.5}`: false, `{"a":1.}`: false, `{"a":1e}`: false, `{"a":-01}`: false, `{"a":0x1}`: false,
		`{"a":1]`: false, `{"a" 1}`: false, `{"a":1 "a":1}`: false, `{,}`: false, `{"a":nul}`: false, "{\"a\":1}\x00": false, "{\"a\"\v:1}": false,
	} {
		assert.Equal(t, want, fast.Legal([]byte(body)), body)
	}
}

// TestText_WithEscapes_IsHeldByItsCharacters: where it matters what they are, it is left to kin-openapi.
func TestText_WithEscapes_IsHeldByItsCharacters(t *testing.T) {
	t.Parallel()
	three := certain(openapi3.NewStringSchema().WithMinLength(3).WithMaxLength(3))
	for text, want := range map[string]bool{
		`a\"b`: true, `\\\/\b`: true, `\f\n\r`: true, `\t\u0041\uFfFd`: true, `é\u00e9ü`: true, `\u0000aa`: true, `日\n本`: true,
		`a\"`: false, `\"\"\"\"`: false, `\u0041`: false, `\u00e9é`: false,
		`a\xb`: false, `ab\`: false, `ab\u12`: false, `ab\u12g4`: false, `ab\u 123`: false, `\ud83d\ude00ab`: false, `ab\uD800`: false, `ab\udfff`: false,
		"a\\n\x01": false, "a\\n\xff": false, "a\\\xc3\xa9b": false,
	} {
		body := []byte(`"` + text + `"`)
		assert.Equal(t, want, three.Legal(body), text)
		if want {
			var value string
			assert.NoError(t, strict.Unmarshal(body, &value), text)
		}
	}
	for name, s := range map[string]*openapi3.Schema{
		"enum": openapi3.NewStringSchema().WithEnum(`\n`, "\n"), "pattern": openapi3.NewStringSchema().WithPattern(`^.n?$`), "instant": openapi3.NewDateTimeSchema(),
	} {
		assert.False(t, certain(s).Legal([]byte(`"\n"`)), name)
	}
	named := certain(openapi3.NewObjectSchema().WithProperty("a\n", openapi3.NewStringSchema()))
	assert.False(t, named.Legal([]byte(`{"a\n":"b"}`)), "names are plain")
}

// TestEnum_OfAnotherKind_IsNotUnderstood: it would allow nothing, or anything.
func TestEnum_OfAnotherKind_IsNotUnderstood(t *testing.T) {
	t.Parallel()
	for _, enum := range [][]any{{1.0}, {nil}, {"a", 1.0}, {true}} {
		assert.Nil(t, certain(openapi3.NewStringSchema().WithEnum(enum...)).root, enum)
	}
	with := certain(openapi3.NewStringSchema().WithEnum("a", nil).WithNullable())
	assert.True(t, with.Legal([]byte(`"a"`)))
	assert.False(t, with.Legal([]byte(`"b"`)))
	assert.False(t, certain(openapi3.NewStringSchema()).Legal([]byte("\"\xc0\xaf\"")), "broken UTF-8")
	assert.False(t, certain(openapi3.NewStringSchema()).Legal([]byte("\"\x01\"")), "a control character")
}

// TestWords_AreNeverTakenThatAreNone: words of parameters, which are not JSON.
func TestWords_AreNeverTakenThatAreNone(t *testing.T) {
	t.Parallel()
	whole := openapi3.NewInt64Schema().WithMin(0).WithMax(30)
	text := openapi3.NewStringSchema().WithMinLength(1).WithMaxLength(3)
	for _, test := range []struct {
		of          *openapi3.Schema
		sure, never []string
	}{
		{whole, []string{"0", "7", "30"}, []string{"", "31", "-1", "+1", "01", "1.0", "1e1", " 1", "1 ", "a", "1_0", "0x1", "\u0663"}},
		{openapi3.NewFloat64Schema().WithMin(0), []string{"0", "12"}, []string{"", "NaN", "Inf", "-1", "0x1p3", "1_0", ".5", "01"}},
		{openapi3.NewBoolSchema(), []string{"true", "false"}, []string{"", "1", "TRUE", "yes"}},
		{text, []string{"a", "abc", "é"}, []string{"", "abcd"}},
		{openapi3.NewStringSchema().WithEnum("a", "b"), []string{"a", "b"}, []string{"", "c", "a "}},
		{openapi3.NewStringSchema().WithPattern("^[A-Z]+$"), []string{"A"}, []string{"", "a", "A\n"}},
		{openapi3.NewDateTimeSchema(), nil, []string{"", "now", "2025-10-01T10:30:00 00:00"}},
		{&openapi3.Schema{}, nil, []string{""}},
	} {
		c := certain(test.of)
		for _, word := range test.sure {
			assert.True(t, c.Words([]string{word}), word)
		}
		for _, word := range test.never {
			assert.False(t, c.Words([]string{word}), word)
		}
		assert.False(t, c.Words(nil))
		assert.False(t, c.Words([]string{"1", "1"}))
	}
	list := certain(openapi3.NewArraySchema().WithItems(text).WithMaxItems(2))
	assert.True(t, list.Words([]string{"a"}))
	assert.True(t, list.Words([]string{"a", "b"}))
	assert.False(t, list.Words([]string{"a", "b", "c"}))
	assert.False(t, list.Words([]string{"a", "abcd"}))
}

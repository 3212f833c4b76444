package schema

import (
	"math"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// Kind is which JSON values a member may be, by the types and the words of the schemas that know it. Patterns, lengths and
// bounds are not part of it. The zero Kind is any value.
type Kind struct{ schemas []*openapi3.Schema }

// Or is the kind of a member that may be either.
func (k Kind) Or(other Kind) Kind {
	if len(k.schemas) == 0 || len(other.schemas) == 0 {
		return Kind{}
	}
	return Kind{slices.Concat(k.schemas, other.schemas)}
}

// Takes says whether a decoded value is of the kind. Null always is: it says what a missing member says.
func (k Kind) Takes(v any) bool {
	return len(k.schemas) == 0 || v == nil || slices.ContainsFunc(k.schemas, func(s *openapi3.Schema) bool { return takes(s, v) })
}

// TakesText says whether some text is of the kind.
func (k Kind) TakesText() bool {
	return len(k.schemas) == 0 || slices.ContainsFunc(k.schemas, func(s *openapi3.Schema) bool { return hasType(s, openapi3.TypeString) })
}

// Expected says what the kind takes, as in "an integer".
func (k Kind) Expected() string {
	var words []string
	for _, s := range k.schemas {
		if word := Describe(s); !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return strings.Join(words, ", or ")
}

func takes(s *openapi3.Schema, v any) bool {
	if len(s.OneOf) > 0 {
		return slices.ContainsFunc(s.OneOf, func(ref *openapi3.SchemaRef) bool { return takes(ref.Value, v) })
	}
	switch v := v.(type) {
	case string:
		return hasType(s, openapi3.TypeString) && isWord(s, v)
	case bool:
		return hasType(s, openapi3.TypeBoolean) && isWord(s, v)
	case float64:
		whole := v == math.Trunc(v)
		return (hasType(s, openapi3.TypeNumber) || whole && hasType(s, openapi3.TypeInteger)) && isWord(s, v)
	case map[string]any:
		return hasType(s, openapi3.TypeObject)
	case []any:
		return hasType(s, openapi3.TypeArray)
	}
	return true
}

// hasType says whether a value of a type may fit the schema.
func hasType(s *openapi3.Schema, kind string) bool {
	if len(s.OneOf) > 0 {
		return slices.ContainsFunc(s.OneOf, func(ref *openapi3.SchemaRef) bool { return hasType(ref.Value, kind) })
	}
	return s.Type == nil || len(*s.Type) == 0 || s.Type.Includes(kind)
}

// isWord says whether a plain value is one of those that the schema lists, where it lists any.
func isWord(s *openapi3.Schema, v any) bool { return len(s.Enum) == 0 || slices.Contains(s.Enum, v) }

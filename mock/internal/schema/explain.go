package schema

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// Describe says what a schema expects.
func Describe(s *openapi3.Schema) string {
	switch {
	case len(s.OneOf) > 0:
		return kinds(s.OneOf)
	case len(s.Enum) > 0:
		words := make([]string, len(s.Enum))
		for i, v := range s.Enum {
			words[i] = fmt.Sprint(v)
		}
		return "one of " + strings.Join(words, ", ")
	case s.Type.Is(openapi3.TypeInteger):
		return "an integer" + span(s)
	case s.Type.Is(openapi3.TypeNumber):
		return "a number" + span(s)
	case s.Type.Is(openapi3.TypeBoolean):
		return "true or false"
	case s.Type.Is(openapi3.TypeArray):
		if s.MaxItems != nil {
			return fmt.Sprintf("an array of at most %d elements", *s.MaxItems)
		}
		return "an array"
	case s.Type.Is(openapi3.TypeObject) && s.MinProps == 1 && s.MaxProps != nil && *s.MaxProps == 1:
		return "an object with exactly one of " + strings.Join(slices.Sorted(maps.Keys(s.Properties)), ", ")
	case s.Type.Is(openapi3.TypeObject):
		return "an object"
	case s.Format == "date-time":
		return "a date and time with offset, such as 2028-12-31T23:59:59+00:00"
	case s.Pattern != "" && s.Example != nil:
		return fmt.Sprintf("a string such as %v", s.Example)
	case s.Pattern != "":
		return "a string that matches " + s.Pattern
	case s.MaxLength != nil:
		return fmt.Sprintf("a string of %d to %d characters", s.MinLength, *s.MaxLength)
	case s.Type.Is(openapi3.TypeString):
		return "a string"
	}
	return "a value that fits the contract"
}

func span(s *openapi3.Schema) string {
	switch {
	case s.Min != nil && s.Max != nil:
		return fmt.Sprintf(" from %v to %v", *s.Min, *s.Max)
	case s.Min != nil:
		return fmt.Sprintf(" of %v or more", *s.Min)
	case s.Max != nil:
		return fmt.Sprintf(" of %v or less", *s.Max)
	}
	return ""
}

// Beyond ends the description of a number that keeps its bounds, and does not fit the format of its schema; empty for all
// else that kin-openapi finds wrong.
func Beyond(err error) string {
	broken, ok := err.(*openapi3.SchemaError)
	if !ok || broken.SchemaField != "format" {
		return ""
	}
	switch broken.Schema.Format {
	case "int32":
		return " that fits in 32 bits"
	case "int64":
		return " that fits in 64 bits"
	}
	return ""
}

// kinds says what alternatives of different types expect.
func kinds(refs openapi3.SchemaRefs) string {
	var expected []string
	for _, ref := range refs {
		expected = append(expected, Describe(ref.Value))
	}
	return strings.Join(expected, ", or ")
}

// typeOf names the type of a JSON value as schemas do, as far as alternatives differ by it.
func typeOf(v any) string {
	switch v.(type) {
	case string:
		return openapi3.TypeString
	case map[string]any:
		return openapi3.TypeObject
	}
	return ""
}

// kind names the type of a JSON value without quoting it.
func kind(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return "a boolean"
	case float64:
		return "the number " + strconv.FormatFloat(v, 'f', -1, 64)
	case string:
		return "a string"
	case []any:
		return "an array"
	default:
		return "an object"
	}
}

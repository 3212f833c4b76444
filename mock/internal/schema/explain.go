package schema

import (
	"cmp"
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
			words[i] = word(v)
		}
		return "one of " + strings.Join(words, ", ")
	case s.Type.Is(openapi3.TypeInteger):
		return "an integer" + span(s)
	case s.Type.Is(openapi3.TypeNumber):
		return "a number" + span(s)
	case s.Type.Is(openapi3.TypeBoolean):
		return "true or false"
	case s.Type.Is(openapi3.TypeArray) && s.UniqueItems:
		return "an array" + cmp.Or(count(s.MinItems, s.MaxItems, "element"), " of elements") + ", all different"
	case s.Type.Is(openapi3.TypeArray):
		return "an array" + count(s.MinItems, s.MaxItems, "element")
	case s.Type.Is(openapi3.TypeObject) && s.MinProps == 1 && s.MaxProps != nil && *s.MaxProps == 1:
		return "an object with exactly one of " + strings.Join(slices.Sorted(maps.Keys(s.Properties)), ", ")
	case s.Type.Is(openapi3.TypeObject):
		return "an object" + count(s.MinProps, s.MaxProps, "member")
	case s.Format == "date-time":
		return "a date and time with offset, such as 2028-12-31T23:59:59+00:00"
	case s.Pattern != "" && s.Example != nil:
		return fmt.Sprintf("a string such as %v, that matches %s", s.Example, s.Pattern)
	case s.Pattern != "":
		return "a string that matches " + s.Pattern
	case s.Type.Is(openapi3.TypeString):
		return "a string" + count(s.MinLength, s.MaxLength, "character")
	}
	return "a value that fits the contract"
}

// Broken says what a schema expects of a value of its type, by what kin-openapi found wrong with it: what is said of another
// keyword of the schema may well be true of the value.
func Broken(s *openapi3.Schema, err error) string {
	broken, ok := err.(*openapi3.SchemaError)
	if !ok {
		return "a value that fits the contract"
	}
	switch broken.SchemaField {
	case "minLength", "maxLength":
		return "a string" + count(s.MinLength, s.MaxLength, "character")
	case "format":
		return Describe(s) + fits(s.Format)
	}
	return Describe(s)
}

// fits ends the description of a number that keeps its bounds, and does not fit the format of its schema.
func fits(format string) string {
	switch format {
	case "int32":
		return " that fits in 32 bits"
	case "int64":
		return " that fits in 64 bits"
	}
	return ""
}

// count says how many of something there may be, from none up where nothing is said.
func count(least uint64, most *uint64, of string) string {
	last, words := least, ""
	switch {
	case most == nil && least == 0:
		return ""
	case most == nil:
		words = fmt.Sprintf(" of at least %d ", least)
	case least == *most:
		words = fmt.Sprintf(" of %d ", least)
	case least == 0:
		last, words = *most, fmt.Sprintf(" of at most %d ", *most)
	default:
		last, words = *most, fmt.Sprintf(" of %d to %d ", least, *most)
	}
	if last != 1 {
		of += "s"
	}
	return words + of
}

// span says between which bounds a number lies, and of what it is a multiple.
func span(s *openapi3.Schema) (words string) {
	switch {
	case s.Min != nil && s.Max != nil && !s.ExclusiveMin.IsTrue() && !s.ExclusiveMax.IsTrue():
		words = " from " + word(*s.Min) + " to " + word(*s.Max)
	default:
		var bounds []string
		if s.Min != nil {
			bounds = append(bounds, bound(*s.Min, s.ExclusiveMin.IsTrue(), "more"))
		}
		if s.Max != nil {
			bounds = append(bounds, bound(*s.Max, s.ExclusiveMax.IsTrue(), "less"))
		}
		if len(bounds) > 0 {
			words = " of " + strings.Join(bounds, " and ")
		}
	}
	if s.MultipleOf != nil {
		words += ", a multiple of " + word(*s.MultipleOf)
	}
	return words
}

// bound says one bound of a number.
func bound(at float64, exclusive bool, beyond string) string {
	if exclusive {
		return beyond + " than " + word(at)
	}
	return word(at) + " or " + beyond
}

// word writes a plain value as documents do: numbers with all their digits.
func word(v any) string {
	if f, ok := v.(float64); ok {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return fmt.Sprint(v)
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
		return "the number " + word(v)
	case string:
		return "a string"
	case []any:
		return "an array"
	default:
		return "an object"
	}
}

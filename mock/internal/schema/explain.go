package schema

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/go-json-experiment/json/jsontext"
)

// visit holds a value against a schema and says in our own words what is wrong.
func visit(s *openapi3.Schema, value any) []Violation {
	err := s.VisitJSON(value, openapi3.MultiErrors(), openapi3.DisableSchemaErrorDetails())
	if err == nil {
		return nil
	}
	return explain(err, nil)
}

func explain(err error, violations []Violation) []Violation {
	// Not errors.As: it would look into the complaints of alternatives, which contradict one another.
	if many, ok := err.(openapi3.MultiError); ok {
		for _, e := range many {
			violations = explain(e, violations)
		}
		return violations
	}
	broken, ok := err.(*openapi3.SchemaError)
	if !ok {
		return append(violations, Violation{"/", "expected a value that fits the contract"})
	}
	if broken.SchemaField == "properties" {
		return violations // a member that it does not know is the shape's to tell
	}
	path := broken.JSONPointer()
	v := Violation{Where: pointer(path), Expected: "expected " + Describe(broken.Schema)}
	switch broken.SchemaField {
	case "required":
		if property := broken.Schema.Properties[path[len(path)-1]]; property != nil {
			v.Expected = "expected " + Describe(property.Value)
		}
		v.Expected += ", it is missing"
	case "oneOf":
		for _, ref := range broken.Schema.OneOf {
			if ref.Value.Type.Is(typeOf(broken.Value)) { // the alternative that was meant
				for _, v := range visit(ref.Value, broken.Value) {
					violations = append(violations, Violation{cmp.Or(strings.TrimSuffix(pointer(path), "/")+strings.TrimSuffix(v.Where, "/"), "/"), v.Expected})
				}
				return violations
			}
		}
		v.Expected += ", got " + kind(broken.Value)
	case "type", "nullable":
		v.Expected += ", got " + kind(broken.Value)
	}
	return append(violations, v)
}

// pointer writes a path as a JSON pointer. The whole value is "/", as in other messages.
func pointer(path []string) string {
	var p jsontext.Pointer
	for _, name := range path {
		p = p.AppendToken(name)
	}
	return cmp.Or(string(p), "/")
}

// Describe says what a schema expects.
func Describe(s *openapi3.Schema) string {
	switch {
	case len(s.OneOf) > 0:
		return kinds(s.OneOf)
	case len(s.AnyOf) > 0:
		return "at least one of " + alternatives(s.AnyOf)
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

// alternatives names the members that alternatives ask for.
func alternatives(refs openapi3.SchemaRefs) string {
	var names []string
	for _, ref := range refs {
		names = append(names, strings.Join(ref.Value.Required, " + "))
	}
	return strings.Join(names, ", ")
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

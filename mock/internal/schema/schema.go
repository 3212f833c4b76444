package schema

import (
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// Schema is a schema that values are held against. It is immutable and safe for concurrent use; a nil Schema knows nothing.
type Schema struct {
	source *openapi3.Schema
	shape  *shape
}

// Compile readies a schema, whose allOf it merges in place. It fails on what could not be held against a value later.
func Compile(ref *openapi3.SchemaRef) (*Schema, error) {
	flatten(ref)
	sh, err := shapeOf(ref.Value)
	if err != nil {
		return nil, err
	}
	return &Schema{ref.Value, sh}, nil
}

// Source is the schema as the document has it, with allOf merged.
func (s *Schema) Source() *openapi3.Schema { return s.source }

// Judge returns the violations of a decoded value, and the JSON pointers of the members that the schema does not know, in
// the order of their names. It stops at [brief.Enough] violations, and notes no more members than that.
func (s *Schema) Judge(value any) (violations []Violation, unknown []string) {
	var j judge
	j.look(s.shape, value)
	return j.violations, j.unknown
}

// Expected says what the schema wants, as in "an object".
func (s *Schema) Expected() string { return Describe(s.source) }

// Members returns the names that objects know at their top, sorted.
func (s *Schema) Members() []string {
	if s == nil {
		return nil
	}
	return slices.Sorted(maps.Keys(s.shape.members))
}

// Fields returns every member that a value may have, as sorted JSON pointers in which * is any element of a list.
func (s *Schema) Fields() []string {
	var fields []string
	for field := range s.Kinds() {
		if !strings.HasSuffix(field, "/*") {
			fields = append(fields, field)
		}
	}
	slices.Sort(fields)
	return fields
}

// Kinds returns which values every member that a value may have can be, by the pointers of [Schema.Fields], and by the same
// with /* behind them for the elements of lists.
func (s *Schema) Kinds() map[string]Kind {
	if s == nil {
		return nil
	}
	return s.shape.kinds()
}

// LeaveOutNulls takes away the members of a value that are null and need not be there.
func (s *Schema) LeaveOutNulls(value any) { leaveOutNulls(s.source, value) }

func leaveOutNulls(s *openapi3.Schema, v any) {
	object, _ := v.(map[string]any)
	for name, ref := range s.Properties {
		switch value, there := object[name]; {
		case !there:
		case value != nil:
			leaveOutNulls(ref.Value, value)
		case !ref.Value.Nullable && !slices.Contains(s.Required, name):
			delete(object, name)
		}
	}
}

// flatten merges allOf into its schema, all the way down: one visit instead of several, and errors that point at the
// member itself. It runs once, at load. Members of allOf are objects here.
func flatten(ref *openapi3.SchemaRef) {
	if ref == nil || ref.Value == nil {
		return
	}
	s := ref.Value
	if len(s.AllOf) > 0 {
		merged := openapi3.Schemas{}
		for _, part := range s.AllOf {
			flatten(part)
			maps.Copy(merged, part.Value.Properties)
			inheritEithers(s, part.Value)
			for _, name := range part.Value.Required {
				if !slices.Contains(s.Required, name) {
					s.Required = append(s.Required, name)
				}
			}
		}
		maps.Copy(merged, s.Properties)
		s.Properties, s.AllOf, s.Type = merged, nil, &openapi3.Types{openapi3.TypeObject}
	}
	for _, property := range s.Properties {
		flatten(property)
	}
	flatten(s.Items)
	for _, part := range s.OneOf {
		flatten(part)
	}
	if s.Type == nil && len(s.OneOf)+len(s.Enum) == 0 {
		s.Nullable = true // what names no type takes null too (OpenAPI 3.0.3), which kin-openapi does not know
	}
}

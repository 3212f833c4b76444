// Package marks owns what operations of an OpenAPI document say of themselves in extensions: how sure they are, where
// they were seen, and on which assumptions of the register they rest.
package marks

import (
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// Assumptions returns the register numbers that an operation and all that it uses rest on, sorted.
func Assumptions(op *openapi3.Operation) []string {
	found := assumptions{}
	found.add(op.Extensions)
	for _, ref := range op.Parameters {
		found.add(ref.Value.Extensions)
		found.addSchema(ref.Value.Schema)
	}
	if op.RequestBody != nil {
		found.addContent(op.RequestBody.Value.Content)
	}
	for _, ref := range op.Responses.Map() {
		found.addContent(ref.Value.Content)
	}
	return slices.Sorted(maps.Keys(found))
}

// assumptions collects the register numbers met on the way.
type assumptions map[string]bool

func (a assumptions) add(extensions map[string]any) {
	for number := range strings.FieldsSeq(strings.ReplaceAll(Text(extensions["x-assumption"]), ",", " ")) {
		a[number] = true
	}
}

func (a assumptions) addContent(content openapi3.Content) {
	for _, media := range content {
		a.addSchema(media.Schema)
	}
}

func (a assumptions) addSchema(ref *openapi3.SchemaRef) {
	if ref == nil || ref.Value == nil {
		return
	}
	s := ref.Value
	a.add(s.Extensions)
	a.add(ref.Extensions)
	for _, property := range s.Properties {
		a.addSchema(property)
	}
	a.addSchema(s.Items)
	for _, part := range slices.Concat(s.AllOf, s.AnyOf, s.OneOf) {
		a.addSchema(part)
	}
}

// Text is an extension that is a text; empty when it is none.
func Text(v any) string {
	s, _ := v.(string)
	return s
}

// Texts is an extension that is a list of texts.
func Texts(v any) []string {
	var list []string
	rows, _ := v.([]any)
	for _, row := range rows {
		list = append(list, Text(row))
	}
	return list
}

package schema

import "github.com/getkin/kin-openapi/openapi3"

// Loosen returns a schema as a request is held against it: what it marks with `x-judge: code` is any value of its type
// there. Code judges that, and says more than a schema can: which names there are, and which one was meant.
func Loosen(ref *openapi3.SchemaRef) *openapi3.SchemaRef {
	if ref == nil {
		return nil
	}
	flatten(ref)
	if ref.Value.Extensions["x-judge"] == "code" {
		return openapi3.NewSchemaRef("", &openapi3.Schema{Type: ref.Value.Type, Nullable: ref.Value.Nullable})
	}
	s := *ref.Value
	s.Items = Loosen(s.Items)
	s.OneOf = loosenAll(s.OneOf)
	s.Properties = openapi3.Schemas{}
	for name, property := range ref.Value.Properties {
		s.Properties[name] = Loosen(property)
	}
	return openapi3.NewSchemaRef("", &s)
}

func loosenAll(refs openapi3.SchemaRefs) (loose openapi3.SchemaRefs) {
	for _, ref := range refs {
		loose = append(loose, Loosen(ref))
	}
	return loose
}

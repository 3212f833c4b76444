package schema

import (
	"fmt"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/go-json-experiment/json/jsontext"
)

// shape is a schema in the parts that a value is judged by: what the schema says of the value itself, which members it
// knows and which of them go together, and the shapes of members and elements.
type shape struct {
	source  *openapi3.Schema // as the document has it, for words
	own     *openapi3.Schema // without members, elements and alternatives, for kin-openapi
	members map[string]*shape
	open    bool   // it has others too
	closed  bool   // others are refused, not only told: x-unknown-members is refused
	others  *shape // theirs; nil: they are any value
	items   *shape // nil: any value
	choice  []*shape
	eithers []Either
}

// shapeOf reads the shape of a schema whose allOf is merged. It fails on what it could not judge by.
func shapeOf(s *openapi3.Schema) (sh *shape, err error) {
	if len(s.AnyOf) > 0 || s.Not != nil {
		return nil, fmt.Errorf("anyOf and not are understood by no generator: say it with one of the extensions %s", eitherNames())
	}
	others := s.AdditionalProperties
	own := *s
	own.Properties, own.Items, own.OneOf = nil, nil, nil
	own.AdditionalProperties = openapi3.AdditionalProperties{}
	sh = &shape{source: s, own: &own, open: others.Schema != nil || others.Has != nil && *others.Has, closed: s.Extensions["x-unknown-members"] == "refused"}
	if len(s.Properties) > 0 || others.Has != nil && !*others.Has {
		sh.members = map[string]*shape{} // otherwise it is free
	}
	if sh.eithers, err = EithersOf(s); err != nil {
		return nil, err
	}
	for name, ref := range s.Properties {
		if sh.members[name], err = shapeOf(ref.Value); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	if others.Schema != nil {
		if sh.others, err = shapeOf(others.Schema.Value); err != nil {
			return nil, err
		}
	}
	if s.Items != nil {
		if sh.items, err = shapeOf(s.Items.Value); err != nil {
			return nil, err
		}
	}
	return sh, sh.choose(s.OneOf)
}

// choose reads alternatives, of which the type of a value picks one.
func (sh *shape) choose(refs openapi3.SchemaRefs) error {
	for _, ref := range refs {
		part, err := shapeOf(ref.Value)
		if err != nil {
			return err
		}
		for _, before := range sh.choice {
			if part.source.Type == nil || before.source.Type.Includes((*part.source.Type)[0]) {
				return fmt.Errorf("oneOf: expected alternatives of different types")
			}
		}
		sh.choice = append(sh.choice, part)
	}
	return nil
}

// chosen is the alternative that a value was meant as; nil if it is of none.
func (sh *shape) chosen(v any) *shape {
	for _, part := range sh.choice {
		if part.source.Type.Includes(typeOf(v)) {
			return part
		}
	}
	return nil
}

// kinds are the members that the shape knows and the elements of their lists, as JSON pointers in which * is any element.
func (sh *shape) kinds() map[string]Kind {
	found := map[string]Kind{}
	var walk func(at string, sh *shape)
	walk = func(at string, sh *shape) {
		if _, there := found[at]; !there && at != "" {
			found[at] = Kind{[]*openapi3.Schema{sh.source}} // of a choice the whole, not one of its parts
		}
		for name, member := range sh.members {
			walk(string(jsontext.Pointer(at).AppendToken(name)), member)
		}
		if sh.items != nil {
			walk(at+"/*", sh.items)
		}
		for _, part := range sh.choice {
			walk(at, part)
		}
	}
	walk("", sh)
	return found
}

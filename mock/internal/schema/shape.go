package schema

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/go-json-experiment/json/jsontext"
)

// shape is which members a schema knows, and which of them go together, all the way down.
type shape struct {
	kind    Kind
	members map[string]*shape
	open    bool // it has others too
	items   *shape
	eithers []either
}

// shapeOf reads the shape of a schema. Alternatives know what any of them knows.
func shapeOf(s *openapi3.Schema) (sh *shape, err error) {
	others := s.AdditionalProperties
	sh = &shape{kind: Kind{[]*openapi3.Schema{s}}, open: others.Schema != nil || others.Has != nil && *others.Has}
	if others.Has != nil && !*others.Has {
		sh.members = map[string]*shape{} // it is not free, even without any
	}
	if sh.eithers, err = eithersOf(s); err != nil {
		return nil, err
	}
	for name, ref := range s.Properties {
		member, err := shapeOf(ref.Value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		sh.know(name, member)
	}
	if s.Items != nil {
		if sh.items, err = shapeOf(s.Items.Value); err != nil {
			return nil, err
		}
	}
	for _, ref := range slices.Concat(s.AnyOf, s.OneOf) {
		part, err := shapeOf(ref.Value)
		if err != nil {
			return nil, err
		}
		sh.open = sh.open || part.open
		for name, member := range part.members {
			sh.know(name, member)
		}
	}
	return sh, nil
}

func (sh *shape) know(name string, member *shape) {
	if sh.members == nil {
		sh.members = map[string]*shape{}
	}
	if before := sh.members[name]; before != nil {
		before.kind = before.kind.Or(member.kind)
		for sub, m := range member.members {
			before.know(sub, m)
		}
		return
	}
	sh.members[name] = member
}

// unknown appends the JSON pointers of the members of v that the shape does not know. An object without known members
// is free.
func (sh *shape) unknown(at jsontext.Pointer, v any, found []string) []string {
	switch v := v.(type) {
	case map[string]any:
		if sh.members == nil {
			return found
		}
		for name, value := range v {
			if member := sh.members[name]; member != nil {
				switch value.(type) {
				case map[string]any, []any:
					found = member.unknown(at.AppendToken(name), value, found)
				}
			} else if !sh.open {
				found = append(found, string(at.AppendToken(name)))
			}
		}
	case []any:
		if sh.items == nil {
			return found
		}
		for i, value := range v {
			found = sh.items.unknown(at.AppendToken(strconv.Itoa(i)), value, found)
		}
	}
	return found
}

// broken appends the laws that v breaks, all the way down.
func (sh *shape) broken(at jsontext.Pointer, v any, violations []Violation) []Violation {
	switch v := v.(type) {
	case map[string]any:
		for _, law := range sh.eithers {
			if !law.allows(v) {
				violations = append(violations, Violation{cmp.Or(string(at), "/"), "expected " + law.String()})
			}
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if member := sh.members[name]; member != nil {
				violations = member.broken(at.AppendToken(name), v[name], violations)
			}
		}
	case []any:
		if sh.items == nil {
			break
		}
		for i, value := range v {
			violations = sh.items.broken(at.AppendToken(strconv.Itoa(i)), value, violations)
		}
	}
	return violations
}

// kinds are the members that the shape knows and the elements of their lists, as JSON pointers in which * is any element.
func (sh *shape) kinds() map[string]Kind {
	found := map[string]Kind{}
	var walk func(at string, sh *shape)
	walk = func(at string, sh *shape) {
		if at != "" {
			found[at] = sh.kind
		}
		for name, member := range sh.members {
			walk(string(jsontext.Pointer(at).AppendToken(name)), member)
		}
		if sh.items != nil {
			walk(at+"/*", sh.items)
		}
	}
	walk("", sh)
	return found
}

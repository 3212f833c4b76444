package schema

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/internal/brief"
)

// maxName is how much of the name of a member is told, in bytes.
const maxName = 100

// judge walks a value and its shape side by side.
type judge struct {
	path       []string // to the value that is looked at
	violations []Violation
	unknown    []string
}

// look judges a value: first its members or elements, in order, then the value itself.
func (j *judge) look(sh *shape, v any) {
	if len(j.violations) == brief.Enough {
		return
	}
	if len(sh.choice) > 0 {
		if part := sh.chosen(v); part != nil {
			j.look(part, v)
		} else {
			j.complain(Describe(sh.source) + ", got " + kind(v))
		}
		return
	}
	switch v := v.(type) {
	case map[string]any:
		j.lookAtMembers(sh, v)
	case []any:
		for i := 0; i < len(v) && sh.items != nil && len(j.violations) < brief.Enough; i++ {
			j.enter(strconv.Itoa(i), sh.items, v[i])
		}
	}
	if err := sh.own.VisitJSON(v, openapi3.MultiErrors(), openapi3.DisableSchemaErrorDetails()); err != nil {
		j.explain(sh.source, err)
	}
	if object, ok := v.(map[string]any); ok {
		for _, law := range sh.eithers {
			if !law.Allows(object) {
				j.complain(law.String())
			}
		}
	}
}

// lookAtMembers judges the members of an object. One without known members is free.
func (j *judge) lookAtMembers(sh *shape, v map[string]any) {
	if sh.members == nil && sh.others == nil {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(v)) {
		member := sh.members[name]
		switch {
		case len(j.violations) == brief.Enough:
			return
		case member != nil:
			j.enter(name, member, v[name])
		case sh.others != nil:
			j.enter(name, sh.others, v[name])
		case sh.closed:
			j.complainOf(j.at().AppendToken(clip(name)), "no member but "+strings.Join(slices.Sorted(maps.Keys(sh.members)), ", "))
		case !sh.open && len(j.unknown) < brief.Enough:
			j.unknown = append(j.unknown, string(j.at().AppendToken(clip(name))))
		}
	}
}

func (j *judge) enter(name string, sh *shape, v any) {
	j.path = append(j.path, name)
	j.look(sh, v)
	j.path = j.path[:len(j.path)-1]
}

// complain says what was expected of the value that is looked at.
func (j *judge) complain(expected string) { j.complainOf(j.at(), expected) }

func (j *judge) complainOf(at jsontext.Pointer, expected string) {
	if len(j.violations) < brief.Enough {
		j.violations = append(j.violations, Violation{cmp.Or(string(at), "/"), "expected " + expected})
	}
}

// at is the JSON pointer of the value that is looked at. The whole value is the empty one.
func (j *judge) at() (p jsontext.Pointer) {
	for _, name := range j.path {
		p = p.AppendToken(clip(name))
	}
	return p
}

// explain says in our own words what kin-openapi found wrong with a value itself.
func (j *judge) explain(s *openapi3.Schema, err error) {
	// Not errors.As: it would look into what is below, which is judged by itself.
	if many, ok := err.(openapi3.MultiError); ok {
		for _, e := range many {
			j.explain(s, e)
		}
		return
	}
	broken, ok := err.(*openapi3.SchemaError)
	switch {
	case !ok:
		j.complain(Broken(s, err))
	case broken.SchemaField == "required":
		path := broken.JSONPointer()
		name := path[len(path)-1]
		expected := "a value"
		if property := s.Properties[name]; property != nil {
			expected = Describe(property.Value)
		}
		j.complainOf(j.at().AppendToken(name), expected+", it is missing")
	case broken.SchemaField == "type" || broken.SchemaField == "nullable" || broken.SchemaField == "enum" && !ofType(s, broken.Value):
		j.complain(Describe(s) + ", got " + kind(broken.Value))
	default:
		j.complain(Broken(s, err))
	}
}

// ofType says whether a value has the type of a schema of plain values. "3" is none of the numbers that it looks like.
func ofType(s *openapi3.Schema, v any) bool {
	if s.Type == nil {
		return true
	}
	switch v.(type) {
	case string:
		return s.Type.Is(openapi3.TypeString)
	case float64:
		return s.Type.Is(openapi3.TypeInteger) || s.Type.Is(openapi3.TypeNumber)
	case bool:
		return s.Type.Is(openapi3.TypeBoolean)
	}
	return false
}

// clip cuts a name that is longer than any that there is.
func clip(name string) string { return brief.Clip(name, maxName) }

package schema

import (
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// either is a law about which members of an object may stand beside one another. A document says it in words, and to this
// package in an extension of the object's schema. JSON Schema has oneOf, anyOf and not for it, of which generators of code
// make types that nobody can use, or none.
type either struct {
	kind   int    // its place in eithers
	words  string // "exactly one of"
	groups [][]string
	holds  func(found, of int) bool
}

// eithers are the extensions. Each has a list of members, or of groups of members that count as one.
var eithers = []struct {
	extension, words string
	holds            func(found, of int) bool
}{
	{"x-exactly-one-of", "exactly one of", func(found, _ int) bool { return found == 1 }},
	{"x-at-least-one-of", "at least one of", func(found, _ int) bool { return found >= 1 }},
	{"x-at-most-one-of", "only one of", func(found, _ int) bool { return found <= 1 }},
	{"x-all-or-none-of", "all or none of", func(found, of int) bool { return found == 0 || found == of }},
}

func eitherNames() string {
	var names []string
	for _, kind := range eithers {
		names = append(names, kind.extension)
	}
	return strings.Join(names, ", ")
}

// eithersOf reads the laws of a schema whose allOf is merged. It fails on a member that the schema does not know.
func eithersOf(s *openapi3.Schema) ([]either, error) {
	var laws []either
	for i, kind := range eithers {
		said, there := s.Extensions[kind.extension]
		if !there {
			continue
		}
		law := either{kind: i, words: kind.words, holds: kind.holds}
		list, _ := said.([]any)
		for _, one := range list {
			names, several := one.([]any)
			if !several {
				names = []any{one}
			}
			var group []string
			for _, name := range names {
				group = append(group, fmt.Sprint(name))
			}
			for _, name := range group {
				if s.Properties[name] == nil {
					return nil, fmt.Errorf("%s names %q, which is no member", kind.extension, name)
				}
			}
			law.groups = append(law.groups, group)
		}
		if len(law.groups) < 2 || slices.ContainsFunc(law.groups, func(group []string) bool { return len(group) == 0 }) {
			return nil, fmt.Errorf("%s: expected a list of two or more members, or groups of them", kind.extension)
		}
		laws = append(laws, law)
	}
	return laws, nil
}

// inheritEithers gives a schema the laws of a part of its allOf.
func inheritEithers(s, part *openapi3.Schema) {
	for _, kind := range eithers {
		if said, there := part.Extensions[kind.extension]; there {
			if s.Extensions == nil {
				s.Extensions = map[string]any{}
			}
			s.Extensions[kind.extension] = said
		}
	}
}

func (e either) String() string {
	names := make([]string, len(e.groups))
	for i, group := range e.groups {
		names[i] = strings.Join(group, " + ")
	}
	return e.words + " " + strings.Join(names, ", ")
}

// allows says whether an object keeps the law. A member that is null is there.
func (e either) allows(object map[string]any) bool {
	found := 0
	for _, group := range e.groups {
		if !slices.ContainsFunc(group, func(name string) bool { _, there := object[name]; return !there }) {
			found++
		}
	}
	return e.holds(found, len(e.groups))
}

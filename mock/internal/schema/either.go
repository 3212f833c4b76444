package schema

import (
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// Either is a law about which members of an object may stand beside one another. A document says it in words, and to this
// package in an extension of the object's schema. JSON Schema has oneOf, anyOf and not for it, of which generators of code
// make types that nobody can use, or none.
type Either struct {
	Kind   EitherKind
	Groups [][]string
}

// EitherKind is how many of the groups an object may have, as a number that is the same in every build of a program.
type EitherKind int

// Holds says whether an object may have so many of so many groups.
func (k EitherKind) Holds(found, of int) bool { return eithers[k].holds(found, of) }

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

// EithersOf reads the laws of a schema whose allOf is merged. It fails on a member that the schema does not know.
func EithersOf(s *openapi3.Schema) ([]Either, error) {
	var laws []Either
	for i, kind := range eithers {
		said, there := s.Extensions[kind.extension]
		if !there {
			continue
		}
		law := Either{Kind: EitherKind(i)}
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
			law.Groups = append(law.Groups, group)
		}
		if len(law.Groups) < 2 || slices.ContainsFunc(law.Groups, func(group []string) bool { return len(group) == 0 }) {
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

func (e Either) String() string {
	names := make([]string, len(e.Groups))
	for i, group := range e.Groups {
		names[i] = strings.Join(group, " + ")
	}
	return eithers[e.Kind].words + " " + strings.Join(names, ", ")
}

// Allows says whether an object keeps the law. A member that is null is there.
func (e Either) Allows(object map[string]any) bool {
	found := 0
	for _, group := range e.Groups {
		if !slices.ContainsFunc(group, func(name string) bool { _, there := object[name]; return !there }) {
			found++
		}
	}
	return e.Kind.Holds(found, len(e.Groups))
}

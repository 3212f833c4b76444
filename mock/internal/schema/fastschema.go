package schema

import (
	"math"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/go-json-experiment/json/jsontext"
)

// sure is a schema of which every keyword is understood here.
type fastSchema struct {
	kind     jsontext.Kind // the first byte of its values
	nullable bool
	words    []any   // enum, strings or float64
	min, max float64 // of an integer, of the length of a string or an array
	pattern  *fastPattern
	instant  bool // format date-time
	fraction bool // of a number: it need not be whole
	items    *fastSchema
	members  map[string]member
	others   *fastSchema // of members with any other name; nil: there are none
	required uint64      // bits of members
	eithers  []fastEither
}

type member struct {
	bit    uint64
	schema *fastSchema // nil: never sure
}

// fastEither is an [either] whose groups are bits of members.
type fastEither struct {
	groups []uint64
	holds  func(found, of int) bool
}

func (e fastEither) allows(seen uint64) bool {
	found := 0
	for _, group := range e.groups {
		if seen&group == group {
			found++
		}
	}
	return e.holds(found, len(e.groups))
}

// exact is where integers stop being float64 values of their own.
const exact = 1 << 53

// sureOf compiles a schema; nil if it has a keyword that is not understood. What kin-openapi calls empty once the
// understood keywords are taken away has no others.
func fastSchemaOf(s *openapi3.Schema) *fastSchema {
	u, rest := &fastSchema{nullable: s.Nullable, words: s.Enum, max: exact}, *s
	rest.Type, rest.Nullable, rest.Enum = nil, false, nil
	understood := true
	switch {
	case s.Type.Is(openapi3.TypeBoolean):
		u.kind, understood = 't', len(s.Enum) == 0
	case s.Type.Is(openapi3.TypeInteger):
		rest.Min, rest.Max, rest.Format = nil, nil, ""
		u.kind, u.min, understood = '0', -exact, s.Format == "" || s.Format == "int32" || s.Format == "int64"
		if s.Format == "int32" {
			u.min, u.max = math.MinInt32, math.MaxInt32
		}
		u.narrow(s.Min, s.Max)
	case s.Type.Is(openapi3.TypeNumber):
		rest.Min, rest.Max, rest.Format = nil, nil, ""
		u.kind, u.fraction, u.min, u.max, understood = '0', true, -math.MaxFloat64, math.MaxFloat64, len(s.Enum) == 0
		u.narrow(s.Min, s.Max)
	case s.Type.Is(openapi3.TypeString):
		rest.MinLength, rest.MaxLength, rest.Pattern, rest.Format = 0, nil, "", ""
		u.kind, u.instant = '"', s.Format == "date-time"
		u.narrow(count(&s.MinLength), count(s.MaxLength))
		var err error
		if s.Pattern != "" {
			u.pattern, err = newFastPattern(s.Pattern)
		}
		understood = err == nil && (s.Format == "" || u.instant)
	case s.Type.Is(openapi3.TypeArray):
		rest.Items, rest.MinItems, rest.MaxItems = nil, 0, nil
		u.kind, u.items, understood = '[', fastSchemaOf(s.Items.Value), len(s.Enum) == 0
		u.narrow(count(&s.MinItems), count(s.MaxItems))
	case s.Type.Is(openapi3.TypeObject):
		rest.Properties, rest.Required = nil, nil
		if others := s.AdditionalProperties.Has; others != nil && !*others {
			rest.AdditionalProperties.Has = nil // the fast way knows no others anyhow
		}
		if others := s.AdditionalProperties.Schema; others != nil {
			rest.AdditionalProperties.Schema, u.others = nil, fastSchemaOf(others.Value)
			understood = u.others != nil
		}
		u.kind, understood = '{', understood && len(s.Enum) == 0 && u.know(s)
	default:
		return nil
	}
	if !understood || !rest.IsEmpty() {
		return nil
	}
	return u
}

func (u *fastSchema) narrow(least, most *float64) {
	if least != nil {
		u.min = max(u.min, *least)
	}
	if most != nil {
		u.max = min(u.max, *most)
	}
}

func count(n *uint64) *float64 {
	if n == nil {
		return nil
	}
	return new(float64(*n))
}

// know compiles the members of an object, and which of them go together.
func (u *fastSchema) know(s *openapi3.Schema) (understood bool) {
	u.members = make(map[string]member, len(s.Properties))
	for name, ref := range s.Properties {
		u.members[name] = member{1 << len(u.members), fastSchemaOf(ref.Value)}
	}
	understood = len(u.members) <= 64
	bits := func(names []string) (bits uint64) {
		for _, name := range names {
			understood = understood && u.members[name].bit != 0
			bits |= u.members[name].bit
		}
		return bits
	}
	u.required = bits(s.Required)
	laws, err := eithersOf(s)
	for _, law := range laws {
		fast := fastEither{holds: law.holds}
		for _, group := range law.groups {
			fast.groups = append(fast.groups, bits(group))
		}
		u.eithers = append(u.eithers, fast)
	}
	return understood && err == nil
}

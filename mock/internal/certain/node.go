package certain

import (
	"maps"
	"math"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"dragonmock/mock/internal/schema"
)

// exact is where integers stop being float64 values of their own.
const exact = 1 << 53

// node is a schema of which every keyword is understood here, as plain data. The schemas of its members and elements are
// numbers of other nodes; what has the number 0 is not understood, and never sure.
type node struct {
	Kind     string         `json:"kind"` // the first byte of its values
	Nullable bool           `json:"nullable,omitzero"`
	Texts    []string       `json:"texts,omitzero"`   // enum of a string
	Numbers  []float64      `json:"numbers,omitzero"` // enum of a number
	Min      float64        `json:"min,omitzero"`     // of a number, of the length of a string or an array
	Max      float64        `json:"max"`
	Pattern  string         `json:"pattern,omitzero"`
	Instant  bool           `json:"instant,omitzero"`  // format date-time
	Fraction bool           `json:"fraction,omitzero"` // of a number: it need not be whole
	Items    int            `json:"items,omitzero"`
	Members  map[string]int `json:"members,omitzero"`
	Others   int            `json:"others,omitzero"` // members with any other name; 0: there are none
	Required []string       `json:"required,omitzero"`
	Eithers  []nodeEither   `json:"eithers,omitzero"`
}

// nodeEither is a [schema.Either].
type nodeEither struct {
	Kind   schema.EitherKind `json:"kind"`
	Groups [][]string        `json:"groups"`
}

// nodes makes the nodes of a schema, those below it first, and returns the number that add gave it; 0 if it has a keyword
// that is not understood. What kin-openapi calls empty once the understood keywords are taken away has no others.
func nodes(s *openapi3.Schema, add func(node) int) int {
	n, rest := node{Nullable: s.Nullable, Max: exact}, *s
	rest.Type, rest.Nullable, rest.Enum = nil, false, nil
	understood := true
	switch {
	case s.Type.Is(openapi3.TypeBoolean):
		n.Kind, understood = "t", len(s.Enum) == 0
	case s.Type.Is(openapi3.TypeInteger):
		rest.Min, rest.Max, rest.Format = nil, nil, ""
		n.Kind, n.Min, understood = "0", -exact, enum(s, &n.Numbers) && (s.Format == "" || s.Format == "int32" || s.Format == "int64")
		if s.Format == "int32" {
			n.Min, n.Max = math.MinInt32, math.MaxInt32
		}
		n.narrow(s.Min, s.Max)
	case s.Type.Is(openapi3.TypeNumber):
		rest.Min, rest.Max, rest.Format = nil, nil, ""
		n.Kind, n.Fraction, n.Min, n.Max, understood = "0", true, -math.MaxFloat64, math.MaxFloat64, len(s.Enum) == 0
		n.narrow(s.Min, s.Max)
	case s.Type.Is(openapi3.TypeString):
		rest.MinLength, rest.MaxLength, rest.Pattern, rest.Format = 0, nil, "", ""
		n.Kind, n.Pattern, n.Instant = `"`, s.Pattern, s.Format == "date-time"
		n.narrow(count(&s.MinLength), count(s.MaxLength))
		_, err := newPattern(s.Pattern)
		understood = err == nil && enum(s, &n.Texts) && (s.Format == "" || n.Instant)
	case s.Type.Is(openapi3.TypeArray):
		rest.Items, rest.MinItems, rest.MaxItems = nil, 0, nil
		n.Kind, n.Items, understood = "[", nodes(s.Items.Value, add), len(s.Enum) == 0
		n.narrow(count(&s.MinItems), count(s.MaxItems))
	case s.Type.Is(openapi3.TypeObject):
		rest.Properties, rest.Required = nil, nil
		if others := s.AdditionalProperties.Has; others != nil && !*others {
			rest.AdditionalProperties.Has = nil // the fast way knows no others anyhow
		}
		if others := s.AdditionalProperties.Schema; others != nil {
			rest.AdditionalProperties.Schema, n.Others = nil, nodes(others.Value, add)
			understood = n.Others != 0
		}
		n.Kind, understood = "{", understood && len(s.Enum) == 0 && n.know(s, add)
	default:
		return 0
	}
	if !understood || !rest.IsEmpty() {
		return 0
	}
	return add(n)
}

// enum takes the words of an enum, of one kind and beside them at most null, and says whether that is all of them.
func enum[T any](s *openapi3.Schema, words *[]T) bool {
	for _, word := range s.Enum {
		if of, fits := word.(T); fits {
			*words = append(*words, of)
		} else if word != nil {
			return false
		}
	}
	return len(*words) > 0 || len(s.Enum) == 0
}

func (n *node) narrow(least, most *float64) {
	if least != nil {
		n.Min = max(n.Min, *least)
	}
	if most != nil {
		n.Max = min(n.Max, *most)
	}
}

func count(n *uint64) *float64 {
	if n == nil {
		return nil
	}
	return new(float64(*n))
}

// know takes in the members of an object, and which of them go together.
func (n *node) know(s *openapi3.Schema, add func(node) int) (understood bool) {
	n.Members, n.Required = make(map[string]int, len(s.Properties)), s.Required
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) { // the digest is always the same
		n.Members[name] = nodes(s.Properties[name].Value, add)
	}
	laws, err := schema.EithersOf(s)
	for _, law := range laws {
		n.Eithers = append(n.Eithers, nodeEither(law))
	}
	return err == nil && len(n.Members) <= 64 && !slices.ContainsFunc(n.Required, func(name string) bool { _, known := n.Members[name]; return !known })
}

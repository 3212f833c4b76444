package certain

import (
	"maps"
	"slices"

	"dragonmock/mock/internal/schema"
)

// known is a schema of which every keyword is understood here.
type known struct {
	kind     byte // the first byte of its values
	nullable bool
	texts    []string  // enum of a string
	numbers  []float64 // enum of a number
	min, max float64   // of an integer, of the length of a string or an array
	pattern  *pattern
	instant  bool // format date-time
	fraction bool // of a number: it need not be whole
	items    *known
	members  map[string]member
	others   *known // of members with any other name; nil: there are none
	required uint64 // bits of members
	eithers  []either
}

type member struct {
	bit    uint64
	schema *known // nil: never sure
}

// either is a [schema.Either] whose groups are bits of members.
type either struct {
	groups []uint64
	kind   schema.EitherKind
}

func (e either) allows(seen uint64) bool {
	found := 0
	for _, group := range e.groups {
		if seen&group == group {
			found++
		}
	}
	return e.kind.Holds(found, len(e.groups))
}

// ready makes the schema of a node, and of all below it; nil for the number 0. Those that are made already are shared.
func ready(number int, node func(number int) node, made map[int]*known) *known {
	if number == 0 {
		return nil
	}
	if u := made[number]; u != nil {
		return u
	}
	n := node(number)
	u := &known{
		kind: n.Kind[0], nullable: n.Nullable, texts: n.Texts, numbers: n.Numbers, min: n.Min, max: n.Max, instant: n.Instant, fraction: n.Fraction,
		items: ready(n.Items, node, made), others: ready(n.Others, node, made),
	}
	made[number] = u
	if n.Pattern != "" {
		u.pattern, _ = newPattern(n.Pattern) // one that is none has no node
	}
	if len(n.Members) > 0 {
		u.members = make(map[string]member, len(n.Members))
	}
	for _, name := range slices.Sorted(maps.Keys(n.Members)) {
		u.members[name] = member{1 << len(u.members), ready(n.Members[name], node, made)}
	}
	bits := func(names []string) (bits uint64) {
		for _, name := range names {
			bits |= u.members[name].bit
		}
		return bits
	}
	u.required = bits(n.Required)
	for _, law := range n.Eithers {
		fast := either{kind: law.Kind}
		for _, group := range law.Groups {
			fast.groups = append(fast.groups, bits(group))
		}
		u.eithers = append(u.eithers, fast)
	}
	return u
}

package pattern

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/internal/brief"
)

// Mismatch is one member that does not look as it should.
type Mismatch struct {
	Path    string           // in the value, with dots: data.extra.usedUsages; empty: the whole
	Pointer jsontext.Pointer // of what it should be, in the pattern
	Want    any
	Got     any
	Present bool // false: there is no such member, and Got says nothing
}

// Fits says whether a value that is there fits the pattern.
func (p *Pattern) Fits(got any) bool { return p.hold(got, true, nil, nil) }

// Mismatches returns what does not fit, the members of objects by name: of very much the first [brief.Enough]. Present says
// whether the value is there.
func (p *Pattern) Mismatches(got any, present bool) []Mismatch {
	var found []Mismatch
	p.hold(got, present, nil, &found)
	return found
}

// location is where a comparison stands: the names and indexes on the way there, in the value as in the pattern.
type location []string

func (l location) below(step string) location { return append(l, step) }

// hold says whether a value fits, and adds what does not to found. Without found, at says nothing.
func (p *Pattern) hold(got any, present bool, at location, found *[]Mismatch) bool {
	fits := true
	part := func(i int, got any, present bool, step string) {
		below := at
		if found != nil {
			below = at.below(step)
		}
		fits = p.parts[i].hold(got, present, below, found) && fits
	}
	miss := func(in, at location, want any) {
		if found != nil && len(*found) < brief.Enough {
			*found = append(*found, Mismatch{strings.Join(in, "."), pointer(at), want, got, present})
		}
	}
	whole := true // whether the value fits but for its parts
	switch p.form {
	case formObject:
		var object map[string]any
		if object, whole = got.(map[string]any); whole {
			for i, name := range p.names {
				member, there := object[name]
				part(i, member, there, name)
			}
			whole = !p.exact || len(p.others(object)) == 0
		}
	case formList:
		list, ok := got.([]any)
		if whole = ok && len(list) == len(p.parts); whole {
			for i, element := range list {
				part(i, element, true, strconv.Itoa(i))
			}
		}
	case formContains:
		for _, i := range p.missing(got) {
			fits = false
			contains := at.below("contains")
			miss(contains, contains.below(strconv.Itoa(i)), p.parts[i].want)
		}
	default:
		whole = p.scalar(got, present)
	}
	if !whole {
		miss(at, at, p.want)
	}
	return fits && whole
}

// missing are the elements that a list should have and has not, by their index in the pattern.
func (p *Pattern) missing(got any) []int {
	list, _ := got.([]any)
	var lacks []int
	for i, element := range p.parts {
		if !slices.ContainsFunc(list, element.Fits) {
			lacks = append(lacks, i)
		}
	}
	return lacks
}

// others are the members of an object that the pattern does not name.
func (p *Pattern) others(object map[string]any) []string {
	var names []string
	for name := range object {
		if _, named := slices.BinarySearch(p.names, name); !named {
			names = append(names, name)
		}
	}
	return names
}

// scalar says whether a value fits a pattern that has no parts.
func (p *Pattern) scalar(got any, present bool) bool {
	switch p.form {
	case formAbsent:
		return !present
	case formAny:
		return present
	case formNull:
		return present && got == nil
	case formNumber:
		return present && sameNumber(p.want.(json.Number), got)
	case formDigits:
		word := p.want.(Digits)
		return present && (got == any(string(word)) || sameNumber(json.Number(word), got))
	case formExpression:
		text, ok := p.text(got)
		return present && ok && p.expression != nil && p.expression.MatchString(text)
	}
	switch got.(type) {
	case map[string]any, []any:
		return false // == would panic
	}
	return present && got == p.want
}

// text is what a regular expression is held against.
func (p *Pattern) text(got any) (string, bool) {
	switch got := got.(type) {
	case string:
		return got, true
	case json.Number:
		return got.String(), p.written
	case bool:
		return strconv.FormatBool(got), p.written
	}
	return "", false
}

// Wish returns what came, with what was wanted in the places where it does not fit: to be shown beside what came.
func (p *Pattern) Wish(got any, present bool) any {
	switch p.form {
	case formContains:
		list, _ := got.([]any)
		list = slices.Clone(list)
		for _, i := range p.missing(got) {
			list = append(list, p.parts[i].want)
		}
		return list
	case formObject:
		object, ok := got.(map[string]any)
		if !ok {
			return p.want
		}
		merged := maps.Clone(object)
		for i, name := range p.names {
			member, there := object[name]
			if p.parts[i].form == formAbsent {
				delete(merged, name)
			} else {
				merged[name] = p.parts[i].Wish(member, there)
			}
		}
		if p.exact {
			for _, name := range p.others(object) {
				delete(merged, name)
			}
		}
		return merged
	case formList:
		list, ok := got.([]any)
		if !ok || len(list) != len(p.parts) {
			return p.want
		}
		merged := make([]any, len(list))
		for i, part := range p.parts {
			merged[i] = part.Wish(list[i], true)
		}
		return merged
	}
	if p.scalar(got, present) {
		return got
	}
	return p.want
}

package scenario

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// The words of an expectation.
const (
	wordAbsent = "absent"
	wordNull   = "null"
	wordAny    = "any"
)

// phrase is a value of our own words, where the answer has none to show.
type phrase string

// mismatch is one member that is not as expected.
type mismatch struct {
	path    string // in the answer: data.extra.usedUsages
	pointer string // of the expectation in the file
	want    any
	got     any
	present bool
}

func (m mismatch) String() string {
	got := "nothing"
	if m.present {
		got = compact(m.got)
	}
	want := compact(m.want)
	if s, ok := m.got.(phrase); ok {
		got = string(s)
	}
	if s, ok := m.want.(phrase); ok {
		want = string(s)
	}
	if s, ok := m.want.(string); ok && (s == wordAbsent || s == wordAny || s == wordNull || strings.HasPrefix(s, "/")) {
		want = s
	}
	return fmt.Sprintf("%s: expected %s, got %s", m.path, want, got)
}

// matcher holds values against an expectation.
type matcher struct {
	exact      bool // objects must have no other members
	mismatches []mismatch
}

// value holds a value against what was wanted: objects have the named members, lists as many elements, or those that
// {contains: [...]} names; /.../ is a regular expression; absent, null and any are words.
func (m *matcher) value(want, got any, present bool, path, pointer string) {
	miss := func() { m.mismatches = append(m.mismatches, mismatch{path, pointer, want, got, present}) }
	switch want := want.(type) {
	case map[string]any:
		if some, ok := contains(want); ok {
			m.contains(some, got, path, pointer)
			return
		}
		object, ok := got.(map[string]any)
		if !ok {
			miss()
			return
		}
		for _, key := range slices.Sorted(maps.Keys(want)) {
			member, there := object[key]
			m.value(want[key], member, there, join(path, key), pointer+pointerTo([]string{key}))
		}
		if m.exact && len(unnamed(want, object)) > 0 {
			miss()
		}
	case []any:
		list, ok := got.([]any)
		if !ok || len(list) != len(want) {
			miss()
			return
		}
		for i, element := range want {
			m.value(element, list[i], true, join(path, strconv.Itoa(i)), pointer+"/"+strconv.Itoa(i))
		}
	default:
		if !scalarFits(want, got, present) {
			miss()
		}
	}
}

// contains holds a list against elements that it must have, in any order.
func (m *matcher) contains(some []any, got any, path, pointer string) {
	list, _ := got.([]any)
	for i, element := range some {
		if !slices.ContainsFunc(list, func(v any) bool { return fits(element, v, m.exact) }) {
			m.mismatches = append(m.mismatches, mismatch{join(path, "contains"), pointer + "/contains/" + strconv.Itoa(i), element, got, true})
		}
	}
}

func fits(want, got any, exact bool) bool {
	m := matcher{exact: exact}
	m.value(want, got, true, "", "")
	return len(m.mismatches) == 0
}

// contains reads {contains: [...]}.
func contains(want map[string]any) ([]any, bool) {
	some, ok := want["contains"].([]any)
	return some, ok && len(want) == 1
}

// unnamed are the members of an object that the expectation does not name.
func unnamed(want, got map[string]any) []string {
	var names []string
	for _, key := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[key]; !ok {
			names = append(names, key)
		}
	}
	return names
}

func scalarFits(want, got any, present bool) bool {
	switch want := want.(type) {
	case string:
		switch want {
		case wordAbsent:
			return !present
		case wordAny:
			return present
		case wordNull:
			return present && got == nil
		}
		if text, ok := expression(want); ok {
			return present && matches(text, got)
		}
		return present && got == any(want)
	case json.Number:
		number, ok := got.(json.Number)
		return ok && sameNumber(want, number)
	}
	return present && reflect.DeepEqual(want, got)
}

// expression reads /.../.
func expression(s string) (string, bool) {
	if len(s) < 2 || s[0] != '/' || s[len(s)-1] != '/' {
		return "", false
	}
	return s[1 : len(s)-1], true
}

// matches holds a plain value against a regular expression, which was tried when the file was checked.
func matches(expression string, got any) bool {
	switch got.(type) {
	case string, json.Number, bool:
		re, err := regexp.Compile(expression)
		return err == nil && re.MatchString(text(got))
	}
	return false
}

func sameNumber(a, b json.Number) bool {
	if a == b {
		return true
	}
	x, ok := new(big.Rat).SetString(a.String())
	y, good := new(big.Rat).SetString(b.String())
	return ok && good && x.Cmp(y) == 0
}

// wished is what came, with what was expected in the places where it is not as expected: to be shown beside what came.
func wished(want, got any, present, exact bool) any {
	switch w := want.(type) {
	case map[string]any:
		if some, ok := contains(w); ok {
			list, _ := got.([]any)
			list = slices.Clone(list)
			for _, element := range some {
				if !slices.ContainsFunc(list, func(v any) bool { return fits(element, v, exact) }) {
					list = append(list, element)
				}
			}
			return list
		}
		object, ok := got.(map[string]any)
		if !ok {
			return want
		}
		merged := maps.Clone(object)
		for key, v := range w {
			member, there := object[key]
			if v == wordAbsent {
				delete(merged, key)
			} else {
				merged[key] = wished(v, member, there, exact)
			}
		}
		if exact {
			for _, key := range unnamed(w, object) {
				delete(merged, key)
			}
		}
		return merged
	case []any:
		list, ok := got.([]any)
		if !ok || len(list) != len(w) {
			return want
		}
		merged := make([]any, len(w))
		for i := range w {
			merged[i] = wished(w[i], list[i], true, exact)
		}
		return merged
	}
	if scalarFits(want, got, present) {
		return got
	}
	return want
}

func join(path, step string) string {
	if path == "" {
		return step
	}
	return path + "." + step
}

// compact writes a value as JSON on one line.
func compact(v any) string { return encode(v, "") }

// pretty writes a value as JSON on many lines.
func pretty(v any) string { return encode(v, "  ") }

func encode(v any, indent string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	if err := e.Encode(v); err != nil {
		return fmt.Sprint(v)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

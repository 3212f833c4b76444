package scenario

import (
	"encoding/json"
	"fmt"
	"strings"

	"dragonmock/mock/internal/pattern"
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
	if s, ok := m.want.(string); ok && (s == pattern.Absent || s == pattern.Any || s == pattern.Null || strings.HasPrefix(s, "/")) {
		want = s
	}
	return fmt.Sprintf("%s: expected %s, got %s", m.path, want, got)
}

// expectation makes a pattern of what was wanted. Its expressions were tried when the file was checked.
func expectation(want any, exact bool) *pattern.Pattern {
	p, _ := pattern.Compile(want, pattern.Dialect{Words: true, Written: true, Exact: exact})
	return p
}

// compare holds a value against an expectation. Path and pointer say where the two stand.
func compare(p *pattern.Pattern, got any, present bool, path, pointer string) []mismatch {
	var found []mismatch
	for _, m := range p.Mismatches(got, present) {
		found = append(found, mismatch{join(path, m.Path), pointer + string(m.Pointer), m.Want, m.Got, m.Present})
	}
	return found
}

// join puts a path behind another, with a dot between them.
func join(path, more string) string {
	if path == "" || more == "" {
		return path + more
	}
	return path + "." + more
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

package scenario

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"dragonmock/mock/internal/nearest"
	"dragonmock/mock/internal/pattern"
)

// methods are those of RFC 9110 and RFC 5789.
var methods = []string{
	http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions, http.MethodTrace, http.MethodConnect,
}

// explainHeader asks the mock for reasons; ownPrefix begins the headers that are its own.
const (
	explainHeader = "X-Mock-Explain"
	ownPrefix     = "X-Mock-"
)

// sentHeaders are sent with every step that does not take them away.
var sentHeaders = []string{"Authorization", "Content-Type", explainHeader}

// method judges the method of a request. One that is near no other may be tried, if the step expects that it is refused.
func (c *checker) method(s Step) {
	method, _, _ := strings.Cut(text(s.value), " ")
	success, _ := s.outcome()
	if slices.Contains(methods, method) {
		return
	}
	hint := nearest.DidYouMean(method, methods)
	for _, known := range methods {
		if hint == "" && sorted(known) == sorted(method) {
			hint = ", did you mean " + known + "?"
		}
	}
	if success || hint != "" {
		c.wrong(s.pointer+"/request", "no method %s%s", method, hint)
	}
}

// sorted are the letters of a word: in short ones two that are swapped are half of it.
func sorted(word string) string {
	letters := []byte(word)
	slices.Sort(letters)
	return string(letters)
}

// headers judges the names of the headers that a step sends: a misspelt one says nothing, and one that is taken away must be
// one that is sent.
func (c *checker) headers(s Step) {
	known := slices.Clone(sentHeaders)
	for _, op := range c.player.Operations {
		known = append(known, op.Headers...)
	}
	success, _ := s.outcome()
	c.headersOnce(s.headers, s.pointer+"/headers")
	for name, value := range s.headers {
		at := below(s.pointer+"/headers", name)
		same := func(k string) bool { return http.CanonicalHeaderKey(k) == http.CanonicalHeaderKey(name) }
		_, notBoolean := strconv.ParseBool(text(value))
		switch meant := nearest.Header(name, known); {
		case value == pattern.Absent && !slices.ContainsFunc(sentHeaders, same):
			c.wrong(at, "it is not sent, so that it cannot be taken away%s", nearest.DidYouMean(name, sentHeaders))
		case same(explainHeader) && value != pattern.Absent && notBoolean != nil && success:
			c.wrong(at, "expected 1 or true")
		case slices.ContainsFunc(known, same):
		case meant != "" && !strings.HasPrefix(http.CanonicalHeaderKey(name), ownPrefix):
			c.wrong(at, "nothing reads this header, did you mean %s?", meant)
		case success && strings.HasPrefix(http.CanonicalHeaderKey(name), ownPrefix):
			c.wrong(at, "the mock reads no such header%s", nearest.DidYouMean(name, []string{explainHeader}))
		}
	}
}

// headersOnce judges headers that come twice, since their case does not count: only one of the two could be meant.
func (c *checker) headersOnce(headers map[string]any, at string) {
	met := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(headers)) {
		canonical := http.CanonicalHeaderKey(name)
		if met[canonical] {
			c.wrong(below(at, name), "it is the header %s again", canonical)
		}
		met[canonical] = true
	}
}

// Constant is what a step says of the world in a member, when it is no name that is filled in.
type Constant struct {
	Kind    string // of the step
	Value   any
	Pointer string
	Refused bool // the step expects a refusal
}

// Constants are the values of the steps that the test author's side of a server reads, and the programmes of calls, in the
// order of the steps.
func (f *File) Constants() []Constant {
	var list []Constant
	for _, s := range f.Steps {
		value, pointer := s.value, s.pointer+"/"+s.Kind
		if s.calls() {
			var there bool
			if value, pointer, there = s.program(); !there {
				continue
			}
		}
		success, _ := s.outcome()
		list = append(list, Constant{s.Kind, value, pointer, !success})
	}
	return list
}

// Names visits the names that steps speak of, such as pass.ePassId, and the pointers of the strings that they stand in.
func (f *File) Names(visit func(pointer, name string)) {
	for _, s := range f.Steps {
		for pointer, part := range s.parts() {
			used(part, pointer, visit)
		}
	}
}

// program is the programme that a call names.
func (s Step) program() (value any, pointer string, there bool) {
	for name, value := range s.headers {
		if http.CanonicalHeaderKey(name) == "X-Program-Id" && value != pattern.Absent {
			return value, below(s.pointer+"/headers", name), true
		}
	}
	return nil, "", false
}

// Said is a member of a constant as text; false when it is not there, or a name stands in it that is filled in later.
func Said(v any) (string, bool) {
	if v == nil {
		return "", false
	}
	word := text(v)
	return word, !wholeName.MatchString(word) && !insideName.MatchString(word)
}

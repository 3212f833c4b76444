package pattern

import (
	"bytes"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// The words of a dialect that has words.
const (
	Absent = "absent" // there is no such member
	Null   = "null"   // it is there, and null
	Any    = "any"    // it is there
)

// Dialect is how a pattern is read. The zero Dialect is what all have in common.
type Dialect struct {
	Words   bool // absent, null, any and {contains: [...]} are words of the language, not values
	Written bool // regular expressions are held against numbers and booleans too, as they are written
	Exact   bool // objects have no other members than the named ones
}

// Pattern is a compiled pattern. It never changes, so that it can be shared.
type Pattern struct {
	want       any
	form       form
	exact      bool           // of an object
	written    bool           // of an expression
	expression *regexp.Regexp // nil when it could not be read: it fits nothing
	names      []string       // of an object, sorted
	parts      []*Pattern     // of an object in the order of names, of a list, of contains
}

type form int

const (
	formPlain form = iota // a boolean, null, or text
	formNumber
	formExpression
	formObject
	formList
	formContains
	formAbsent
	formNull
	formAny
)

// Problem is a regular expression that cannot be read.
type Problem struct {
	Pointer jsontext.Pointer // where it stands in the pattern
	Err     error
}

// Parse reads a pattern that is written in valid JSON.
func Parse(data []byte, d Dialect) (*Pattern, []Problem) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var want any
	_ = decoder.Decode(&want) // the caller says that it is valid
	return Compile(want, d)
}

// Compile makes a pattern of a decoded JSON value, in which numbers are [json.Number]. The pattern can be used although
// there are problems: an expression that cannot be read fits nothing.
func Compile(want any, d Dialect) (*Pattern, []Problem) {
	c := compiler{dialect: d}
	return c.compile(want, ""), c.problems
}

type compiler struct {
	dialect  Dialect
	problems []Problem
}

func (c *compiler) compile(want any, at jsontext.Pointer) *Pattern {
	p := &Pattern{want: want}
	switch want := want.(type) {
	case map[string]any:
		if some, ok := contains(want); ok && c.dialect.Words {
			p.form = formContains
			p.parts = c.list(some, at.AppendToken("contains"))
			break
		}
		p.form, p.exact, p.names = formObject, c.dialect.Exact, slices.Sorted(maps.Keys(want))
		for _, name := range p.names {
			p.parts = append(p.parts, c.compile(want[name], at.AppendToken(name)))
		}
	case []any:
		p.form, p.parts = formList, c.list(want, at)
	case json.Number:
		p.form = formNumber
	case string:
		c.text(p, want, at)
	}
	return p
}

func (c *compiler) list(elements []any, at jsontext.Pointer) []*Pattern {
	parts := make([]*Pattern, len(elements))
	for i, element := range elements {
		parts[i] = c.compile(element, at.AppendToken(strconv.Itoa(i)))
	}
	return parts
}

func (c *compiler) text(p *Pattern, want string, at jsontext.Pointer) {
	if c.dialect.Words {
		switch want {
		case Absent:
			p.form = formAbsent
			return
		case Null:
			p.form = formNull
			return
		case Any:
			p.form = formAny
			return
		}
	}
	expression, ok := Expression(want)
	if !ok {
		return
	}
	p.form, p.written = formExpression, c.dialect.Written
	var err error
	if p.expression, err = regexp.Compile(expression); err != nil {
		c.problems = append(c.problems, Problem{at, err})
	}
}

// Expression returns the regular expression of a string of the form /.../.
func Expression(s string) (string, bool) {
	if len(s) < 2 || s[0] != '/' || s[len(s)-1] != '/' {
		return "", false
	}
	return s[1 : len(s)-1], true
}

// contains reads {contains: [...]}.
func contains(want map[string]any) ([]any, bool) {
	some, ok := want["contains"].([]any)
	return some, ok && len(want) == 1
}

package pattern

import (
	"bytes"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/internal/brief"
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
	steps      int            // of the whole
}

type form int

const (
	formPlain form = iota // a boolean, null, or text
	formNumber
	formDigits
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
	p := c.compile(want)
	p.steps = c.steps
	return p, c.problems
}

// Steps is how much the regular expressions of the pattern take, see [Most].
func (p *Pattern) Steps() int { return p.steps }

// Digits is a whole number of which nobody can say whether text is meant, such as an id, or a number: it fits either.
type Digits string

// MarshalJSON writes the number.
func (d Digits) MarshalJSON() ([]byte, error) { return []byte(d), nil }

type compiler struct {
	dialect  Dialect
	path     []string // to what is compiled
	steps    int
	problems []Problem
}

// enter compiles a part.
func (c *compiler) enter(name string, want any) *Pattern {
	c.path = append(c.path, name)
	p := c.compile(want)
	c.path = c.path[:len(c.path)-1]
	return p
}

func (c *compiler) compile(want any) *Pattern {
	p := &Pattern{want: want}
	switch want := want.(type) {
	case map[string]any:
		if some, ok := contains(want); ok && c.dialect.Words {
			p.form = formContains
			c.path = append(c.path, "contains")
			p.parts = c.list(some)
			c.path = c.path[:len(c.path)-1]
			break
		}
		p.form, p.exact, p.names = formObject, c.dialect.Exact, slices.Sorted(maps.Keys(want))
		for _, name := range p.names {
			p.parts = append(p.parts, c.enter(name, want[name]))
		}
	case []any:
		p.form, p.parts = formList, c.list(want)
	case json.Number:
		p.form = formNumber
	case Digits:
		p.form = formDigits
	case string:
		c.text(p, want)
	}
	return p
}

func (c *compiler) list(elements []any) []*Pattern {
	parts := make([]*Pattern, len(elements))
	for i, element := range elements {
		parts[i] = c.enter(strconv.Itoa(i), element)
	}
	return parts
}

func (c *compiler) text(p *Pattern, want string) {
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
	var steps int
	if p.expression, steps, err = compile(expression, Most-c.steps); err != nil && len(c.problems) < brief.Enough {
		c.problems = append(c.problems, Problem{pointer(c.path), err})
	}
	c.steps += steps
}

// pointer writes a path as a JSON pointer.
func pointer(path []string) (p jsontext.Pointer) {
	for _, name := range path {
		p = p.AppendToken(name)
	}
	return p
}

// contains reads {contains: [...]}.
func contains(want map[string]any) ([]any, bool) {
	some, ok := want["contains"].([]any)
	return some, ok && len(want) == 1
}

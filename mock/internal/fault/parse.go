package fault

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// maxDepth bounds the nesting of what is read, because every level is read anew.
const maxDepth = 64

// Parse reads the rules of {"faults": [...]}, or of the list alone. The error is an [*Error] that names every problem by
// its JSON pointer; there are no rules then. Rules without an id are left without.
func Parse(data []byte, known Known) ([]Rule, error) {
	raw, err := document(data)
	if err != nil {
		return nil, err
	}
	var r reader
	rules := []Rule{}
	list := func(raw jsontext.Value, at jsontext.Pointer) {
		if raw.Kind() != '[' {
			r.add(at, "expected a list, got %s", kind(raw))
			return
		}
		ids := map[string]string{}
		eachItem(raw, func(i int, value jsontext.Value) {
			rules = append(rules, r.whole(value, at.AppendToken(strconv.Itoa(i)), known, ids))
		})
	}
	if raw.Kind() == '[' {
		list(raw, "")
	} else {
		given := false
		r.object(raw, "", []string{"faults"}, func(_ string, value jsontext.Value, at jsontext.Pointer) {
			given = true
			list(value, at)
		})
		if !given && raw.Kind() == '{' {
			r.add("/faults", "it is missing")
		}
	}
	if err := r.err(); err != nil {
		return nil, err
	}
	return rules, nil
}

// ParseRule reads one rule, as [Parse] reads many.
func ParseRule(data []byte, known Known) (Rule, error) {
	raw, err := document(data)
	if err != nil {
		return Rule{}, err
	}
	var r reader
	rule := r.whole(raw, "", known, map[string]string{})
	if err := r.err(); err != nil {
		return Rule{}, err
	}
	return rule, nil
}

// whole reads and checks one rule. What could not be read is not checked, so that no mistake is named twice.
func (r *reader) whole(raw jsontext.Value, at jsontext.Pointer, known Known, ids map[string]string) Rule {
	var own reader
	rule, acts := own.rule(raw, at)
	if raw.Kind() == '{' {
		c := checker{known: known, ids: ids}
		c.rule(rule, at, acts)
		for _, p := range c.problems {
			if !own.covers(p.Pointer) {
				own.problems = append(own.problems, p)
			}
		}
	}
	r.problems = append(r.problems, own.problems...)
	return rule
}

// document holds JSON against its grammar: one value, no name twice, not too deep.
func document(data []byte) (jsontext.Value, error) {
	d := jsontext.NewDecoder(bytes.NewReader(data))
	for {
		_, err := d.ReadToken()
		switch {
		case errors.Is(err, io.EOF):
			return nil, &Error{[]Problem{{Message: "expected JSON, got nothing"}}}
		case err != nil:
			return nil, &Error{[]Problem{grammar(err)}}
		case d.StackDepth() > maxDepth:
			return nil, &Error{[]Problem{{string(d.StackPointer()), fmt.Sprintf("it is nested more than %d deep", maxDepth)}}}
		}
		if d.StackDepth() == 0 {
			break
		}
	}
	if rest := bytes.TrimSpace(data[d.InputOffset():]); len(rest) > 0 {
		return nil, &Error{[]Problem{{Message: "expected one JSON value, got more"}}}
	}
	return bytes.TrimSpace(data), nil
}

// grammar says where JSON is broken.
func grammar(err error) Problem {
	var syntax *jsontext.SyntacticError
	if !errors.As(err, &syntax) {
		return Problem{Message: "it is no JSON: " + err.Error()}
	}
	if errors.Is(err, jsontext.ErrDuplicateName) {
		return Problem{string(syntax.JSONPointer), "it is there twice"}
	}
	text := strings.TrimPrefix(syntax.Err.Error(), "jsontext: ")
	return Problem{string(syntax.JSONPointer), fmt.Sprintf("it is no JSON: %s at byte %d", text, syntax.ByteOffset)}
}

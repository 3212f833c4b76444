package contract

import (
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/internal/schema"
)

// parameter is one value in path, query or header, or several in a query.
type parameter struct {
	name, in string
	required bool
	schema   *openapi3.Schema
	several  bool // its values are a list
}

func newParameter(p *openapi3.Parameter) (parameter, error) {
	if p.Schema == nil {
		return parameter{}, fmt.Errorf("parameter %s has no schema", p.Name)
	}
	own := parameter{name: p.Name, in: p.In, required: p.Required, schema: p.Schema.Value}
	switch kind := p.Schema.Value.Type; {
	case plain(p.Schema.Value):
	case kind.Is(openapi3.TypeArray):
		method, err := p.SerializationMethod()
		if err != nil || p.In != openapi3.ParameterInQuery || method.Style != openapi3.SerializationForm || !method.Explode || !plain(p.Schema.Value.Items.Value) {
			return parameter{}, fmt.Errorf("parameter %s is a list, which is written as one query parameter a value here: style form, explode", p.Name)
		}
		own.several = true
	default:
		return parameter{}, fmt.Errorf("parameter %s is neither plain nor a list of what is plain", p.Name)
	}
	return own, nil
}

// words are those that it may be; none: any.
func (p parameter) words() (words []string) {
	for _, word := range p.schema.Enum {
		words = append(words, fmt.Sprint(word))
	}
	return words
}

// PathValues names the values that a router found in a path; escaped says that they are as they were sent. It returns
// false when one is empty or more than a segment: routers give the rest of a path to the last parameter, but that is
// another path.
func PathValues(names, values []string, escaped bool) (url.Values, bool) {
	if len(names) == 0 {
		return nil, true
	}
	found := make(url.Values, len(names))
	for i, name := range names {
		value := values[i]
		if value == "" || strings.Contains(value, "/") {
			return nil, false
		}
		if plain, err := url.PathUnescape(value); err == nil && escaped {
			value = plain
		}
		found.Set(name, value)
	}
	return found, true
}

// plain says whether a value is one word.
func plain(s *openapi3.Schema) bool {
	return s.Type.Is(openapi3.TypeString) || s.Type.Is(openapi3.TypeInteger) || s.Type.Is(openapi3.TypeNumber) || s.Type.Is(openapi3.TypeBoolean)
}

// valueOf reads one word as the schema has it, in the types that kin-openapi knows.
func valueOf(s *openapi3.Schema, word string) (any, error) {
	switch {
	case s.Type.Is(openapi3.TypeInteger):
		n, err := strconv.ParseInt(word, 10, 64)
		return float64(n), err
	case s.Type.Is(openapi3.TypeNumber):
		n, err := strconv.ParseFloat(word, 64)
		if !jsontext.Value(word).IsValid() { // Go has other forms, such as 0x1p3 and 1_0
			err = strconv.ErrSyntax
		}
		if err == nil && (math.IsInf(n, 0) || math.IsNaN(n)) {
			err = strconv.ErrRange
		}
		return n, err
	case s.Type.Is(openapi3.TypeBoolean) && word != "true" && word != "false":
		return nil, strconv.ErrSyntax
	case s.Type.Is(openapi3.TypeBoolean):
		return word == "true", nil
	}
	return word, nil
}

// check holds the sent values against the schema.
func (p parameter) check(sent []string) *Violation {
	switch {
	case len(sent) == 0 && p.required:
		return p.violation("expected " + schema.Describe(p.schema) + ", it is missing")
	case len(sent) == 0:
		return nil
	case p.several:
		return p.checkList(sent)
	case len(sent) > 1:
		return p.violation(fmt.Sprintf("expected one value, got %d", len(sent)))
	}
	hint := ""
	if p.in == openapi3.ParameterInQuery && strings.Contains(sent[0], ";") {
		hint = "; what divides parameters is &, not ;"
	}
	value, err := valueOf(p.schema, sent[0])
	if err != nil {
		return p.violation("expected " + schema.Describe(p.schema) + ", got something else" + hint)
	}
	if err := p.schema.VisitJSON(value); err != nil {
		return p.violation("expected " + schema.Broken(p.schema, err) + p.spaced(sent[0]) + hint)
	}
	return nil
}

// spaced says where a space in an instant comes from: whoever wrote +00:00 believes to have sent a plus.
func (p parameter) spaced(word string) string {
	if p.in == openapi3.ParameterInQuery && p.schema.Format == "date-time" && strings.Contains(word, " ") {
		return "; in a query + is a space, and a plus is written %2B"
	}
	return ""
}

func (p parameter) violation(text string) *Violation {
	return &Violation{Where: p.in + " " + p.name, Expected: text}
}

// checkList holds a list of values against the schema.
func (p parameter) checkList(sent []string) *Violation {
	if most := p.schema.MaxItems; most != nil && uint64(len(sent)) > *most {
		return p.violation(fmt.Sprintf("expected at most %d values, got %d", *most, len(sent)))
	}
	if least := p.schema.MinItems; uint64(len(sent)) < least {
		return p.violation(fmt.Sprintf("expected at least %d values, got %d", least, len(sent)))
	}
	const each = "expected one or more values, each of them "
	item, list := p.schema.Items.Value, make([]any, len(sent))
	for i, word := range sent {
		var err error
		if list[i], err = valueOf(item, word); err != nil {
			return p.violation(each + schema.Describe(item) + ", got something else")
		}
		if err := item.VisitJSON(list[i]); err != nil {
			return p.violation(each + schema.Broken(item, err))
		}
	}
	if err := p.schema.VisitJSON(list); err != nil {
		return p.violation("expected " + schema.Broken(p.schema, err))
	}
	return nil
}

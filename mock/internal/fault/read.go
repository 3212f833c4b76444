package fault

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/internal/strictjson"
)

// Problem is one thing that is wrong with rules.
type Problem = strictjson.Problem

// Error is all that is wrong with rules, a hundred problems at most.
type Error = strictjson.Error

// Parse reads the rules of {"faults": [...]}, or of the list alone. The error is an [*Error] that names every problem by
// its JSON pointer; there are no rules then. Rules without an id are left without.
func Parse(data []byte, known Known) ([]Rule, error) {
	raw, err := strictjson.Document(data)
	if err != nil {
		return nil, err
	}
	c := checker{known: known, ids: map[string]string{}}
	var list []jsontext.Value
	at := jsontext.Pointer("")
	if raw.Kind() == '[' {
		list = strictjson.Read[[]jsontext.Value](&c.Problems, raw, at, nil)
	} else {
		list = strictjson.Read[struct {
			Faults []jsontext.Value `json:"faults"`
		}](&c.Problems, raw, at, nil).Faults
		at = "/faults"
		if raw.Kind() == '{' && strictjson.Members(raw)["faults"] == nil {
			c.Add(at, "it is missing")
		}
	}
	rules := []Rule{}
	for i, value := range list {
		if !c.Full() {
			rules = append(rules, c.read(value, at.AppendToken(strconv.Itoa(i))))
		}
	}
	if err := c.Err(); err != nil {
		return nil, err
	}
	return rules, nil
}

// ParseRule reads one rule, as [Parse] reads many.
func ParseRule(data []byte, known Known) (Rule, error) {
	raw, err := strictjson.Document(data)
	if err != nil {
		return Rule{}, err
	}
	c := checker{known: known, ids: map[string]string{}}
	rule := c.read(raw, "")
	if err := c.Err(); err != nil {
		return Rule{}, err
	}
	return rule, nil
}

// read reads and checks one rule. What could not be read is not checked, so that no mistake is named twice.
func (c *checker) read(raw jsontext.Value, at jsontext.Pointer) Rule {
	var found strictjson.Problems
	rule := strictjson.Read[Rule](&found, raw, at, unmarshalers)
	c.written(rule, raw, at, found)
	return rule.compact()
}

// written checks a rule that was read from raw. Found is what was wrong with it then.
func (c *checker) written(rule Rule, raw jsontext.Value, at jsontext.Pointer, found strictjson.Problems) {
	given := strictjson.Members(raw)
	if string(given["id"]) == `""` {
		found.Add(at.AppendToken("id"), "expected a name, or no id at all")
	}
	if limit := given[actRateLimit]; limit.Kind() == '{' {
		if of := strictjson.Members(limit); of["requests"] == nil || of["per"] == nil {
			found.Add(at.AppendToken(actRateLimit), "expected requests and per")
		}
	}
	// An action counts although it could not be read, or has the zero value.
	acts := slices.DeleteFunc(slices.Clone(actions), func(act string) bool {
		return given[act] == nil || act == actMalformed && given[act].Kind() == 'f'
	})
	match := string(at.AppendToken("match")) + "/"
	if slices.ContainsFunc(found, func(p Problem) bool { return strings.HasPrefix(p.Pointer, match) }) {
		rule.Match = rule.Match.orNone() // it has something, which could not be read
	}
	own := checker{known: c.known, ids: c.ids, weight: c.weight}
	own.rule(rule, at, acts)
	c.weight = own.weight
	for _, p := range own.Problems {
		if !found.Cover(p.Pointer) {
			found = append(found, p)
		}
	}
	c.Problems = append(c.Problems, found...)
}

// unmarshalers read whole numbers within their bounds, and texts as YAML has them.
var unmarshalers = json.JoinUnmarshalers(json.UnmarshalFromFunc(readWhole), json.UnmarshalFromFunc(readTexts))

// leasts are the least values of the whole numbers of a rule. Other whole numbers are counters.
var leasts = map[string]int64{"after": 0, "times": 1, actTruncate: 0, actSlowBody: 1, "requests": 1, "status": 200}

// readWhole reads a whole number: in a rule one of 32 bits, which no rule needs more than.
func readWhole(d *jsontext.Decoder, n *int) error {
	least, ofRule := leasts[d.StackPointer().LastToken()]
	raw, err := d.ReadValue()
	if err != nil {
		return err
	}
	read, err := strconv.ParseInt(string(raw), 10, strconv.IntSize)
	if err == nil && ofRule && read > math.MaxInt32 {
		return fmt.Errorf("expected a whole number of at most %d", math.MaxInt32)
	}
	if err != nil || read < least {
		return fmt.Errorf("expected a whole number of %d or more", least)
	}
	*n = int(read)
	return nil
}

// loose is a text that may be written as a number or a boolean, because YAML makes them of 1 and true.
type loose string

// UnmarshalJSONFrom takes a number or a boolean as it is written.
func (l *loose) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	switch d.PeekKind() {
	case '0', 't', 'f':
		raw, err := d.ReadValue()
		*l = loose(raw)
		return err
	}
	return json.UnmarshalDecode(d, (*string)(l))
}

// readTexts reads names with their texts.
func readTexts(d *jsontext.Decoder, list *map[string]string) error {
	var read map[string]loose
	if err := json.UnmarshalDecode(d, &read); err != nil {
		return err
	}
	*list = make(map[string]string, len(read))
	for name, text := range read {
		(*list)[name] = string(text)
	}
	return nil
}

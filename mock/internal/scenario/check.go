package scenario

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"dragonmock/mock/internal/brief"
	"dragonmock/mock/internal/nearest"
	"dragonmock/mock/internal/pattern"
)

// Check says all that is wrong with a file beyond its form: operations, errors and names that do not exist, path
// parameters that are missing, regular expressions that cannot be read. The error is an [*Error].
func (p *Player) Check(f *File) error {
	c := &checker{player: p, file: f, known: map[string]bool{clientName: true}, madeUp: answers{members: map[string]bool{}}, rules: map[string]string{}}
	for name := range f.names {
		c.known[name] = true
	}
	c.collect(f.root["faults"])
	for _, s := range f.Steps {
		if s.Kind == "fault" {
			c.collect(s.value)
		}
	}
	c.version(f.api, "/api")
	c.faults(f.root["faults"], "/faults")
	begins := maps.Clone(c.rules)
	for _, part := range []string{"given", "faults"} {
		c.nameless(f.root[part], "/"+part)
	}
	for _, s := range f.Steps {
		if s.Kind == "reset" {
			c.rules = maps.Clone(begins)
		}
		if !c.full() {
			c.step(s)
		}
	}
	if len(c.problems) == 0 {
		return nil
	}
	slices.SortStableFunc(c.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Pointer, b.Pointer))
	})
	return &Error{Path: f.Path, Problems: c.problems}
}

// savedName is what the names of a save are, as the schema has it.
var savedName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`)

type checker struct {
	player   *Player
	file     *File
	known    map[string]bool   // names, as far as the steps have come
	madeUp   answers           // what fault rules answer
	rules    map[string]string // the ids of fault rules, as far as the steps have come, and where they are given
	problems []Problem
}

// full says that nobody need look for more.
func (c *checker) full() bool { return len(c.problems) >= brief.Enough }

func (c *checker) wrong(pointer, format string, args ...any) {
	if !c.full() {
		c.problems = append(c.problems, c.file.problem(pointer, fmt.Sprintf(format, args...)))
	}
}

// nameless judges what a world begins with, before anything has a name: one that stands there would be taken for text, and
// a fault rule that waits for it would never act.
func (c *checker) nameless(v any, pointer string) {
	texts(v, pointer, func(at, s string) {
		name := insideName.FindString(s)
		if wholeName.MatchString(s) {
			name = s
		}
		switch {
		case name != "" && pointer == "/faults":
			c.wrong(at, "%s has a value in steps alone: there is a step, fault", name)
		case name != "":
			c.wrong(at, "%s has a value in steps alone", name)
		default:
			c.braces(at, s)
		}
	})
}

// names judges the names that a step speaks of.
func (c *checker) names(s Step) {
	unknown := func(at, name string) {
		first, _, _ := strings.Cut(name, ".")
		if !c.known[first] && !c.full() {
			c.wrong(at, "there is no $%s here%s", first, nearest.DidYouMean(first, slices.Sorted(maps.Keys(c.known))))
		}
	}
	for pointer, part := range s.parts() {
		used(part, pointer, unknown)
		texts(part, pointer, func(at, text string) {
			if wholeName.MatchString(text) {
				return
			}
			c.braces(at, text)
			for _, m := range bareName.FindAllStringSubmatch(text, -1) {
				if c.known[m[1]] {
					c.wrong(at, "%s stands inside a text: there it is ${%s}", m[0], m[1]+m[2])
				} else if at == s.pointer+"/"+kindRequest {
					unknown(at, m[1])
				}
			}
		})
	}
}

// braces judges what looks like a name inside a text and is none: it would be sent, or waited for, as it stands.
func (c *checker) braces(at, text string) {
	_, rest, there := strings.Cut(insideName.ReplaceAllString(text, " "), "${")
	if !there {
		return
	}
	written, _, closed := strings.Cut(rest, "}")
	if closed {
		written += "}"
	}
	c.wrong(at, "${%s is no name: expected ${name}, ${name.member} or, for a date, ${in 3d}", brief.Clip(written, 100))
}

// version judges the version of the vendor's API that a file or a step speaks.
func (c *checker) version(version, at string) (known bool) {
	var names []string
	for _, op := range c.player.Operations {
		if op.Version != "" && !slices.Contains(names, op.Version) { // the callback has none
			names = append(names, op.Version)
		}
	}
	if known = slices.Contains(names, version); !known {
		c.wrong(at, "there is no version %s of the API: expected one of %s", version, strings.Join(names, ", "))
	}
	return known
}

func (c *checker) step(s Step) {
	c.names(s)
	if s.version != c.file.api && !c.version(s.version, s.pointer+"/version") {
		return
	}
	switch s.Kind {
	case kindCall:
		c.call(s)
	case kindRequest:
		c.method(s)
		if strings.Contains(text(s.value), "?") && len(s.query) > 0 {
			c.wrong(s.pointer+"/query", "the path has a query already: expected one of the two")
		}
	case "fault":
		switch rules := s.value.(type) {
		case []any: // in place of all others
			clear(c.rules)
			c.faults(rules, s.pointer+"/fault")
		default:
			c.fault(rules, s.pointer+"/fault")
		}
	case "expectRequests":
		want := s.value.(map[string]any)
		at, id := s.pointer+"/expectRequests/operation", text(want["operation"])
		if c.operation(id, at); slices.ContainsFunc(c.player.Operations, func(o Operation) bool { return o.ID == id && o.Method == "" }) {
			c.wrong(at, "no client requests %s: expectWebhooks counts callbacks", id)
		}
	case "expectWebhooks":
		c.expressions(s.value, s.pointer+"/expectWebhooks")
		c.everyEvent(s)
		c.webhookMembers(s)
	}
	c.headers(s)
	c.sentMembers(s)
	c.expect(s)
	c.expectedMembers(s)
	c.savedMembers(s)
	for name := range s.Save {
		switch _, given := c.file.names[name]; {
		case !savedName.MatchString(name):
			c.wrong(below(s.pointer+"/save", name), "expected a name: letters, digits and _")
		case given:
			c.wrong(below(s.pointer+"/save", name), "%s is the name of what is given already: expected another name", name)
		case name == clientName:
			c.wrong(below(s.pointer+"/save", name), "client is the client itself: expected another name")
		}
		c.known[name] = true
	}
}

func (c *checker) call(s Step) {
	at := s.pointer + "/call"
	id := s.value.(string)
	op, ok := c.player.operation(s.version, id)
	if !ok {
		c.wrong(at, "no operation %s in %s%s", id, s.version, nearest.DidYouMean(id, c.operations(s.version)))
		return
	}
	parameters := op.parameters()
	for _, name := range parameters {
		if _, ok := s.path[name]; !ok {
			c.wrong(at, "%s wants path: {%s: ...}", id, name)
		}
	}
	for name := range s.path {
		if !slices.Contains(parameters, name) {
			c.wrong(below(s.pointer+"/path", name), "%s has no such path parameter%s", id, nearest.DidYouMean(name, parameters))
		}
	}
	for name := range s.query { // what the operation does not know can be sent with request
		if !slices.Contains(op.Query, name) {
			c.wrong(below(s.pointer+"/query", name), "%s has no such query parameter%s", id, nearest.DidYouMean(name, op.Query))
		}
	}
}

// operation checks an operationId of any version.
func (c *checker) operation(id, pointer string) {
	if known := c.operations(""); !slices.Contains(known, id) {
		c.wrong(pointer, "no operation %s%s", id, nearest.DidYouMean(id, known))
	}
}

// operations are the ids of one version, or of all.
func (c *checker) operations(version string) []string {
	var ids []string
	for _, op := range c.player.Operations {
		if version == "" || op.Version == version {
			ids = append(ids, op.ID)
		}
	}
	return ids
}

func (c *checker) symbol(symbol, pointer string) {
	if _, ok := c.player.Errors[symbol]; !ok {
		c.wrong(pointer, "no error %s%s", symbol, nearest.DidYouMean(symbol, slices.Sorted(maps.Keys(c.player.Errors))))
	}
}

func (c *checker) expect(s Step) {
	at := s.pointer + "/expect"
	if symbol, ok := s.Expect["error"].(string); ok {
		c.symbol(symbol, at+"/error")
	}
	c.expressions(s.Expect, at)
	if reply, ok := s.Expect["reply"]; ok {
		for member := range s.Expect {
			if member != "reply" && !slices.Contains(besideReply[reply], member) {
				c.wrong(below(at, member), "a reply that is %s has none: expected %s", reply, strings.Join(append([]string{"reply"}, besideReply[reply]...), ", "))
			}
		}
	}
	headers, _ := s.Expect["headers"].(map[string]any)
	c.headersOnce(headers, at+"/headers")
	for _, member := range []string{"body", "headers"} {
		if object, ok := s.Expect[member].(map[string]any); ok && len(object) == 0 {
			c.wrong(below(at, member), "it asks for nothing: expected a member at least")
		}
	}
}

// everyEvent judges what is said of every callback: nothing can be said of none.
func (c *checker) everyEvent(s Step) {
	want, _ := s.value.(map[string]any)
	for _, member := range everyEvent {
		at := s.pointer + "/expectWebhooks/" + member
		v, ok := want[member]
		if object, empty := v.(map[string]any); empty && len(object) == 0 {
			c.wrong(at, "it asks for nothing: expected a member at least")
		}
		if ok && text(want["count"]) == "0" {
			c.wrong(at, "with count: 0 there is no callback that it could be true of: expected count alone")
		}
	}
}

// expressions tries every regular expression of an expectation, and names what asks for nothing.
func (c *checker) expressions(v any, pointer string) {
	switch v := v.(type) {
	case map[string]any:
		if some, ok := v["contains"].([]any); ok && len(v) == 1 && len(some) == 0 {
			c.wrong(below(pointer, "contains"), "it asks for nothing: expected an element at least, or [] in place of {contains: []} for an empty list")
		}
		for key, member := range v {
			c.expressions(member, below(pointer, key))
		}
	case []any:
		for i, element := range v {
			c.expressions(element, below(pointer, strconv.Itoa(i)))
		}
	case string:
		if text, ok := pattern.Expression(v); ok {
			if err := pattern.CheckExpression(insideName.ReplaceAllString(text, "x")); err != nil {
				c.wrong(pointer, "%s", err)
			}
		}
	}
}

func (c *checker) faults(v any, pointer string) {
	rules, _ := v.([]any)
	for i, rule := range rules {
		c.fault(rule, below(pointer, strconv.Itoa(i)))
	}
}

func (c *checker) fault(v any, pointer string) {
	members, _ := v.(map[string]any)
	if id, ok := Said(members["id"]); ok {
		if other, taken := c.rules[id]; taken {
			c.wrong(pointer+"/id", "it is the id of %s", other)
		}
		c.rules[id] = pointer
	}
	if c.player.Judge == nil {
		return
	}
	rule, err := json.Marshal(blankRule(v))
	if err != nil {
		c.wrong(pointer, "%s", err)
		return
	}
	for at, reason := range c.player.Judge(rule) {
		c.wrong(pointer+at, "%s", reason)
	}
}

// blankRule puts something in place of the names in a fault rule, which nobody knows before the file is played: in its
// path any segment, in the body that it matches null, which every member can be, and elsewhere a word.
func blankRule(v any) any {
	rule, ok := blank(v, "x").(map[string]any)
	if !ok {
		return v
	}
	written := v.(map[string]any)
	if on, ok := written["on"]; ok {
		rule["on"] = blank(on, "{x}")
	}
	match, _ := written["match"].(map[string]any)
	if body, ok := match["body"]; ok {
		rule["match"].(map[string]any)["body"] = blank(body, nil)
	}
	return rule
}

// blank puts something in place of names: in the texts that hold them when it is text, and of these texts when it is nil.
func blank(v, instead any) any {
	switch v := v.(type) {
	case map[string]any:
		blanked := make(map[string]any, len(v))
		for key, member := range v {
			blanked[key] = blank(member, instead)
		}
		return blanked
	case []any:
		blanked := make([]any, len(v))
		for i, element := range v {
			blanked[i] = blank(element, instead)
		}
		return blanked
	case string:
		_, expression := pattern.Expression(v)
		if word, ok := instead.(string); ok || expression {
			return insideName.ReplaceAllString(v, cmp.Or(word, "x"))
		}
		if wholeName.MatchString(v) || insideName.MatchString(v) {
			return instead
		}
	}
	return v
}

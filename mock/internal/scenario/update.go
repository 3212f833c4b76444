package scenario

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"go.yaml.in/yaml/v4"

	"dragonmock/mock/internal/bom"
	"dragonmock/mock/internal/pattern"
	"dragonmock/mock/internal/yamlfile"
)

// Update puts what came in place of what was expected, where they differ: only values that the file names, by cutting
// and pasting text, so that comments, order and layout stay. Left says what it could not do, with its place.
func Update(data []byte, f FileReport) (updated []byte, changed int, left []string) {
	if rest, marked := bom.Cut(data); marked { // the mark stays
		updated, changed, left = Update(rest, f)
		return append([]byte(bom.Mark), updated...), changed, left
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil || len(doc.Content) == 0 {
		return data, 0, nil // it was read before
	}
	u := updater{text: string(data), lines: lineStarts(string(data))}
	for _, s := range f.Steps {
		for _, m := range s.mismatches {
			if err := u.change(doc.Content[0], m); err != nil {
				left = append(left, fmt.Sprintf("%s:%d: %s: %v", f.Path, s.Line, m.path, err))
			}
		}
	}
	// From the end, so that what is before stays where it is.
	slices.SortFunc(u.cuts, func(a, b cut) int { return b.from - a.from })
	for _, c := range slices.CompactFunc(u.cuts, func(a, b cut) bool { return a.from == b.from }) {
		u.text = u.text[:c.from] + c.paste + u.text[c.to:]
		changed++
	}
	return []byte(u.text), changed, left
}

// cut is a span of the text and what goes in its place.
type cut struct {
	from, to int
	paste    string
}

type updater struct {
	text  string
	lines []int // where each line begins
	cuts  []cut
}

func lineStarts(s string) []int {
	starts := []int{0}
	for i := range len(s) {
		if s[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

func (u *updater) change(root *yaml.Node, m mismatch) error {
	if _, ok := m.got.(phrase); ok {
		return fmt.Errorf("there is no value to put in its place")
	}
	n, err := at(root, m.pointer)
	if err != nil {
		return err
	}
	if strings.Contains(n.Value, "$") && (wholeName.MatchString(n.Value) || insideName.MatchString(n.Value)) {
		return fmt.Errorf("%s is a name, which stays", n.Value)
	}
	from := u.offset(n)
	to, err := u.end(n, from)
	if err != nil {
		return err
	}
	paste := pattern.Absent
	if m.present {
		paste = yamlText(m.got)
	}
	u.cuts = append(u.cuts, cut{from, to, paste})
	return nil
}

// at finds the node that a pointer names. What stands behind an alias is shared, and stays.
func at(n *yaml.Node, pointer string) (*yaml.Node, error) {
	for step := range jsontext.Pointer(pointer).Tokens() {
		var next *yaml.Node
		switch n.Kind {
		case yaml.MappingNode:
			for i := 0; i+1 < len(n.Content); i += 2 {
				if n.Content[i].Value == step {
					next = n.Content[i+1]
				}
			}
		case yaml.SequenceNode:
			if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(n.Content) {
				next = n.Content[i]
			}
		case yaml.AliasNode:
			return nil, fmt.Errorf("it stands behind the alias *%s, which others share", n.Value)
		}
		if next == nil {
			return nil, fmt.Errorf("the file does not name it")
		}
		n = next
	}
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		return nil, fmt.Errorf("it is shared by an alias")
	}
	return n, nil
}

// offset is where a node begins. Columns count characters.
func (u *updater) offset(n *yaml.Node) int {
	start := u.lines[n.Line-1]
	column := 1
	for i := range u.text[start:] {
		if column == n.Column {
			return start + i
		}
		column++
	}
	return len(u.text)
}

// end is where a node ends: a scalar on one line, or a list or object in brackets.
func (u *updater) end(n *yaml.Node, from int) (int, error) {
	rest := u.text[from:]
	switch {
	case rest == "":
		return 0, fmt.Errorf("it is too long to be found")
	case rest[0] == '"' || rest[0] == '\'':
		if n := quotedEnd(rest); n > 0 {
			return from + n, nil
		}
	case rest[0] == '[' || rest[0] == '{':
		if n := bracketEnd(rest); n > 0 {
			return from + n, nil
		}
	case n.Style&yaml.TaggedStyle != 0 && strings.HasPrefix(rest, "!!int "+n.Value):
		return from + len("!!int "+n.Value), nil
	case n.Kind == yaml.ScalarNode && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 && n.Value != "" && strings.HasPrefix(rest, n.Value):
		return from + len(n.Value), nil
	}
	return 0, fmt.Errorf("it is written over many lines: change it by hand")
}

// quotedEnd is the length of the quoted scalar that a text begins with; 0 if it does not end.
func quotedEnd(s string) int {
	for i := 1; i < len(s); i++ {
		switch {
		case s[0] == '"' && s[i] == '\\':
			i++
		case s[i] != s[0]:
		case s[0] == '\'' && i+1 < len(s) && s[i+1] == '\'':
			i++
		default:
			return i + 1
		}
	}
	return 0
}

// bracketEnd is the length of the list or object in brackets that a text begins with; 0 if it does not end.
func bracketEnd(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			if depth--; depth == 0 {
				return i + 1
			}
		case (c == '"' || c == '\'') && strings.ContainsRune(" [{,:\n", rune(s[i-1])):
			n := quotedEnd(s[i:])
			if n == 0 {
				return 0
			}
			i += n - 1
		case c == '#' && (s[i-1] == ' ' || s[i-1] == '\n'):
			for i < len(s) && s[i] != '\n' {
				i++
			}
		}
	}
	return 0
}

// yamlText writes a value so that it reads back as the same value: in brackets and quotes, as JSON has it, which is YAML.
func yamlText(v any) string {
	s, ok := v.(string)
	if n, isNumber := v.(json.Number); isNumber && yamlfile.LooksLikeID(n.String()) {
		return "!!int " + n.String()
	}
	if !ok {
		return compact(v)
	}
	if plainText(s) {
		return s
	}
	return compact(s)
}

// plainText says whether a string can stand without quotes.
func plainText(s string) bool {
	var n yaml.Node
	if strings.ContainsAny(s, ",[]{}\n") || strings.TrimSpace(s) != s || yaml.Unmarshal([]byte(s), &n) != nil || len(n.Content) != 1 {
		return false
	}
	scalarNode := n.Content[0]
	if scalarNode.Kind != yaml.ScalarNode || scalarNode.Value != s || scalarNode.LineComment != "" {
		return false
	}
	_, isNumber := yamlfile.Scalar(scalarNode).(json.Number)
	return !isNumber && yamlfile.Scalar(scalarNode) == any(s) && !slices.Contains([]string{pattern.Absent, pattern.Any, pattern.Null}, s)
}

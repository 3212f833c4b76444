// Package yamlfile owns YAML that people write: what it holds as JSON, and where each member stands, so that what is wrong
// is said with its line and column.
package yamlfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"go.yaml.in/yaml/v4"

	"dragonmock/mock/internal/bom"
)

// Place is where something stands in a file, from 1, and how a plain value is written there.
type Place struct {
	Line, Column int
	Text         string
	Plain        bool // it is neither in quotes nor tagged
}

// Places maps JSON pointers to where their member stands; a key's own place is under "key " and the pointer.
type Places map[string]Place

// Read turns YAML into a JSON value, and says where everything stands. A file holds one document, which is called what.
func Read(data []byte, what string) (any, Places, *Problem) {
	if marks(data) > maxMarks {
		return nil, nil, &Problem{Line: 1, Column: 1, Message: tooMuch}
	}
	var doc yaml.Node
	d := yaml.NewDecoder(bytes.NewReader(bom.Skip(data)))
	switch err := d.Decode(&doc); {
	case errors.Is(err, io.EOF) || err == nil && len(doc.Content) == 0:
		return nil, nil, &Problem{Line: 1, Column: 1, Message: "the file is empty"}
	case err != nil:
		return nil, nil, syntaxProblem(err)
	}
	var second yaml.Node
	switch err := d.Decode(&second); {
	case err == nil:
		return nil, nil, &Problem{Line: second.Line, Column: max(second.Column, 1), Message: "a second document begins here: expected one " + what + " a file"}
	case !errors.Is(err, io.EOF):
		return nil, nil, syntaxProblem(err)
	}
	r := reader{where: Places{}}
	value, problem := r.convert(doc.Content[0], "", 0)
	return value, r.where, problem
}

// Bounds of a file: of nesting, so that an alias cannot hold itself; of what it holds, so that aliases of aliases cannot
// multiply without end; of keys, since the place of whatever is below one is kept with it.
const (
	maxDepth  = 64
	maxPlaces = 10_000  // keys and values
	maxKey    = 500     // bytes
	maxPaths  = 4 << 20 // bytes of the pointers of all places
	maxMarks  = 3 * maxPlaces
)

var tooMuch = fmt.Sprintf("the file holds more than %d keys and values, aliases written out", maxPlaces)

// marks counts what begins or ends keys and values, line breaks of every kind among them, and what stands before them. It
// is known before the text is parsed, which takes much more memory.
func marks(data []byte) (n int) {
	for _, c := range data {
		switch c {
		case ',', ':', '[', '{', '\n', '\r', '&', '*', '!':
			n++
		}
	}
	for _, line := range []string{"\u0085", "\u2028", "\u2029"} {
		n += bytes.Count(data, []byte(line))
	}
	return n
}

type reader struct {
	where Places
	paths int // bytes of the pointers in where
}

func (r *reader) convert(n *yaml.Node, at string, depth int) (any, *Problem) {
	r.paths += len(at)
	switch {
	case depth > maxDepth:
		return nil, &Problem{n.Line, n.Column, at, fmt.Sprintf("it is nested more than %d deep", maxDepth)}
	case len(r.where) >= maxPlaces:
		return nil, &Problem{n.Line, n.Column, at, tooMuch}
	case r.paths > maxPaths:
		return nil, &Problem{n.Line, n.Column, at, "the file holds too much below keys as long as these"}
	}
	r.where[at] = Place{n.Line, n.Column, n.Value, plain(n)}
	switch n.Kind {
	case yaml.AliasNode:
		return r.convert(n.Alias, at, depth+1)
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, item := range n.Content {
			v, problem := r.convert(item, Below(at, strconv.Itoa(i)), depth+1)
			if problem != nil {
				return nil, problem
			}
			list[i] = v
		}
		return list, nil
	case yaml.MappingNode:
		object := make(map[string]any, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, item := n.Content[i], n.Content[i+1]
			if len(key.Value) > maxKey {
				return nil, &Problem{key.Line, key.Column, at, fmt.Sprintf("expected keys of at most %d bytes", maxKey)}
			}
			pointer := Below(at, key.Value)
			if _, twice := object[key.Value]; twice {
				return nil, &Problem{key.Line, key.Column, pointer, "it is there twice"}
			}
			v, problem := r.convert(item, pointer, depth+1)
			if problem != nil {
				return nil, problem
			}
			r.where["key "+pointer] = Place{key.Line, key.Column, key.Value, plain(key)}
			object[key.Value] = v
		}
		return object, nil
	default:
		return Scalar(n), nil
	}
}

// plain says whether a value is written as it is, neither in quotes nor over lines of its own nor with a tag.
func plain(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle|yaml.TaggedStyle) == 0
}

// longInteger is a plain integer that is an id rather than a number: 11 digits or more, or a leading zero.
var longInteger = regexp.MustCompile(`^(\d{11,}|0\d+)$`)

// LooksLikeID says whether a plain text is an id to [Scalar], though it has the form of a whole number.
func LooksLikeID(text string) bool { return longInteger.MatchString(text) }

// Scalar reads a plain value. Timestamps and ids stay the text they are: nobody means 1788000066668888 as a number. Who does
// writes !!int before it.
func Scalar(n *yaml.Node) any {
	if n.Style&yaml.TaggedStyle == 0 && LooksLikeID(n.Value) {
		return n.Value
	}
	switch n.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		return strings.EqualFold(n.Value, "true")
	case "!!int":
		var i int64
		if n.Decode(&i) == nil {
			return json.Number(strconv.FormatInt(i, 10))
		}
	case "!!float":
		var f float64
		if n.Decode(&f) == nil {
			if number, err := json.Marshal(f); err == nil {
				return json.Number(number)
			}
		}
	}
	return n.Value
}

var yamlLine = regexp.MustCompile(`line (\d+)(?:, column (\d+))?`)

func syntaxProblem(err error) *Problem {
	p := &Problem{Message: strings.TrimPrefix(err.Error(), "yaml: ")}
	if m := yamlLine.FindStringSubmatch(p.Message); m != nil {
		p.Line, _ = strconv.Atoi(m[1])
		p.Column, _ = strconv.Atoi(m[2])
		p.Column = max(p.Column, 1)
	}
	return p
}

// Below is the JSON pointer of a member.
func Below(pointer, name string) string { return string(jsontext.Pointer(pointer).AppendToken(name)) }

package certain

import (
	"bytes"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// Schema knows when a body is certainly legal, and has no member that its schema does not know, in one pass over its text.
// It never says that a body is illegal: what it is not sure of goes to kin-openapi, which alone judges and is the source of
// every message. Nearly all bodies are legal, and kin takes several times as long to say so. A nil Schema is never sure.
type Schema struct {
	root    *known    // nil: never sure
	readers sync.Pool // of *reader
}

type reader struct {
	text    bytes.Buffer
	decoder jsontext.Decoder
}

func newSchema(root *known) *Schema {
	return &Schema{root: root, readers: sync.Pool{New: func() any { return new(reader) }}}
}

// Legal says whether a body is beyond doubt. One that it does not vouch for may still be legal.
func (c *Schema) Legal(body []byte) bool {
	if c == nil || c.root == nil {
		return false
	}
	r := c.readers.Get().(*reader)
	defer c.readers.Put(r)
	r.text = *bytes.NewBuffer(body)
	r.decoder.Reset(&r.text, jsontext.AllowDuplicateNames(true)) // members are counted in holdsMembers; broken UTF-8 is refused
	if !c.root.holds(&r.decoder) {
		return false
	}
	_, err := r.decoder.ReadToken()
	return err == io.EOF
}

// Words says whether the values of a parameter, as they were sent, are beyond doubt: one, or as many as the list may have
// that its schema wants.
func (c *Schema) Words(sent []string) bool {
	if c == nil || c.root == nil {
		return false
	}
	each := c.root
	if each.kind == '[' {
		if n := float64(len(sent)); n < each.min || n > each.max || each.items == nil {
			return false
		}
		each = each.items
	} else if len(sent) != 1 {
		return false
	}
	return !slices.ContainsFunc(sent, func(word string) bool { return !each.holdsWord(word) })
}

// holdsWord holds a word outside JSON.
func (u *known) holdsWord(word string) bool {
	switch u.kind {
	case '"':
		return u.holdsText([]byte(word))
	case '0':
		n, ok := number([]byte(word))
		plain := len(word) < 10 && (len(word) == 1 || word != "" && word[0] != '0') && strings.Trim(word, "0123456789") == ""
		return ok && plain && u.holdsNumber(n)
	case 't':
		return word == "true" || word == "false"
	}
	return false
}

// holds reads one value and says whether it is certainly legal.
func (u *known) holds(d *jsontext.Decoder) bool {
	kind := d.PeekKind()
	switch {
	case u == nil:
		return false
	case kind == '{' && u.kind == '{':
		return u.holdsMembers(d)
	case kind == '[' && u.kind == '[':
		return u.holdsItems(d)
	}
	text, err := d.ReadValue()
	switch {
	case err != nil:
		return false
	case kind == 'n':
		return u.nullable
	case kind == 't' || kind == 'f':
		return u.kind == 't'
	case kind == '0' && u.kind == '0':
		n, ok := number(text)
		return ok && u.holdsNumber(n)
	case kind == '"' && u.kind == '"':
		return u.holdsText(text[1 : len(text)-1])
	}
	return false
}

func (u *known) holdsNumber(n float64) bool {
	return (u.fraction || n == math.Trunc(n)) && u.min <= n && n <= u.max && (len(u.words) == 0 || slices.Contains(u.words, any(n)))
}

// number reads a number. Most are whole and small.
func number(text []byte) (float64, bool) {
	if len(text) < 10 {
		n := 0
		for _, c := range text {
			if c < '0' || c > '9' {
				n = -1
				break
			}
			n = 10*n + int(c-'0')
		}
		if n >= 0 {
			return float64(n), true
		}
	}
	n, err := strconv.ParseFloat(string(text), 64)
	return n, err == nil
}

// holdsText holds a string as it stands between its quotes. One with escapes is not judged.
func (u *known) holdsText(text []byte) bool {
	n := float64(utf8.RuneCount(text))
	return bytes.IndexByte(text, '\\') < 0 && u.min <= n && n <= u.max &&
		(len(u.words) == 0 || slices.Contains(u.words, any(string(text)))) &&
		(u.pattern == nil || u.pattern.holds(text)) && (!u.instant || isInstant(text))
}

// isInstant knows the two forms in which instants are answered; there are others.
func isInstant(text []byte) bool {
	const form = "2006-01-02T15:04:05"
	local, utc := bytes.CutSuffix(text, []byte("+00:00"))
	if !utc {
		local, utc = bytes.CutSuffix(text, []byte("Z"))
	}
	_, err := time.Parse(form, string(local))
	fraction := len(local) > len(form) && local[len(form)] == '.'
	return utc && (len(local) == len(form) || fraction) && err == nil
}

func (u *known) holdsItems(d *jsontext.Decoder) bool {
	d.ReadToken() // it was peeked at
	n := 0.0
	for ; d.PeekKind() != ']'; n++ {
		if !u.items.holds(d) {
			return false
		}
	}
	_, err := d.ReadToken()
	return err == nil && u.min <= n && n <= u.max
}

// manyOthers is how many members with names of their own an object has that the fast way bothers with.
const manyOthers = 64

func (u *known) holdsMembers(d *jsontext.Decoder) bool {
	d.ReadToken() // it was peeked at
	var seen uint64
	var others []string
	for d.PeekKind() != '}' {
		name, err := d.ReadValue()
		if err != nil {
			return false
		}
		m, ours := u.members[string(name[1:len(name)-1])]
		if !ours && u.others != nil && len(others) < manyOthers {
			other := string(name)
			if slices.Contains(others, other) || bytes.IndexByte(name, '\\') >= 0 || !u.others.holds(d) {
				return false
			}
			others = append(others, other)
			continue
		}
		if !ours || seen&m.bit != 0 || !m.schema.holds(d) {
			return false
		}
		seen |= m.bit
	}
	_, err := d.ReadToken()
	return err == nil && seen&u.required == u.required && !slices.ContainsFunc(u.eithers, func(e either) bool { return !e.allows(seen) })
}

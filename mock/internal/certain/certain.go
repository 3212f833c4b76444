package certain

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"
)

// Schema knows when a body is certainly legal, and has no member that its schema does not know, in one pass over its text.
// It never says that a body is illegal: what it is not sure of goes to kin-openapi, which alone judges and is the source of
// every message. Nearly all bodies are legal, and kin takes several times as long to say so. A nil Schema is never sure.
type Schema struct {
	root *known // nil: never sure
	seen atomic.Pointer[remembered]
}

// Legal says whether a body is beyond doubt. One that it does not vouch for may still be legal.
func (c *Schema) Legal(body []byte) bool {
	if c == nil {
		return false
	}
	sum := sumOf(body)
	if seen := c.seen.Load(); seen != nil && seen.has(sum) {
		return true
	}
	if c.root == nil {
		return false
	}
	r := reader{body: body}
	legal := c.root.holds(&r) && r.peek() == 0 && r.at == len(body)
	if legal {
		c.remember(sum)
	}
	return legal
}

// Vouch notes that a body is legal, and has no member that its schema does not know: kin-openapi has said so.
func (c *Schema) Vouch(body []byte) {
	if c != nil {
		c.remember(sumOf(body))
	}
}

func (c *Schema) remember(sum uint64) {
	seen := c.seen.Load()
	if seen == nil {
		c.seen.CompareAndSwap(nil, new(remembered))
		seen = c.seen.Load()
	}
	seen.add(sum)
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
		return u.holdsText([]byte(word), utf8.RuneCountInString(word))
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
func (u *known) holds(r *reader) bool {
	if u == nil {
		return false
	}
	switch r.peek() {
	case '{':
		return u.kind == '{' && u.holdsMembers(r)
	case '[':
		return u.kind == '[' && u.holdsItems(r)
	case '"':
		text, length, plain, ok := r.text()
		return ok && u.kind == '"' && (plain || u.anyText()) && u.holdsText(text, length)
	case 'n':
		return u.nullable && r.word("null")
	case 't':
		return u.kind == 't' && r.word("true")
	case 'f':
		return u.kind == 't' && r.word("false")
	}
	text, ok := r.number()
	if !ok || u.kind != '0' {
		return false
	}
	n, ok := number(text)
	return ok && u.holdsNumber(n)
}

func (u *known) holdsNumber(n float64) bool {
	return (u.fraction || n == math.Trunc(n)) && u.min <= n && n <= u.max && (len(u.numbers) == 0 || slices.Contains(u.numbers, n))
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

// holdsText holds a string of so many characters.
func (u *known) holdsText(text []byte, length int) bool {
	n := float64(length)
	return u.min <= n && n <= u.max && (len(u.texts) == 0 || slices.Contains(u.texts, string(text))) &&
		(u.pattern == nil || u.pattern.holds(text)) && (!u.instant || isInstant(text))
}

// anyText says whether it does not matter what is in a string.
func (u *known) anyText() bool { return len(u.texts) == 0 && u.pattern == nil && !u.instant }

// isInstant knows the two forms in which instants are answered; there are others. A day behind the 28th may not be in the
// calendar.
func isInstant(text []byte) bool {
	const form = "0000-00-00T00:00:00"
	local, utc := bytes.CutSuffix(text, []byte("+00:00"))
	if !utc {
		local, utc = bytes.CutSuffix(text, []byte("Z"))
	}
	local, fraction, pointed := bytes.Cut(local, []byte("."))
	if !utc || len(local) != len(form) || pointed && (len(fraction) == 0 || len(fraction) != digits(fraction)) {
		return false
	}
	for i, c := range local {
		if digit := '0' <= c && c <= '9'; digit != (form[i] == '0') || !digit && c != form[i] {
			return false
		}
	}
	two := func(at int) int { return 10*int(local[at]-'0') + int(local[at+1]-'0') }
	if month, day := two(5), two(8); month < 1 || month > 12 || day < 1 || two(11) > 23 || two(14) > 59 || two(17) > 59 {
		return false
	} else if day <= 28 {
		return true
	}
	_, err := time.Parse(time.DateOnly, string(local[:10]))
	return err == nil
}

func (u *known) holdsItems(r *reader) bool {
	r.at++ // it was peeked at
	for n := 0; ; n++ {
		goesOn, ok := r.more(n, ']')
		switch {
		case !ok:
			return false
		case !goesOn:
			return u.min <= float64(n) && float64(n) <= u.max
		case !u.items.holds(r):
			return false
		}
	}
}

// manyOthers is how many members with names of their own an object has that the fast way bothers with.
const manyOthers = 64

func (u *known) holdsMembers(r *reader) bool {
	r.at++ // it was peeked at
	var seen uint64
	var others []string
	for n := 0; ; n++ {
		goesOn, ok := r.more(n, '}')
		if !ok {
			return false
		}
		if !goesOn {
			return seen&u.required == u.required && !slices.ContainsFunc(u.eithers, func(e either) bool { return !e.allows(seen) })
		}
		name, _, plain, ok := r.text()
		if !ok || !plain || !r.take(':') {
			return false
		}
		m, ours := u.members[string(name)]
		if !ours && u.others != nil && len(others) < manyOthers {
			if slices.Contains(others, string(name)) {
				return false
			}
			others = append(others, string(name))
			m.schema = u.others
		} else if !ours || seen&m.bit != 0 {
			return false
		}
		seen |= m.bit
		if !m.schema.holds(r) {
			return false
		}
	}
}

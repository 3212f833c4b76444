// Package brief owns how much is said: of many things the first ones and how many more there are, of a long text its
// beginning. What a client sends must not come back to it enlarged.
package brief

import (
	"fmt"
	"strings"
)

// Bounds of what is said of what is wrong.
const (
	Most    = 20      // complaints
	Enough  = 100     // complaints after which nobody looks for more
	maxText = 8 << 10 // of one complaint, which may be a list of its own, in bytes
	maxAll  = 8 << 10 // of all of them but the last
)

// Join writes the texts of n things, divided by sep: at most [Most] of them, and some 8 KiB. What is left out is counted, as
// in "and 7 more", or "and 80 more at least" where there were [Enough].
func Join(n int, sep string, text func(i int) string) string {
	var b strings.Builder
	for i := range n {
		if i == Most || b.Len() > maxAll {
			fmt.Fprintf(&b, "%sand %d more", sep, n-i)
			if n >= Enough {
				b.WriteString(" at least")
			}
			break
		}
		if i > 0 {
			b.WriteString(sep)
		}
		b.WriteString(Clip(text(i), maxText))
	}
	return b.String()
}

// JoinAll is [Join] for texts that are there already.
func JoinAll(texts []string, sep string) string {
	return Join(len(texts), sep, func(i int) string { return texts[i] })
}

// Clip cuts a text that is longer than so many bytes, and says so with three dots.
func Clip(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "..."
}

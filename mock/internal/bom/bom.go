// Package bom owns the byte order mark that some editors and clients put before text: what it is, and that it says
// nothing. RFC 8259 lets a reader of JSON skip it.
package bom

import (
	"bufio"
	"bytes"
	"io"
)

// Mark is U+FEFF in UTF-8.
const Mark = "\uFEFF"

// Cut returns text without a mark at its beginning, and whether there was one.
func Cut(text []byte) (rest []byte, there bool) { return bytes.CutPrefix(text, []byte(Mark)) }

// Skip returns text without a mark at its beginning.
func Skip(text []byte) []byte {
	rest, _ := Cut(text)
	return rest
}

// IsUTF16 says whether text begins with the mark of UTF-16, in either order of bytes.
func IsUTF16(text []byte) bool {
	return bytes.HasPrefix(text, []byte{0xFE, 0xFF}) || bytes.HasPrefix(text, []byte{0xFF, 0xFE})
}

// Reader reads text without a mark at its beginning.
func Reader(text io.Reader) *Text {
	r := bufio.NewReader(text)
	if begins, _ := r.Peek(len(Mark)); string(begins) == Mark { // an error comes again
		_, _ = r.Discard(len(Mark))
	}
	return &Text{r}
}

// Text is text that is read piece by piece.
type Text struct{ *bufio.Reader }

// Begins is how what is left of it begins.
func (t *Text) Begins() []byte {
	begins, _ := t.Peek(len(Mark))
	return begins
}

package strictjson

import (
	"errors"
	"io"
	"reflect"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/internal/nearest"
)

// Values that are too large to be held as text are written and read member by member, in the order in which they come.

// At is the error of one problem at a place.
func At(at jsontext.Pointer, format string, args ...any) error {
	var found Problems
	found.Add(at, format, args...)
	return found.Err()
}

// maxHeld is how much of a text a decoder may hold at once, in bytes: it holds the whole of a word, however long, and
// of what is judged as text.
const maxHeld = 8 << 20

// NewDecoder reads a text piece by piece, and holds no more than 8 MiB of it at once.
func NewDecoder(from io.Reader, with ...json.Options) *jsontext.Decoder {
	h := &held{from: from}
	h.by = jsontext.NewDecoder(h, with...)
	return h.by
}

// held counts what has been given to a decoder, which knows what of that it needs no more.
type held struct {
	from  io.Reader
	by    *jsontext.Decoder
	given int64
}

func (h *held) Read(into []byte) (int, error) {
	room := maxHeld - (h.given - h.by.InputOffset())
	if room <= 0 {
		return 0, At(h.by.StackPointer(), "expected a value of at most %d bytes", maxHeld)
	}
	n, err := h.from.Read(into[:min(int64(len(into)), room)])
	h.given += int64(n)
	return n, err
}

// Value reads a value that is there: null is none.
func Value(d *jsontext.Decoder, into any) error {
	if d.PeekKind() == 'n' {
		_, want := wanted(reflect.TypeOf(into).Elem())
		at := d.StackPointer()
		return At(at, "expected %s, got null", want)
	}
	return json.UnmarshalDecode(d, into)
}

// EachMember reads an object, and visits each of its members by name: visit reads its value from the decoder.
func EachMember(d *jsontext.Decoder, visit func(name string) error) error {
	if err := begin(d, '{', "an object"); err != nil {
		return err
	}
	for d.PeekKind() != '}' {
		name, err := d.ReadToken()
		if err != nil {
			return err
		}
		if err := visit(name.String()); err != nil {
			return err
		}
	}
	_, err := d.ReadToken()
	return err
}

// EachElement reads a list, and visits each of its elements: visit reads it from the decoder.
func EachElement(d *jsontext.Decoder, visit func(i int) error) error {
	if err := begin(d, '[', "a list"); err != nil {
		return err
	}
	for i := 0; d.PeekKind() != ']'; i++ {
		if err := visit(i); err != nil {
			return err
		}
	}
	_, err := d.ReadToken()
	return err
}

// Element is the place of an element of a list.
func Element(list jsontext.Pointer, i int) jsontext.Pointer {
	return list.AppendToken(strconv.Itoa(i))
}

// begin reads the beginning of an object or a list.
func begin(d *jsontext.Decoder, kind jsontext.Kind, name string) error {
	got := d.PeekKind()
	token, err := d.ReadToken()
	if err == nil && token.Kind() != kind {
		return At(d.StackPointer(), "expected %s, got %s", name, KindName(got))
	}
	return err
}

// Unknown is the error of a member that is none of those that there are, when its name has been read.
func Unknown(d *jsontext.Decoder, known []string) error {
	at := d.StackPointer()
	return At(at, "unknown member%s", nearest.DidYouMean(at.LastToken(), known))
}

// Writer writes a value piece by piece. Its first error is that of all that follows.
type Writer struct {
	e   *jsontext.Encoder
	err error
}

// NewWriter writes to an encoder, with its options.
func NewWriter(e *jsontext.Encoder) *Writer { return &Writer{e: e} }

// Token writes a token, such as the beginning of an object.
func (w *Writer) Token(t jsontext.Token) { w.do(func() error { return w.e.WriteToken(t) }) }

// Name writes the name of a member, whose value comes next.
func (w *Writer) Name(name string) { w.Token(jsontext.String(name)) }

// Member writes a member.
func (w *Writer) Member(name string, value any) {
	w.Name(name)
	w.do(func() error { return json.MarshalEncode(w.e, value) })
}

// Part has a function write what comes next.
func (w *Writer) Part(write func(*jsontext.Encoder) error) {
	w.do(func() error { return write(w.e) })
}

// Err is the first error.
func (w *Writer) Err() error { return w.err }

func (w *Writer) do(write func() error) {
	if w.err == nil {
		w.err = write()
	}
}

// End reads to the end of the text, which holds nothing more.
func End(d *jsontext.Decoder) error {
	_, err := d.ReadToken()
	switch {
	case err == nil:
		return At("", "expected one JSON value, got more")
	case errors.Is(err, io.EOF):
		return nil
	}
	return err
}

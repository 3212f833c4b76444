// Package envelope owns the one form in which answers go out, on the vendor's surface and on the control plane alike.
package envelope

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Headers of every answer, in the form in which net/http keeps them, since changing the form costs an allocation.
const (
	// Origin says who made the answer, so that an invented failure never passes for the vendor's: see the constants.
	OriginHeader = "X-Mock-Origin"
	// Error names the symbol of a refusal.
	ErrorHeader = "X-Mock-Error"
	// Reason says, when asked for with ExplainHeader, which rule refused and what would satisfy it.
	ReasonHeader  = "X-Mock-Reason"
	ExplainHeader = "X-Mock-Explain"
	// RequestID names the call; it is echoed, and made when missing.
	RequestIDHeader = "X-Request-Id"
)

// ownPrefix begins the headers that are the mock's own.
const ownPrefix = "x-mock-"

// IsOwn says whether a header is, or would be, one of the mock's own: a client that sends one speaks to the mock and not to
// the vendor.
func IsOwn(name string) bool {
	return len(name) >= len(ownPrefix) && strings.EqualFold(name[:len(ownPrefix)], ownPrefix)
}

// ContentType of every body.
const ContentType = "application/json; charset=utf-8"

// A scratch is what an answer is written into before its length is known. Scratches are shared, but for those that a large
// answer has made large.
var scratches = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// room is enough for nearly every answer.
const room = 8 << 10

// What stands around the data of a success.
const (
	begins = `{"code":0,"data":`
	ends   = `}`
)

// Success writes data in the envelope of a success: the integer 0 and the data (D, seed). It is written around the data,
// because a struct with data in an interface is copied twice on the way.
func Success(data any) ([]byte, error) {
	b := scratches.Get().(*bytes.Buffer)
	defer func() {
		if b.Cap() <= room {
			scratches.Put(b)
		}
	}()
	b.Reset()
	b.WriteString(begins)
	if err := json.MarshalWrite(b, data, json.Deterministic(true)); err != nil {
		return nil, err
	}
	b.WriteString(ends)
	return bytes.Clone(b.Bytes()), nil
}

// pieces is the size of the pieces of a large answer, in bytes.
const pieces = 64 << 10

// Stream writes the envelope of a success around data that is written piece by piece. After an error nothing has gone out.
// When something has, it panics with [http.ErrAbortHandler], which ends the connection: its client must not take what it has
// for whole.
func Stream(to io.Writer, data func(io.Writer) error) error {
	on := &out{Writer: to}
	w := bufio.NewWriterSize(on, pieces)
	_, _ = w.WriteString(begins) // it fits
	err := data(w)
	if err == nil {
		_, _ = w.WriteString(ends) // the flush says it again
		err = w.Flush()
	}
	if err != nil && on.begun {
		panic(http.ErrAbortHandler)
	}
	return err
}

// out knows whether anything has gone out.
type out struct {
	io.Writer
	begun bool
}

func (o *out) Write(p []byte) (int, error) {
	o.begun = true
	return o.Writer.Write(p)
}

// Failure writes the envelope of a refusal: a dotted code and a message. The message may quote a client, so
// broken UTF-8 is replaced rather than refused.
func Failure(code, message string) []byte {
	body, _ := json.Marshal(struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	}{code, message}, jsontext.AllowInvalidUTF8(true)) // two strings always marshal
	return body
}

// HeaderText writes text as a header value.
func HeaderText(s string) string {
	quoted := strconv.QuoteToASCII(s)
	return strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`)
}

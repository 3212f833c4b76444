package intake

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/bom"
	"dragonmock/mock/internal/contract"
)

// DefaultTimeout is how long the body of a request may take to arrive, unless told otherwise.
const DefaultTimeout = 30 * time.Second

// A scratch is what most bodies fit into while they are read. Scratches are shared, so that a body that is announced and
// does not come takes no memory of its own.
type scratch [4 << 10]byte

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// Limit is how large a body may be, in bytes and in values of its JSON, since it is judged value by value.
type Limit struct {
	Bytes  int
	Values int // 0: any number
	Large  int // bytes of a body that may be larger than others, see [Open]
}

// Read reads the body of a request; one that has none is nil. Errors: BODY_TOO_LARGE beyond the limit;
// MALFORMED_JSON for a body that ends early or has not come in time; UNSUPPORTED_MEDIA_TYPE for a coding that is not
// read. A body in gzip is read out of it, and both its sizes have the bound. The bound in time is the body's
// alone: answers may take as long as they like. After an error the connection is of no more use.
func Read(w http.ResponseWriter, r *http.Request, limit Limit, timeout time.Duration) ([]byte, error) {
	from, err := Open(w, r, limit.Bytes, timeout)
	if from == nil || err != nil {
		return nil, err
	}
	body, err := receive(from, limit.Bytes)
	if limit.Values > 0 && len(body) > limit.Values && values(body) > limit.Values {
		return nil, dragonpass.Refuse(dragonpass.BodyTooLarge, "expected a body of at most %d values", limit.Values)
	}
	return body, err
}

// values is about how many values a JSON text holds: each begins one, or stands behind a comma.
func values(body []byte) int {
	n, quoted := 1, false
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case !quoted && (c == ',' || c == '[' || c == '{'):
			n++
		}
	}
	return n
}

// Body is the body of a request that is read piece by piece: in whatever coding it came, and within its bounds.
type Body struct {
	io.Reader
	sent *stream // what was sent, which may be in gzip
}

// Open returns the body of a request, nil when it has none. What [Read] refuses of a body is refused while it is read; the
// bound in time is that of the whole of it.
func Open(w http.ResponseWriter, r *http.Request, limit int, timeout time.Duration) (*Body, error) {
	if r.Body == nil || r.Body == http.NoBody || r.ContentLength == 0 {
		return nil, nil
	}
	zipped, err := inGzip(r.Header)
	if err != nil {
		w.Header().Set("Accept-Encoding", "gzip") // RFC 9110, 15.5.16
		return nil, err
	}
	s := &stream{
		bounded: bounded{from: r.Body, left: limit, limit: limit}, announced: r.ContentLength, connection: http.NewResponseController(w), timeout: timeout, patience: timeout, until: time.Now().Add(timeout),
	}
	if zipped {
		return &Body{&unzipped{bounded: bounded{from: s, left: limit, limit: limit}}, s}, nil
	}
	return &Body{s, s}, nil
}

// Drain reads what nobody has read of a request whose body may be large, so that a client that sends it whole before it
// reads is told why it was refused. A client that asks before it sends is told at once. Body is nil when nobody has opened
// it. When it cannot be had within the limit, the connection ends with the answer.
func Drain(w http.ResponseWriter, r *http.Request, body *Body, limit int) {
	from := io.Reader(r.Body)
	switch {
	case body != nil:
		from = body.sent
	case r.Body == nil, r.Header.Get("Expect") != "":
		return
	}
	if n, err := io.Copy(io.Discard, io.LimitReader(from, int64(limit)+1)); err != nil || n > int64(limit) {
		w.Header().Set("Connection", "close")
	}
}

// bounded reads no more than tells that there is more than the limit: a small body may be the beginning of an endless one.
type bounded struct {
	from        io.Reader
	left, limit int
}

func (b *bounded) Read(into []byte) (int, error) {
	n, err := b.from.Read(into[:min(len(into), b.left+1)])
	if b.left -= n; b.left < 0 {
		return 0, tooLarge(b.limit)
	}
	return n, err
}

// stream is a body on its way. When it has come whole its bound in time is taken off; until then it stays, since the server
// would wait for the rest.
type stream struct {
	bounded
	announced  int64 // how many bytes it has; -1: it does not say
	connection *http.ResponseController
	timeout    time.Duration
	patience   time.Duration // how much of it is left: what the reader does in between is not the client's time
	until      time.Time     // the deadline of the connection, which the server has set when the request came
	late       bool          // it came to an end, and the connection is cut off
}

func (s *stream) Read(into []byte) (int, error) {
	began, end := time.Now(), s.limitTime()
	// The deadline stands until the reader has taken some time itself: setting one costs more than reading most bodies. From then
	// on patience alone decides.
	if latest := began.Add(s.patience); latest.Sub(s.until) > s.timeout/100 {
		s.until = latest.Add(s.timeout)
		_ = s.connection.SetReadDeadline(s.until)
	}
	n, err := s.bounded.Read(into)
	s.late = end() || s.late
	s.patience -= time.Since(began)
	switch {
	case err == nil:
	case err == io.EOF && int64(s.limit-s.left) >= s.announced:
		if s.late {
			_ = s.connection.SetReadDeadline(time.Time{})
		}
	default:
		err = endedEarly(err, s.timeout)
	}
	return n, err
}

// limitTime cuts the connection off when patience is at an end, unless end comes before, which says whether it came too late.
// Most bodies are there when they are asked for, and for those a timer costs less than a deadline set and one taken off.
func (s *stream) limitTime() (end func() (late bool)) {
	cut := make(chan struct{})
	timer := time.AfterFunc(s.patience, func() {
		defer close(cut)
		// A writer without a connection, such as a recorder, has no deadlines; nor has it a client that stalls.
		_ = s.connection.SetReadDeadline(time.Unix(1, 0))
	})
	return func() bool {
		if timer.Stop() {
			return false
		}
		<-cut
		return true
	}
}

// unzipped is what comes out of a body in gzip.
type unzipped struct {
	bounded
	begun bool
}

func (u *unzipped) Read(into []byte) (n int, err error) {
	if !u.begun {
		u.begun = true
		var plain *gzip.Reader
		if plain, err = gzip.NewReader(u.from); err == nil {
			u.from = plain
		}
	}
	if err == nil {
		n, err = u.bounded.Read(into)
	}
	var refused *dragonpass.Error
	if err != nil && err != io.EOF && !errors.As(err, &refused) {
		err = dragonpass.Refuse(dragonpass.MalformedJSON, "header Content-Encoding: the body is not in gzip, or not whole").By("A-063")
	}
	return n, err
}

// endedEarly is the refusal of a body that is not whole.
func endedEarly(err error, timeout time.Duration) error {
	var refused *dragonpass.Error
	if errors.As(err, &refused) {
		return err // it is one already
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return dragonpass.Refuse(dragonpass.MalformedJSON, "the body ended early: it was not whole after %s", timeout).By("A-059")
	}
	return dragonpass.Refuse(dragonpass.MalformedJSON, "the body ended early")
}

func tooLarge(limit int) error {
	return dragonpass.Refuse(dragonpass.BodyTooLarge, "expected a body of at most %d bytes", limit)
}

// inGzip says whether a body is in gzip, or refuses a coding that is not read.
func inGzip(h http.Header) (bool, error) {
	coding := strings.ToLower(strings.TrimSpace(strings.Join(h["Content-Encoding"], ", ")))
	switch coding {
	case "", "identity":
		return false, nil
	case "gzip", "x-gzip":
		return true, nil
	}
	return false, dragonpass.Refuse(dragonpass.UnsupportedMediaType, "header Content-Encoding: expected gzip, identity or none").By("A-063").
		Unless("a body in gzip, or as it is")
}

// receive reads a body. What it takes in memory grows with what came, not with what was announced.
func receive(from io.Reader, limit int) ([]byte, error) {
	room := scratches.Get().(*scratch)
	defer scratches.Put(room)
	n, err := fill(from, room[:min(len(room), limit+1)])
	if err == io.EOF {
		return bytes.Clone(room[:n]), nil
	}
	if err != nil {
		return nil, err
	}
	grown := bytes.NewBuffer(append(make([]byte, 0, 2*len(room)), room[:n]...))
	if _, err = grown.ReadFrom(from); err != nil {
		return nil, err
	}
	return grown.Bytes(), nil
}

// fill reads until there is no more room, which is no error, or no more to read, which is io.EOF.
func fill(from io.Reader, room []byte) (n int, err error) {
	for n < len(room) && err == nil {
		var more int
		more, err = from.Read(room[n:])
		n += more
	}
	return n, err
}

// Decode reads a body as one JSON value. Errors: MALFORMED_JSON.
func Decode(body []byte) (any, error) {
	value, err := contract.Decode(body)
	if err != nil && bom.IsUTF16(body) {
		return nil, dragonpass.Refuse(dragonpass.MalformedJSON, "expected JSON in UTF-8, this is UTF-16")
	}
	if err != nil {
		return nil, dragonpass.Refuse(dragonpass.MalformedJSON, "expected one JSON value: %s", reason(err))
	}
	return value, nil
}

// reason says what is wrong with JSON without quoting it.
func reason(err error) string {
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		if errors.Is(err, jsontext.ErrDuplicateName) {
			return fmt.Sprintf("%s is there twice", syntax.JSONPointer)
		}
		if errors.Is(err, io.ErrUnexpectedEOF) {
			return fmt.Sprintf("it ends early, at byte %d", syntax.ByteOffset)
		}
		what := strings.TrimPrefix(syntax.Err.Error(), "jsontext: ")
		if quoted := strings.IndexAny(what, "`\""); quoted > 0 { // a wrong escape comes with what follows it
			what = what[:quoted-1]
		}
		return fmt.Sprintf("%s at byte %d", what, syntax.ByteOffset)
	}
	var semantic *json.SemanticError
	if errors.As(err, &semantic) { // any value will do, so it is a number
		return fmt.Sprintf("%s is a number too large to be read", semantic.JSONPointer)
	}
	return "it cannot be read"
}

// applicationJSON is the media type of every body.
const applicationJSON = "application/json"

// CheckMedia takes a body that says it is JSON, or says nothing. Errors: UNSUPPORTED_MEDIA_TYPE.
func CheckMedia(contentType string) error {
	if contentType == "" || contentType == applicationJSON {
		return nil
	}
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil || media != applicationJSON && !strings.HasSuffix(media, "+json") {
		return dragonpass.Refuse(dragonpass.UnsupportedMediaType, "header Content-Type: expected application/json")
	}
	return CheckCharset(contentType)
}

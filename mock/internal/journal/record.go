package journal

import (
	"encoding/binary"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"
)

// Bounds of what a client can blow up in a head.
const (
	maxWord   = 256     // a method, an id, one element of a list
	maxText   = 2 << 10 // a path, a query, a reason
	maxList   = 50      // elements of a list
	maxHeader = 8 << 10 // the header of a message
)

// recordCost is what a record takes beside its texts: the struct, its slot in the ring, and the allocator's rounding.
const recordCost = 640

// record is an exchange as it is stored. It never changes once it is in a journal, so readers render it without a lock.
type record struct {
	id uint64
	Head
	base              int // how many bytes at the start of Path are a base of the surface
	request, response packed
}

// packed is a message as it is stored.
type packed struct {
	header    []byte // see appendHeader
	body      []byte
	bytes     int
	truncated bool
}

// pack makes a record that shares no memory with the exchange but immutable strings. Both messages lie in one
// allocation.
func pack(x *Exchange, maxBody int) *record {
	r := &record{Head: x.Head, base: x.Base}
	r.Method, r.RequestID = clip(r.Method, maxWord), clip(r.RequestID, maxWord)
	r.Path, r.Query, r.Reason = clip(r.Path, maxText), clip(redactQuery(r.Query, maxText), maxText), clip(r.Reason, maxText)
	r.Unread, r.Nearest = clipList(r.Unread), clipList(r.Nearest)

	var scratch [2 << 10]byte // on the stack; most exchanges fit
	headers, cutRequest := appendHeader(scratch[:0], x.Request.Header)
	between := len(headers)
	headers, cutResponse := appendHeader(headers, x.Response.Header)
	request, response := cutBody(x.Request.Body, maxBody), cutBody(x.Response.Body, maxBody)

	blob := make([]byte, 0, len(headers)+len(request.body)+len(response.body))
	blob = append(blob, headers...)
	request.header, response.header = blob[:between:between], blob[between:len(headers):len(headers)]
	blob, request.body = store(blob, request.body)
	_, response.body = store(blob, response.body)
	request.truncated = request.truncated || cutRequest
	response.truncated = response.truncated || cutResponse
	r.request, r.response = request, response
	return r
}

// store appends data to the blob, which has room for it, and returns both.
func store(blob, data []byte) (grown, stored []byte) {
	start := len(blob)
	blob = append(blob, data...)
	return blob, blob[start:len(blob):len(blob)]
}

// cutBody redacts a body and then cuts it, in this order, so that no half of a secret is left.
func cutBody(body []byte, limit int) packed {
	kept := redactBody(body, limit)
	cut := len(kept) > limit
	if cut {
		kept = kept[:limit]
	}
	return packed{body: kept, bytes: len(body), truncated: cut}
}

// appendHeader appends the redacted fields of a header: names and values in turn, each after its length. It says
// whether some did not fit.
func appendHeader(to []byte, header http.Header) (_ []byte, truncated bool) {
	start := len(to)
	for name, values := range header {
		if ofConnection(name) {
			continue
		}
		size := len(name)
		for _, value := range values {
			size += len(value) + len(", ")
		}
		if len(to)-start+size > maxHeader {
			truncated = true
			continue
		}
		value := ""
		if len(values) == 1 {
			value = redactHeader(name, values[0])
		} else {
			redacted := make([]string, len(values))
			for i, v := range values {
				redacted[i] = redactHeader(name, v)
			}
			value = strings.Join(redacted, ", ")
		}
		to = append(binary.AppendUvarint(to, uint64(len(name))), name...)
		to = append(binary.AppendUvarint(to, uint64(len(value))), value...)
	}
	return to, truncated
}

// ofConnection says whether a header field speaks of the connection and not of the message (RFC 9110, 7.6.1).
func ofConnection(name string) bool {
	switch name {
	case "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "Te", "Trailer",
		"Transfer-Encoding", "Upgrade":
		return true
	}
	return false
}

// cost is what the record takes, in bytes.
func (r *record) cost() int {
	n := recordCost + len(r.Method) + len(r.Path) + len(r.Query) + len(r.Reason) + len(r.RequestID) +
		len(r.request.header) + len(r.request.body) + len(r.response.header) + len(r.response.body)
	for _, list := range [2][]string{r.Unread, r.Nearest} {
		for _, s := range list {
			n += len(s) + 16 // and the string itself
		}
	}
	return n
}

// dropMessages leaves only the head line of a record that is not yet in a journal.
func (r *record) dropMessages() {
	r.Path, r.Query, r.Reason = clip(r.Path, maxWord), clip(r.Query, maxWord), clip(r.Reason, maxWord)
	r.Unread, r.Nearest = nil, nil
	for _, m := range [2]*packed{&r.request, &r.response} {
		m.truncated = m.truncated || len(m.header)+len(m.body) > 0
		m.header, m.body = nil, nil
	}
}

// entry renders the record. Broken UTF-8 is replaced, so that an entry can always be written as JSON.
func (r *record) entry() Entry {
	e := Entry{ID: r.id, Head: r.Head, Request: r.request.message(), Response: r.response.message()}
	for _, s := range []*string{&e.Method, &e.Path, &e.Query, &e.Reason, &e.RequestID} {
		*s = validText(*s)
	}
	e.Unread, e.Nearest = validTexts(e.Unread), validTexts(e.Nearest)
	return e
}

func (p *packed) message() Message {
	body := p.body
	if p.truncated {
		body = wholeRunes(body)
	}
	m := Message{Header: map[string]string{}, Body: validText(string(body)), Bytes: p.bytes, Truncated: p.truncated}
	for rest := p.header; len(rest) > 0; {
		var name, value string
		name, rest = takeString(rest)
		value, rest = takeString(rest)
		m.Header[validText(name)] = validText(value)
	}
	return m
}

// takeString reads one string that appendHeader wrote.
func takeString(from []byte) (s string, rest []byte) {
	n, width := binary.Uvarint(from)
	from = from[width:]
	return string(from[:n]), from[n:]
}

// wholeRunes drops the beginning of a character at the end of b.
func wholeRunes(b []byte) []byte {
	for i := len(b) - 1; i >= 0 && i >= len(b)-utf8.UTFMax; i-- {
		if utf8.RuneStart(b[i]) {
			if !utf8.FullRune(b[i:]) {
				return b[:i]
			}
			break
		}
	}
	return b
}

func validText(s string) string { return strings.ToValidUTF8(s, string(utf8.RuneError)) }

// validTexts replaces the broken UTF-8 of a list, and makes the reader's own of it.
func validTexts(list []string) []string {
	valid := make([]string, 0, len(list))
	for _, s := range list {
		valid = append(valid, validText(s))
	}
	return valid
}

// clip cuts s at limit bytes; what it cuts, it copies, to let go of the rest.
func clip(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	return strings.Clone(s[:limit]) + "..."
}

// clipList copies a list, cut to what is bearable. The last element says how many are left out.
func clipList(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	kept := make([]string, 0, min(len(list), maxList+1))
	for _, s := range list[:min(len(list), maxList)] {
		kept = append(kept, clip(s, maxWord))
	}
	if more := len(list) - maxList; more > 0 {
		kept = append(kept, fmt.Sprintf("and %d more", more))
	}
	return kept
}

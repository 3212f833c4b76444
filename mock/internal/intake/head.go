package intake

import (
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/brief"
	"dragonmock/mock/internal/envelope"
	"dragonmock/mock/internal/nearest"
	"dragonmock/mock/internal/text"
)

// Head reads what of a request stands before its body, and refuses what would be lost or misread on the way: broken
// escapes in the query, two values of a header that has one, what is no text, and headers that begin like the mock's
// own and are none. The query is nil when there is none. Errors: INVALID_REQUEST that names all of it.
func Head(r *http.Request) (url.Values, error) {
	query, wrong := readQuery(r.URL.RawQuery)
	if text.Check(r.URL.Path) != nil {
		wrong = append(wrong, "the path: "+text.Err.Error())
	}
	before := len(wrong)
	for name, values := range r.Header {
		switch {
		case len(values) > 1 && slices.Contains(single, name):
			wrong = append(wrong, fmt.Sprintf("header %s: expected one value, got %d", name, len(values)))
		case slices.Contains(single, name) && text.Check(values...) != nil: // what nobody reads may hold any byte (RFC 9110, 5.5)
			wrong = append(wrong, fmt.Sprintf("header %s: %s", name, text.Err))
		case name == envelope.ExplainHeader:
			if _, err := strconv.ParseBool(values[0]); err != nil {
				wrong = append(wrong, fmt.Sprintf("header %s: expected 1 or true", name))
			}
		case envelope.IsOwn(dashed(name)):
			wrong = append(wrong, fmt.Sprintf("header %s: the mock reads no such header%s", name, nearest.DidYouMean(name, []string{envelope.ExplainHeader})))
		}
	}
	slices.Sort(wrong[before:]) // a map has no order
	if len(wrong) > 0 {
		return query, dragonpass.Refuse(dragonpass.InvalidRequest, "%s", brief.JoinAll(wrong, "; ")).By("contract")
	}
	return query, nil
}

// single are the headers that have one value, as net/http keeps their names.
var single = []string{"Authorization", "Content-Type", "Last-Event-Id", "Origin", envelope.ExplainHeader, "X-Program-Id", envelope.RequestIDHeader}

// dashed is the name of a header with dashes where programs that keep headers in variables write underscores.
func dashed(name string) string { return strings.ReplaceAll(name, "_", "-") }

// Explains says whether a request asks for the reason of its answer.
func Explains(h http.Header) bool {
	yes, _ := strconv.ParseBool(h.Get(envelope.ExplainHeader))
	return yes
}

// readQuery reads a query, whose parameters are divided by & alone (WHATWG): a semicolon belongs to its value. What
// net/url drops without a word is complained about.
func readQuery(raw string) (query url.Values, wrong []string) {
	for field := range strings.SplitSeq(raw, "&") {
		if field == "" {
			continue
		}
		var parts [2]string
		parts[0], parts[1], _ = strings.Cut(field, "=")
		for i, part := range parts {
			plain, err := url.QueryUnescape(part)
			switch {
			case err != nil:
				wrong = append(wrong, fmt.Sprintf("query %s: expected %% and two hex digits, as in %%25 for %% itself", quoted(parts[0])))
			case text.Check(plain) != nil:
				wrong = append(wrong, fmt.Sprintf("query %s: %s", quoted(parts[0]), text.Err))
			}
			parts[i] = plain
		}
		if query == nil {
			query = url.Values{}
		}
		query.Add(parts[0], parts[1])
	}
	return query, wrong
}

// maxQuoted is how much of a name is quoted, in bytes.
const maxQuoted = 100

func quoted(name string) string {
	return strings.ToValidUTF8(brief.Clip(name, maxQuoted), string(utf8.RuneError))
}

// CheckCharset takes a body that says it is in UTF-8, or says nothing: JSON is in nothing else (RFC 8259, 8.1). Errors:
// UNSUPPORTED_MEDIA_TYPE.
func CheckCharset(contentType string) error {
	_, parameters, _ := mime.ParseMediaType(contentType)
	switch strings.ToLower(parameters["charset"]) {
	case "", "utf-8", "utf8", "us-ascii":
		return nil
	}
	return dragonpass.Refuse(dragonpass.UnsupportedMediaType, "header Content-Type: expected charset utf-8, or none").By("contract")
}

package journal

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// mask stands where a secret was.
const mask = "***"

// secretEnds are the ends of names whose values are secret: secret, clientSecret, ACCESS_TOKEN and their like. Their
// first letters are left out because they come in both cases. A prebookingToken is no secret: tests compare it.
var secretEnds = []string{
	"ecret", "ECRET",
	"ccessToken", "ccesstoken", "ccess_token", "ccess-token", "ccess-Token", "CCESSTOKEN", "CCESS_TOKEN",
}

// named says whether a name is that of a secret.
func named(name string) bool {
	if name == "" || strings.IndexByte("tTnN", name[len(name)-1]) < 0 {
		return false // most names, cheaply
	}
	return slices.ContainsFunc(secretEnds, func(end string) bool { return strings.HasSuffix(name, end) })
}

// suspicious says whether text may hold a secret. It is cheap, because nearly no text does: the parts that it looks for
// begin with a rare letter.
func suspicious(text []byte) bool {
	return bytes.Contains(text, []byte("cret")) || bytes.Contains(text, []byte("CRET")) ||
		bytes.Contains(text, []byte("ccess")) || bytes.Contains(text, []byte("CCESS")) ||
		bytes.Contains(text, []byte(`\u`)) // a letter of a name can be written so
}

// redactBody masks the secrets of a body as far as limit, where the caller cuts. It returns the body itself if there
// are none, else a copy, which is longer than limit if there is something to cut.
func redactBody(body []byte, limit int) []byte {
	// A name that does not lie wholly before the cut has no value before the cut.
	if !suspicious(body[:min(len(body), limit)]) {
		return body
	}
	if jsontext.Value(body).IsValid(jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)) {
		return redactJSON(body, limit)
	}
	return redactText(body[:min(len(body), limit+1)])
}

// redactText masks everything after the first name of a secret, because in broken JSON nobody knows where a value ends.
func redactText(text []byte) []byte {
	cut := len(text)
	for _, end := range secretEnds {
		if i := bytes.Index(text[:cut], []byte(end)); i >= 0 {
			cut = i + len(end)
		}
	}
	for i := 0; i+5 < cut; i++ { // an escaped letter: the beginning of a name, for all we know
		if text[i] == '\\' && text[i+1] == 'u' && text[i+2] == '0' && text[i+3] == '0' && '4' <= text[i+4] && text[i+4] <= '7' {
			cut = i
		}
	}
	if cut == len(text) {
		return text
	}
	return append(bytes.Clone(text[:cut]), mask...)
}

// redactJSON masks the secrets of valid JSON, which stays valid if it is not cut.
func redactJSON(body []byte, limit int) []byte {
	d := jsontext.NewDecoder(bytes.NewReader(body), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	var out []byte
	copied := 0 // how much of the body is in out
	for len(out)+int(d.InputOffset())-copied <= limit {
		token, err := d.ReadToken()
		if err != nil {
			break // the end
		}
		if kind, n := d.StackIndex(d.StackDepth()); token.Kind() != '"' || kind != '{' || n%2 == 0 || !named(token.String()) {
			continue // not the name of a secret
		}
		value, err := d.ReadValue()
		if err != nil {
			break // it is valid, so there is one
		}
		if v := string(value); v == "null" || v == `""` {
			continue // that it is missing is no secret, and worth knowing
		}
		end := int(d.InputOffset())
		out = append(out, body[copied:end-len(value)]...)
		out = append(out, `"`+mask+`"`...)
		copied = end
	}
	if copied == 0 {
		return body
	}
	rest := body[copied:]
	return append(out, rest[:min(len(rest), max(0, limit+1-len(out)))]...)
}

// redactHeader masks a value of a header field. Of an authorization, the scheme is left.
func redactHeader(name, value string) string {
	switch {
	case strings.EqualFold(name, "Authorization"):
		if strings.HasPrefix(value, "Bearer ") {
			return "Bearer " + mask // the usual one, for nothing
		}
		scheme, _, more := strings.Cut(value, " ")
		if more && slices.ContainsFunc([]string{"Bearer", "Basic", "Digest", "Token"}, func(s string) bool { return strings.EqualFold(s, scheme) }) {
			return scheme + " " + mask
		}
		return mask // what stands first may be the secret itself
	case strings.EqualFold(name, "Cookie"), strings.EqualFold(name, "Set-Cookie"), named(name):
		return mask
	}
	return value
}

// redactQuery masks the secrets of a query as far as limit, where the caller cuts. A semicolon may divide parameters or
// belong to a value, so what follows it is masked as well.
func redactQuery(query string, limit int) string {
	out, copied := "", 0
	for at := 0; at < len(query) && len(out)+at-copied <= limit; {
		end := fieldEnd(query, at, "&;")
		name, value, _ := strings.Cut(query[at:end], "=")
		if plain, err := url.QueryUnescape(name); value != "" && (named(name) || err == nil && named(plain)) {
			end = fieldEnd(query, at, "&")
			out += query[copied:at+len(name)+1] + mask
			copied = end
		}
		at = end + 1
	}
	return out + query[copied:]
}

// fieldEnd is the index of the next of these separators, or of the end.
func fieldEnd(query string, at int, separators string) int {
	if i := strings.IndexAny(query[at:], separators); i >= 0 {
		return at + i
	}
	return len(query)
}

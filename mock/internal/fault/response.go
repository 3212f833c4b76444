package fault

import (
	"net/http"
	"slices"

	"github.com/go-json-experiment/json/jsontext"
)

// Render is the answer as it is sent. A header of the test author's wins over what follows from the body.
func (r *Response) Render() (status int, header http.Header, body []byte) {
	header = http.Header{}
	switch r.Body.Kind() {
	case '"':
		body, _ = jsontext.AppendUnquote(nil, r.Body) // it was checked
		header.Set("Content-Type", "text/plain; charset=utf-8")
	default:
		if len(r.Body) > 0 {
			body = slices.Clone(r.Body)
			header.Set("Content-Type", "application/json; charset=utf-8")
		}
	}
	for name, value := range r.Headers {
		header.Set(name, value)
	}
	return r.status(), header, body
}

func (r *Response) status() int {
	if r.Status == 0 {
		return http.StatusOK
	}
	return r.Status
}

// TakesBody says whether HTTP lets an answer of this status have a body.
func TakesBody(status int) bool {
	return status >= 200 && status != http.StatusNoContent && status != http.StatusNotModified
}

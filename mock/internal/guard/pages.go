package guard

import (
	"net/http"
	"strings"

	"dragonmock/mock/internal/envelope"
)

// exposed are the headers of answers that pages may read. Old browsers and jsdom want their names, others take the star.
var exposed = strings.Join([]string{
	"*", envelope.OriginHeader, envelope.ErrorHeader, envelope.ReasonHeader, envelope.RequestIDHeader, "Allow", "WWW-Authenticate", "Retry-After",
}, ", ")

// maxAsked is how much of what a preflight asks for is said again, in bytes.
const maxAsked = 1 << 10

// allowPages lets pages of every origin read the answer. Whether they get one is the token's to say.
func allowPages(h http.Header, r *http.Request) {
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Expose-Headers", exposed)
	if !isPreflight(r) {
		return
	}
	h.Set("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE")
	asked := strings.Join(r.Header.Values("Access-Control-Request-Headers"), ", ")
	if asked == "" || len(asked) > maxAsked {
		asked = "*, Authorization" // which the star does not cover
	}
	h.Set("Access-Control-Allow-Headers", asked)
	h.Set("Access-Control-Max-Age", "600")
	if r.Header.Get("Access-Control-Request-Private-Network") == "true" { // Chrome asks so before a public page calls this machine
		h.Set("Access-Control-Allow-Private-Network", "true")
	}
}

// Of every answer; shared, since making them anew costs each request three allocations.
var anything, anyHeader = []string{"*"}, []string{"*, Authorization"}

// Open opens a surface that all may call to pages, as the sandbox does, and says whether OPTIONS is all that was
// asked.
func Open(h http.Header, r *http.Request) (asked bool) {
	h["Access-Control-Allow-Origin"] = anything
	h["Access-Control-Allow-Headers"] = anyHeader
	h["Access-Control-Expose-Headers"] = anything
	if r.Method != http.MethodOptions {
		return false
	}
	h.Set("Access-Control-Allow-Methods", "GET, POST, PATCH")
	return true
}

// isPreflight says whether a browser asks whether a page may call. It never sends the token.
func isPreflight(r *http.Request) bool {
	return r.Method == http.MethodOptions && r.Header.Get("Origin") != "" && r.Header.Get("Access-Control-Request-Method") != ""
}

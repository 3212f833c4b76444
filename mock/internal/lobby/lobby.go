package lobby

import (
	"cmp"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/envelope"
	"dragonmock/mock/internal/logbook"
)

// Entry is something that is there.
type Entry struct {
	Call string `json:"call"` // a method and a path
	Is   string `json:"is"`
}

// Lobby stands before a surface.
type Lobby struct {
	Lists  map[string]func() []Entry // by the path that answers them, without a slash at its end; the root is "/"
	Next   http.Handler              // answers all else
	Refuse func(http.ResponseWriter, *http.Request, *dragonpass.Error)
	Log    *slog.Logger // is told what was answered
}

// allowed are the methods of lists.
const allowed = "GET, HEAD, OPTIONS"

// ServeHTTP answers GET, HEAD and, of its lists, OPTIONS of its own paths, and passes everything else on.
func (l Lobby) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := cmp.Or(strings.TrimSuffix(r.URL.Path, "/"), "/") // a target that is an address alone has no path
	list, listed := l.Lists[path]
	switch {
	case listed && path != "/" && r.Method == http.MethodOptions: // the root is a path of the surface too
		w.Header().Set("Allow", allowed)
		l.answer(w, r, http.StatusNoContent, "", "")
	case listed && path != "/" && r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", allowed)
		l.Refuse(w, r, dragonpass.Refuse(dragonpass.MethodNotAllowed, "%s is not allowed on %s, it knows GET, HEAD", r.Method, path))
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		l.Next.ServeHTTP(w, r)
	case listed:
		l.answer(w, r, http.StatusOK, envelope.ContentType, render(list()))
	case path == "/robots.txt":
		l.answer(w, r, http.StatusOK, plain, "User-agent: *\nDisallow: /\n")
	case fromBrowser(path):
		l.answer(w, r, http.StatusNotFound, plain, fmt.Sprintf("There is no %s, and never will be.\n", path))
	default:
		l.Next.ServeHTTP(w, r)
	}
}

// plain is the type of what is for nobody's program.
const plain = "text/plain; charset=utf-8"

// fromBrowser says whether browsers ask for a path without being told.
func fromBrowser(path string) bool {
	return path == "/favicon.ico" || strings.HasPrefix(path, "/apple-touch-icon") || strings.HasPrefix(path, "/.well-known/")
}

// render writes a list as small JSON, an entry a line.
func render(list []Entry) string {
	var b strings.Builder
	_ = json.MarshalWrite(&b, struct { // strings always marshal
		There []Entry `json:"there"`
	}{list}, jsontext.WithIndent("  "), jsontext.SpaceAfterComma(true))
	return b.String() + "\n"
}

func (l Lobby) answer(w http.ResponseWriter, r *http.Request, status int, contentType, body string) {
	h := w.Header()
	h.Set(envelope.OriginHeader, envelope.Mock)
	if contentType != "" {
		h.Set("Content-Type", contentType)
		h.Set("Content-Length", strconv.Itoa(len(body)))
	}
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
	logbook.Tell(l.Log, logbook.Exchange{Method: r.Method, Path: r.URL.Path, Status: status, Aside: true})
}

package dispatch

import (
	"net/http"
	"strings"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/brief"
	"dragonmock/mock/internal/directory"
)

// maxPath is how much of an unknown path is looked at and quoted, in bytes: a path of a megabyte would take seconds.
const maxPath = 256

// asked is the path of a request, cut to what is bearable.
func asked(r *http.Request) string { return brief.Clip(r.URL.Path, maxPath) }

// unknown refuses a path that no operation has.
func (d *Dispatcher) unknown(s *surface, r *http.Request) error {
	return dragonpass.Refuse(dragonpass.RouteNotFound, "%s %s is not known%s%s", r.Method, asked(r), directory.Slip(asked(r), s.Bases)+d.whole.Elsewhere(s.Name, r.Method, asked(r)), s.hint(r))
}

// wrongMethod refuses a known path with another method than those.
func (s *surface) wrongMethod(r *http.Request, allowed string) error {
	hint := ""
	if s.Policy.Hint == "" {
		hint = s.hint(r)
	}
	if r.Method != strings.ToUpper(r.Method) {
		hint = "; methods are written in capitals" + hint
	}
	allowed = strings.TrimPrefix(allowed, http.MethodOptions+", ")
	return dragonpass.Refuse(dragonpass.MethodNotAllowed, "%s is not allowed on %s, it knows %s%s", r.Method, asked(r), allowed, hint)
}

// hint says where to look for what was meant.
func (s *surface) hint(r *http.Request) string {
	if s.Policy.Hint != "" {
		return "; " + s.Policy.Hint + ". Nearest: " + strings.Join(s.directory.Nearest(r.Method, asked(r)), ", ")
	}
	return ". Nearest: " + strings.Join(s.nearest(r), ", ")
}

// nearest names the operations that were most likely meant, where the version has nothing else to say.
func (s *surface) nearest(r *http.Request) []string {
	if s.Policy.Hint != "" {
		return nil
	}
	return s.directory.Nearest(r.Method, asked(r))
}

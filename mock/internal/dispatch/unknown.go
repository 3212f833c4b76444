package dispatch

import (
	"net/http"
	"strings"

	"dragonmock/mock/dragonpass"
)

// maxPath is how much of an unknown path is looked at and quoted, in bytes: a path of a megabyte would take seconds.
const maxPath = 256

// asked is the path of a request, cut to what is bearable.
func asked(r *http.Request) string {
	if len(r.URL.Path) <= maxPath {
		return r.URL.Path
	}
	return r.URL.Path[:maxPath] + "..."
}

// unknown refuses a path that no operation has.
func (s *surface) unknown(r *http.Request) error {
	return dragonpass.Refuse(dragonpass.RouteNotFound, "%s %s is not known%s", r.Method, asked(r), s.hint(r))
}

// wrongMethod refuses a known path with another method than those.
func (s *surface) wrongMethod(r *http.Request, allowed string) error {
	hint := ""
	if s.Policy.Hint == "" {
		allowed, hint = strings.TrimPrefix(allowed, http.MethodOptions+", "), s.hint(r)
	}
	return dragonpass.Refuse(dragonpass.MethodNotAllowed, "%s is not allowed on %s, it knows %s%s", r.Method, asked(r), allowed, hint)
}

// hint says where to look for what was meant.
func (s *surface) hint(r *http.Request) string {
	if s.Policy.Hint != "" {
		return "; " + s.Policy.Hint
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

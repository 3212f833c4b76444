package control

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strings"

	"dragonmock/mock/dragonpass"
)

// HealthPath is what probes ask, below the prefix. It is open to all.
const HealthPath = "/health"

// Controls says whether a path is the test author's.
func Controls(path string) bool {
	rest, ok := strings.CutPrefix(path, Prefix)
	return ok && (rest == "" || rest[0] == '/')
}

// admit refuses who may not come in. With a token, whoever has it may; without one, everybody but browsers on pages of
// other origins, since any page that somebody opens could call a port of their machine. It is the first gate, and stands
// before whatever shares the port of the control plane.
func (p *plane) admit(r *http.Request) *dragonpass.Error {
	if r.URL.Path == Prefix+HealthPath {
		return nil
	}
	if p.Token == "" {
		if origin := r.Header.Get("Origin"); origin != "" && !strings.EqualFold(origin, ownOrigin(r)) {
			return dragonpass.Refuse(dragonpass.OriginNotAllowed, "header Origin: pages of %s may not call the control plane, only those of %s", origin, ownOrigin(r))
		}
		return nil
	}
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") || token == "" {
		return dragonpass.Refuse(dragonpass.TokenMissing, "header Authorization: expected Bearer and the control token")
	}
	if !same(token, p.Token) {
		return dragonpass.Refuse(dragonpass.TokenInvalid, "header Authorization: it is not the control token")
	}
	return nil
}

// ownOrigin is the origin of pages that the server itself shows, by the address that the client used.
func ownOrigin(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// same compares secrets in a time that tells nothing of them: digests, so that it does not tell the length either.
func same(a, b string) bool {
	left, right := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(left[:], right[:]) == 1
}

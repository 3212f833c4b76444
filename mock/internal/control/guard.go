package control

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"dragonmock/mock/dragonpass"
)

// originNotAllowed is the refusal of a browser that shows a page of somebody else.
const originNotAllowed dragonpass.Code = "ORIGIN_NOT_ALLOWED"

// HealthPath is what probes ask, below the prefix. It is open to all.
const HealthPath = "/health"

// Guard lets nobody in but those who may. With a token, whoever has it; without one, everybody but browsers on pages of
// other origins, since any page that somebody opens could call a port of their machine.
func (p *Plane) Guard(e *echo.Echo, prefix string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := p.admit(r, prefix); err != nil {
			if err.Code != originNotAllowed {
				w.Header().Set(echo.HeaderWWWAuthenticate, `Bearer realm="dragonmock control plane"`)
			}
			if err := p.refuse(e.NewContext(r, w), err); err != nil {
				p.Log.Debug("the client went away", "error", err)
			}
			return
		}
		e.ServeHTTP(w, r)
	})
}

// admit is nil for a request that may pass.
func (p *Plane) admit(r *http.Request, prefix string) *dragonpass.Error {
	if r.URL.Path == prefix+HealthPath {
		return nil
	}
	if p.Token == "" {
		if origin := r.Header.Get(echo.HeaderOrigin); origin != "" && !strings.EqualFold(origin, ownOrigin(r)) {
			return dragonpass.Refuse(originNotAllowed, "header Origin: pages of %s may not call the control plane, only those of %s", origin, ownOrigin(r))
		}
		return nil
	}
	scheme, token, _ := strings.Cut(r.Header.Get(echo.HeaderAuthorization), " ")
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

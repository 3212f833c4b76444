package guard

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"log/slog"
	"net"
	"net/http"
	"strings"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/logbook"
)

// Guard stands before what only the test author may call, whatever paths there are behind it.
type Guard struct {
	Token  string // lets callers in; empty: all but pages
	Open   string // the path that all may call; empty: none
	Next   http.Handler
	Refuse func(http.ResponseWriter, *http.Request, *dragonpass.Error)
	Log    *slog.Logger // is told of preflights; a refusal is told by Refuse
}

// ServeHTTP lets a request on, or refuses it.
func (g Guard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if g.Token != "" {
		allowPages(w.Header(), r)
		if isPreflight(r) {
			w.WriteHeader(http.StatusNoContent)
			logbook.Tell(g.Log, logbook.Exchange{Method: r.Method, Path: r.URL.Path, Status: http.StatusNoContent})
			return
		}
	}
	if r.URL.Path != g.Open {
		if err := g.admit(r); err != nil {
			if err.Code == dragonpass.TokenMissing || err.Code == dragonpass.TokenInvalid {
				w.Header().Set("WWW-Authenticate", `Bearer realm="dragonmock control plane"`)
			}
			g.Refuse(w, r, err)
			return
		}
	}
	g.Next.ServeHTTP(w, r)
}

// admit refuses who may not come in. Errors: TOKEN_MISSING, TOKEN_INVALID; without a token HOST_NOT_ALLOWED,
// ORIGIN_NOT_ALLOWED.
func (g Guard) admit(r *http.Request) *dragonpass.Error {
	if g.Token == "" {
		return admitUnnamed(r)
	}
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") || token == "" {
		return dragonpass.Refuse(dragonpass.TokenMissing, "header Authorization: expected Bearer and the control token")
	}
	if !same(token, g.Token) {
		return dragonpass.Refuse(dragonpass.TokenInvalid, "header Authorization: it is not the control token")
	}
	return nil
}

// same compares secrets in a time that tells nothing of them: digests, so that it does not tell the length either.
func same(a, b string) bool {
	left, right := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(left[:], right[:]) == 1
}

// remedy ends the refusals of pages.
const remedy = "; a server with --control-token lets in whoever sends the token, from wherever"

// admitUnnamed refuses pages, since nobody has to show who they are.
func admitUnnamed(r *http.Request) *dragonpass.Error {
	host := hostname(r.Host)
	if host != "" && atLoopback(r) && !isLoopback(host) {
		return dragonpass.Refuse(dragonpass.HostNotAllowed,
			"header Host: the server listens on loopback alone, where %s is no name for it: expected localhost, 127.0.0.1 or [::1]%s", r.Host, remedy)
	}
	origin := r.Header.Get("Origin")
	switch own := ownOrigin(r); {
	case origin == "":
		return nil
	case !strings.EqualFold(origin, own):
		return dragonpass.Refuse(dragonpass.OriginNotAllowed, "header Origin: pages of %s may not call the control plane, only those of %s%s", origin, own, remedy)
	case !isPrivate(host):
		return dragonpass.Refuse(dragonpass.OriginNotAllowed,
			"header Origin: pages of %s may not call the control plane: anybody can have a name with dots point to this server%s", origin, remedy)
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

// hostname is the name in a Host header, without port, brackets and a dot at its end, in small letters.
func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
}

// isLoopback says whether a name can mean nothing but the loopback of the machine that the server is on. 0.0.0.0 is one:
// to a client it is the same machine. So is what containers call the machine that they run on: .internal is in no public
// DNS.
func isLoopback(name string) bool {
	if ip := net.ParseIP(name); ip != nil {
		return ip.IsLoopback() || ip.IsUnspecified()
	}
	return name == "localhost" || strings.HasSuffix(name, ".localhost") ||
		strings.HasPrefix(name, "host.") && strings.HasSuffix(name, ".internal")
}

// isPrivate says whether a name is one that nobody can register: an address, a name of the loopback, or one without dots,
// such as that of a service in a container network.
func isPrivate(name string) bool {
	return isLoopback(name) || net.ParseIP(name) != nil || !strings.Contains(name, ".")
}

type listeningKey struct{}

// Listening notes at which address the requests of a server arrive, for [http.Server].BaseContext.
func Listening(ctx context.Context, at net.Addr) context.Context {
	return context.WithValue(ctx, listeningKey{}, at)
}

// atLoopback says whether a request came to a listener that only this machine reaches. Where nobody noted the listener,
// the connection's own address tells.
func atLoopback(r *http.Request) bool {
	at, noted := r.Context().Value(listeningKey{}).(net.Addr)
	if !noted {
		at, _ = r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	}
	tcp, ok := at.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

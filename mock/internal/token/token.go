package token

import (
	"crypto/rand"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/access"
	"dragonmock/mock/internal/client"
	"dragonmock/mock/internal/host"
	"dragonmock/mock/internal/world"
)

// Life is how long an issued access token is good, by the machine's clock (D/v1/338386m0).
const Life = time.Hour

// Bearer is the token that a request bears; empty when it bears none.
func Bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// Verifier verifies the tokens of a host's worlds, and remembers those whose signature it has checked. It is safe for
// concurrent use.
type Verifier struct {
	Host     *host.Host
	verified verified
}

// Verify checks a token: HS256 or RS256 by the key of its issuer, and not expired by the machine's clock. A token without
// `exp` is not good; `nbf` and `iat` are not looked at. Errors: TOKEN_INVALID; TOKEN_EXPIRED, with which the world that
// the token was for is returned too.
func (v *Verifier) Verify(token string) (*world.World, error) {
	signed, known := v.verified.get(token)
	world := v.Host.ByIssuer(signed.issuer)
	if !known || world == nil || world.Client().Key != signed.key {
		var err error
		if world, signed, err = v.checkSignature(token); err != nil {
			return nil, err
		}
		v.verified.add(token, signed)
	}
	if !time.Now().Before(signed.expires) {
		return world, dragonpass.Refuse(dragonpass.TokenExpired, "header Authorization: the token expired at %s", signed.expires.UTC().Format(time.RFC3339)).
			By("D/v1/338386m0").Unless("a new token")
	}
	return world, nil
}

// checkSignature finds the world whose key a token is signed with.
func (v *Verifier) checkSignature(token string) (*world.World, signature, error) {
	var world *world.World
	var claims jwt.RegisteredClaims
	hs256, rs256 := jwt.SigningMethodHS256.Alg(), jwt.SigningMethodRS256.Alg()
	parser := jwt.NewParser(jwt.WithValidMethods([]string{hs256, rs256}), jwt.WithoutClaimsValidation())
	_, err := parser.ParseWithClaims(token, &claims, func(t *jwt.Token) (any, error) {
		if _, critical := t.Header["crit"]; critical {
			return nil, errors.New("an extension that must be understood (RFC 7515, 4.1.11), and none is")
		}
		if world = v.Host.ByIssuer(claims.Issuer); world == nil {
			return nil, errors.New("unknown issuer")
		}
		// Each algorithm has its own kind of key, so that a public key never serves as a secret.
		client := world.Client()
		if t.Method.Alg() == hs256 {
			return []byte(client.Key), nil
		}
		if client.PublicKey == nil {
			return nil, errors.New("the client has no public key")
		}
		return client.PublicKey, nil
	})
	if err == nil && (claims.ExpiresAt == nil || claims.ExpiresAt.Year() < 0 || claims.ExpiresAt.Year() > 9999) {
		err = errors.New("no exp, or one beyond the years that can be written")
	}
	if err != nil {
		return nil, signature{}, dragonpass.Refuse(dragonpass.TokenInvalid, "header Authorization: expected an HS256 or RS256 JWT of a known issuer, signed with its key, with exp in seconds from 1970 and before the year 10000").
			By("D/v1/338386m0").Unless("claims iss and exp, signed with the key of the issuer")
	}
	return world, signature{claims.Issuer, world.Client().Key, claims.ExpiresAt.Time}, nil
}

// Issue makes an access token for a client that shows its secret. Errors: CREDENTIALS_INVALID.
func Issue(w *world.World, secret string) (string, error) {
	var client client.Client
	if w != nil {
		client = w.Client()
	}
	if err := access.CheckCredentials(w != nil, client.Secret, secret); err != nil {
		return "", err
	}
	now := time.Now()
	return jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.RegisteredClaims{
		Issuer: client.Issuer, ID: rand.Text(), IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(Life)),
	}).SignedString([]byte(client.Key))
}

package signet

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// Issuer is the `iss` of what the vendor signs (S).
const Issuer = "dragonpass"

// Life is how long a signature is good, by the machine's clock, which is what clients judge it by.
const Life = 5 * time.Minute

// claims are what a signature says. Which body it is for stands in a claim of its own: without that it would be good for any
// body.
type claims struct {
	jwt.RegisteredClaims
	BodySHA256 string `json:"bodySha256"`
}

// Sign signs a body: a JWT with RS256, `iss` and `kid` (S). Its id is that of what is sent. An expired one has ended.
func (n Name) Sign(id string, body []byte, expired bool) (string, error) {
	now, digest := time.Now(), sha256.Sum256(body)
	if expired {
		now = now.Add(-2 * Life)
	}
	token := jwt.NewWithClaims(jwt.SigningMethodRS256, claims{
		jwt.RegisteredClaims{Issuer: Issuer, ID: id, IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(Life))},
		hex.EncodeToString(digest[:]),
	})
	token.Header["kid"] = n.KeyID()
	return token.SignedString(n.Key())
}

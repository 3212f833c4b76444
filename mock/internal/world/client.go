package world

import (
	crand "crypto/rand"
	"crypto/rsa"
	"encoding/hex"
	"slices"
	"strings"
)

// DefaultLanguage is the language of answers unless another is asked for.
const DefaultLanguage = "en-US"

// Client is who may call into a world.
type Client struct {
	ClientID  string // for the token endpoint
	Secret    string
	Issuer    string         // `iss` of tokens, issued or signed by the client itself
	Key       string         // HS256 key of those tokens; its characters are the key bytes
	PublicKey *rsa.PublicKey // of RS256 tokens that the client signs; nil: it signs none
	Programs  []string       // the first is the default; none: the documentation's sample programmes

	Operations []string // that it may call; none: all
	Languages  []string // that it may ask for beside the default one
}

// DefaultProgram is the programme of calls without X-Program-ID.
func (c Client) DefaultProgram() string { return c.Programs[0] }

// HasProgram says whether a programme is the client's.
func (c Client) HasProgram(id string) bool { return slices.Contains(c.Programs, id) }

// Permits says whether the client may call an operation.
func (c Client) Permits(operation string) bool {
	return len(c.Operations) == 0 || slices.Contains(c.Operations, operation)
}

// Speaks says whether the client may ask for a language: the default one, or one it is authorised for (D/339140m0).
func (c Client) Speaks(language string) bool {
	return language == DefaultLanguage || slices.Contains(c.Languages, language)
}

// samplePrograms are the programmes of the documentation's examples.
func samplePrograms() []string { return []string{"18943", "1876920048220766208"} }

// withSampleCredentials gives a client the documentation's sample credentials (D/v1/338386m0).
func withSampleCredentials(c Client) Client {
	c.ClientID, c.Secret = "DragonPass", "dpSecretKey12345"
	c.Issuer, c.Key = "6A909655CF67444A93262A665CDD235F", "60B118779DD14B0990692B51BF8B93DC"
	return withPrograms(c)
}

// withNewCredentials gives a client credentials that nobody can guess.
func withNewCredentials(c Client) Client {
	c.ClientID, c.Secret, c.Issuer, c.Key = "client-"+secret(8), secret(16), secret(16), secret(16)
	return withPrograms(c)
}

func withPrograms(c Client) Client {
	if len(c.Programs) == 0 {
		c.Programs = samplePrograms()
	}
	return c
}

// newWorldID names a world.
func newWorldID() string { return "w-" + secret(8) }

// secret makes n random bytes as upper case hex. World ids and credentials are never seeded: a test must not be able to
// guess another's.
func secret(n int) string {
	b := make([]byte, n)
	crand.Read(b) // never fails (crypto/rand)
	return strings.ToUpper(hex.EncodeToString(b))
}

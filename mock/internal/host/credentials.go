package host

import (
	crand "crypto/rand"
	"encoding/hex"
	"strings"

	"dragonmock/mock/internal/client"
)

// samplePrograms are the programmes of the documentation's examples.
func samplePrograms() []string { return []string{"18943", "1876920048220766208"} }

// withSampleCredentials gives a client the documentation's sample credentials (D/v1/338386m0).
func withSampleCredentials(c client.Client) client.Client {
	c.ClientID, c.Secret = "DragonPass", "dpSecretKey12345"
	c.Issuer, c.Key = "6A909655CF67444A93262A665CDD235F", "60B118779DD14B0990692B51BF8B93DC"
	return withPrograms(c)
}

// withNewCredentials gives a client credentials that nobody can guess.
func withNewCredentials(c client.Client) client.Client {
	c.ClientID, c.Secret, c.Issuer, c.Key = "client-"+secret(8), secret(16), secret(16), secret(16)
	return withPrograms(c)
}

func withPrograms(c client.Client) client.Client {
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

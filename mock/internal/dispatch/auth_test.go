package dispatch_test

import (
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

func TestToken_WronglySigned_IsRefused(t *testing.T) {
	t.Parallel()
	srv, _ := mocktest.Start(t)
	who := srv.World().Credentials()
	signed, err := srv.World().SignedToken(time.Now().Add(time.Minute))
	require.NoError(t, err)
	sign := func(method jwt.SigningMethod, key any, claims jwt.MapClaims) string {
		token, err := jwt.NewWithClaims(method, claims).SignedString(key)
		require.NoError(t, err)
		return token
	}
	hour, hs256 := time.Now().Add(time.Hour).Unix(), jwt.SigningMethodHS256
	for _, row := range []struct {
		name, header, want string
	}{
		{"none", "", "TOKEN_MISSING"},
		{"another scheme", "Basic RHJhZ29uUGFzczpkcA==", "TOKEN_MISSING"},
		{"a scheme alone", "Bearer ", "TOKEN_MISSING"},
		{"no JWT", "Bearer nonsense", "TOKEN_INVALID"},
		{"her own", "Bearer " + sign(hs256, []byte(who.Key), jwt.MapClaims{"iss": who.Issuer, "exp": hour}), ""},
		{"the world's own helper", "Bearer " + signed, ""},
		{"scheme in lower case", "bearer " + sign(hs256, []byte(who.Key), jwt.MapClaims{"iss": who.Issuer, "exp": hour}), ""},
		{"nbf and iat are not looked at", "Bearer " + sign(hs256, []byte(who.Key), jwt.MapClaims{"iss": who.Issuer, "exp": hour, "nbf": hour, "iat": hour}), ""},
		{"no exp", "Bearer " + sign(hs256, []byte(who.Key), jwt.MapClaims{"iss": who.Issuer}), "TOKEN_INVALID"},
		{"the last exp", "Bearer " + sign(hs256, []byte(who.Key), jwt.MapClaims{"iss": who.Issuer, "exp": 253402300799}), ""},
		{"exp in the year 10000", "Bearer " + sign(hs256, []byte(who.Key), jwt.MapClaims{"iss": who.Issuer, "exp": 253402300800}), "TOKEN_INVALID"},
		{"exp beyond all years", "Bearer " + sign(hs256, []byte(who.Key), jwt.MapClaims{"iss": who.Issuer, "exp": 1e300}), "TOKEN_INVALID"},
		{"exp before all years", "Bearer " + sign(hs256, []byte(who.Key), jwt.MapClaims{"iss": who.Issuer, "exp": -1e300}), "TOKEN_INVALID"},
		{"exp in text", "Bearer " + sign(hs256, []byte(who.Key), jwt.MapClaims{"iss": who.Issuer, "exp": "soon"}), "TOKEN_INVALID"},
		{"expired", "Bearer " + sign(hs256, []byte(who.Key), jwt.MapClaims{"iss": who.Issuer, "exp": time.Now().Unix() - 1}), "TOKEN_EXPIRED"},
		{"unknown issuer", "Bearer " + sign(hs256, []byte(who.Key), jwt.MapClaims{"iss": "nobody", "exp": hour}), "TOKEN_INVALID"},
		{"no issuer", "Bearer " + sign(hs256, []byte(who.Key), jwt.MapClaims{"exp": hour}), "TOKEN_INVALID"},
		{"another key", "Bearer " + sign(hs256, []byte("guess"), jwt.MapClaims{"iss": who.Issuer, "exp": hour}), "TOKEN_INVALID"},
		{"another algorithm", "Bearer " + sign(jwt.SigningMethodHS512, []byte(who.Key), jwt.MapClaims{"iss": who.Issuer, "exp": hour}), "TOKEN_INVALID"},
		{"alg none", "Bearer " + sign(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, jwt.MapClaims{"iss": who.Issuer, "exp": hour}), "TOKEN_INVALID"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			c := mocktest.Stranger(t, srv.URL).With("Authorization", row.header)
			got := c.Get("/resources/N00001")
			if row.want == "" {
				got.OK()
			} else {
				got.Refused(row.want)
				assert.Equal(t, 401, got.Status)
			}
		})
	}
}

func TestCredentials_Wrong_AreRefused(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	who := srv.World().Credentials()
	c.Token = ""
	c.Post("/auth/token", obj{"clientId": who.ClientID, "secret": "wrong"}).Refused("CREDENTIALS_INVALID")
	c.Post("/auth/token", obj{"clientId": "nobody", "secret": who.Secret}).Refused("CREDENTIALS_INVALID")
	c.Post("/auth/token", obj{"clientId": 7}).Refused("INVALID_REQUEST")
	c.Post("/auth/token", "{").Refused("MALFORMED_JSON")
}

func TestToken_SignedByRS256_NeedsTheWorldsKey(t *testing.T) {
	t.Parallel()
	key := mocktest.NewKey(t)
	public := mocktest.PublicPEM(t, key)
	srv, c := mocktest.Start(t)
	w := mocktest.NewWorld(t, srv, mock.WithPublicKey(public))
	claims := jwt.MapClaims{"iss": w.Credentials().Issuer, "exp": time.Now().Add(time.Hour).Unix()}
	sign := func(method jwt.SigningMethod, key any, claims jwt.MapClaims) *mocktest.Client {
		token, err := jwt.NewWithClaims(method, claims).SignedString(key)
		require.NoError(t, err)
		return c.WithToken(token)
	}
	sign(jwt.SigningMethodRS256, key, claims).Get("/resources/N00001").OK()
	c.In(w).Get("/resources/N00001").OK() // HS256 is still good
	sign(jwt.SigningMethodRS384, key, claims).Get("/resources/N00001").Refused("TOKEN_INVALID")
	sign(jwt.SigningMethodRS256, mocktest.NewKey(t), claims).Get("/resources/N00001").Refused("TOKEN_INVALID")
	// The public key is no secret: as an HS256 key it must open nothing.
	sign(jwt.SigningMethodHS256, []byte(public), claims).Get("/resources/N00001").Refused("TOKEN_INVALID")
	claims = jwt.MapClaims{"iss": srv.World().Credentials().Issuer, "exp": time.Now().Add(time.Hour).Unix()}
	sign(jwt.SigningMethodRS256, key, claims).Get("/resources/N00001").Refused("TOKEN_INVALID")
}

// TestToken_CriticalExtension_IsRefused: who does not understand an extension that must be understood refuses the token
// (RFC 7515, 4.1.11).
func TestToken_CriticalExtension_IsRefused(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	who := srv.World().Credentials()
	for critical, good := range map[any]bool{nil: true, "b64": false} {
		token := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{"iss": who.Issuer, "exp": time.Now().Add(time.Hour).Unix()})
		if critical != nil {
			token.Header["crit"], token.Header["b64"] = []any{critical}, true
		}
		signed, err := token.SignedString([]byte(who.Key))
		require.NoError(t, err)
		a := c.WithToken(signed).Get("/resources/N00001")
		if good {
			a.OK()
		} else {
			a.Refused("TOKEN_INVALID")
		}
	}
}

// TestToken_ClockMoved_StaysGood shows that access tokens go by the machine's clock.
func TestToken_ClockMoved_StaysGood(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	mocktest.Advance(t, srv.World(), 1000*time.Hour)
	c.Get("/resources/N00001").OK()
}

func TestProgram_Foreign_IsNotAllowed(t *testing.T) {
	t.Parallel()
	_, c := mocktest.Start(t)
	c.With("X-Program-ID", "1876920048220766208").Get("/resources/N00001").OK()
	c.With("X-Program-ID", "1").Get("/resources/N00001").Refused("PROGRAM_NOT_ALLOWED")
}

package dispatch_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

// The documentation's sample credentials, which the default world has.
const sampleIssuer, sampleKey = "6A909655CF67444A93262A665CDD235F", "60B118779DD14B0990692B51BF8B93DC"

// FuzzToken shows tokens of any kind, signed with any key: only those that are signed right are good, and not one that
// has expired.
func FuzzToken(f *testing.F) {
	srv, err := mock.New()
	require.NoError(f, err)
	f.Cleanup(srv.Close)
	const hs256, good = `{"alg":"HS256","typ":"JWT"}`, `{"iss":"` + sampleIssuer + `","exp":4102444800}`
	for _, seed := range [][4]string{
		{"Bearer ", hs256, good, sampleKey},
		{"bearer ", hs256, good, sampleKey},
		{"Bearer ", hs256, good, ""},
		{"Bearer ", hs256, good, sampleIssuer},
		{"Basic ", hs256, good, sampleKey},
		{"Bearer ", `{"alg":"none"}`, good, sampleKey},
		{"Bearer ", `{"alg":"HS512"}`, good, sampleKey},
		{"Bearer ", `{"alg":"RS256"}`, good, sampleKey},
		{"Bearer ", `{"alg":"HS256","crit":["b64"],"b64":false}`, good, sampleKey},
		{"Bearer ", hs256, `{"iss":"` + sampleIssuer + `","exp":1}`, sampleKey},
		{"Bearer ", hs256, `{"iss":"` + sampleIssuer + `","exp":1e300}`, sampleKey},
		{"Bearer ", hs256, `{"iss":"` + sampleIssuer + `","exp":-9223372036854775809}`, sampleKey},
		{"Bearer ", hs256, `{"iss":"` + sampleIssuer + `"}`, sampleKey},
		{"Bearer ", hs256, `{"iss":"somebody","exp":4102444800}`, sampleKey},
		{"Bearer ", hs256, `{"iss":["` + sampleIssuer + `"],"exp":"4102444800"}`, sampleKey},
		{"Bearer ", hs256, `[]`, sampleKey},
	} {
		f.Add(seed[0], seed[1], seed[2], seed[3], "")
	}
	f.Add("Bearer ..", "", "", "", "..")
	f.Fuzz(func(t *testing.T, scheme, head, claims, key, tail string) {
		encode := base64.RawURLEncoding.EncodeToString
		signed := encode([]byte(head)) + "." + encode([]byte(claims))
		shown := scheme + signed + "." + encode(sum(signed, key)) + tail
		if !mocktest.IsHeader(shown) {
			return
		}
		r := httptest.NewRequest("GET", "/resources/N00001", nil)
		r.Header.Set("Authorization", shown)
		w := httptest.NewRecorder()
		srv.Handler().ServeHTTP(w, r)
		switch w.Code {
		case 200:
			require.True(t, signedRight(shown), "accepted: %q, with %s and %s", shown, head, claims)
		case 401:
			right := scheme == "Bearer " && head == hs256 && claims == good && key == sampleKey && tail == ""
			require.False(t, right, "refused: %s", w.Body)
		default:
			require.Fail(t, "neither accepted nor refused", "%d %s", w.Code, w.Body)
		}
	})
}

func sum(text, key string) []byte {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

// signedRight knows a token of the default world without the library that the mock uses.
func signedRight(authorization string) bool {
	scheme, token, _ := strings.Cut(authorization, " ")
	parts := strings.Split(strings.TrimSpace(token), ".")
	if !strings.EqualFold(scheme, "Bearer") || len(parts) != 3 {
		return false
	}
	var head struct{ Alg string }
	var claims struct {
		Iss string
		Exp float64
	}
	for i, into := range []any{&head, &claims} {
		text, err := base64.RawURLEncoding.DecodeString(parts[i])
		if err != nil || json.Unmarshal(text, into) != nil {
			return false
		}
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	return err == nil && hmac.Equal(signature, sum(parts[0]+"."+parts[1], sampleKey)) &&
		head.Alg == "HS256" && claims.Iss == sampleIssuer && claims.Exp > float64(time.Now().Unix()-1)
}

package mock_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
)

// in is a client of another world of the server.
func (c *client) in(w *mock.World) *client {
	copied := *c
	copied.token = w.Token()
	copied.extra = http.Header{}
	return &copied
}

func TestWorldsDoNotSeeEachOther(t *testing.T) {
	srv, c := start(t)
	w, err := srv.NewWorld(mock.WithClock(monday.Add(24 * time.Hour)))
	require.NoError(t, err)
	other := c.in(w)
	mine, theirs := c.issue(2), other.issue(3)
	assert.Equal(t, mine["orderId"], theirs["orderId"], "each begins with the first ids")
	assert.Equal(t, 2.0, dig(mine, "extra", "availableUsages"))
	assert.Equal(t, [2]float64{3, 0}, other.usages(ePassID(theirs)))
	order := c.book(ePassID(mine), c.place(ePassID(mine), "N00001", "2025-09-04T10:30", 1)).ok()
	other.post("/orders/ePasses/details", obj{"orderId": order["orderId"]}).refused("ORDER_NOT_FOUND")
	_, err = w.PatchResource("N00001", `{"resourceName":"Theirs"}`)
	require.NoError(t, err)
	assert.Equal(t, "DragonPass Lounge", c.get("/resources/N00001").ok()["resourceName"])
	assert.Equal(t, "Theirs", other.get("/resources/N00001").ok()["resourceName"])
	_, err = w.Advance(time.Hour)
	require.NoError(t, err)
	assert.Equal(t, monday, srv.World().Clock().Now)

	w.Close()
	other.get("/resources/N00001").refused("TOKEN_INVALID")
	who := w.Credentials()
	c.post("/auth/token", obj{"clientId": who.ClientID, "secret": who.Secret}).refused("CREDENTIALS_INVALID")
	srv.World().Close()
	c.get("/resources/N00001").ok() // the default world ends with its server
}

func TestWorldsOverTheControlPlane(t *testing.T) {
	srv, _ := start(t)
	author := &client{t: t, url: srv.URL, extra: http.Header{}}
	made := author.post("/_mock/worlds", obj{"scenario": obj{"name": "inline", "given": obj{
		"clock": "2025-09-01T09:00:00+01:00", "ePasses": []obj{{"as": "pass", "module": 1, "availableUsages": 2}},
	}}, "programs": []string{"77"}, "operations": []string{"retrieveEPass", "retrieveResource"}, "languages": []string{"fr-FR"}, "lifetime": "1h"}).ok()
	token := author.post("/api/v1/auth/token", obj{"clientId": made["clientId"], "secret": made["secret"]}).ok()["accessToken"].(string)
	c := &client{t: t, url: srv.URL, token: token, extra: http.Header{}}
	pass := dig(made, "given", "pass", "ePassId").(string)
	assert.Equal(t, [2]float64{2, 0}, c.usages(pass))
	assert.Equal(t, "77", made["programId"])
	c.with("X-Program-ID", "18943").post("/orders/ePasses/search", obj{"ePassId": pass}).refused("PROGRAM_NOT_ALLOWED")
	c.call("PATCH", "/orders", obj{"status": 3, "orderId": "x"}).refused("OPERATION_NOT_PERMITTED")
	assert.Equal(t, "fr-FR", c.get("/resources/N00001?language=fr-FR").ok()["language"])
	c.get("/resources/N00001?language=de-DE").refused("LANGUAGE_NOT_ALLOWED")

	world := "/_mock/worlds/" + made["id"].(string)
	author.post(world+"/clock", obj{"advance": "1h"}).ok()
	assert.Equal(t, "2025-09-01T08:00:00+00:00", author.get("/_mock/worlds/default/clock").ok()["now"])
	assert.Len(t, author.get("/_mock/worlds").ok()["worlds"], 2)
	author.call("DELETE", world, nil).ok()
	author.call("DELETE", world, nil).refused("WORLD_NOT_FOUND")
	author.call("DELETE", "/_mock/worlds/default", nil).refused("INVALID_REQUEST")
	assert.Equal(t, 1.0, author.get("/_mock/health").Body["worlds"])

	for _, row := range []struct {
		body obj
		want string
	}{
		{obj{"scenario": "nothing"}, "/scenario: no scenario nothing; there are"},
		{obj{"scenario": "/etc/passwd"}, "/scenario: no scenario /etc/passwd"},
		{obj{"scenario": obj{"name": "x", "given": obj{"epasses": []any{}}}}, "/given/epasses: unknown key, did you mean ePasses?"},
		{obj{"seed": -1}, "/seed"},
		{obj{"clock": "noon"}, `/clock: expected a date and time with offset`},
		{obj{"lifetime": "-1h"}, "/lifetime"},
		{obj{"operations": []string{"createEpass"}}, "/operations: no operation createEpass, did you mean createEPass?"},
		{obj{"languages": []string{"french"}}, "/languages"},
		{obj{"publicKey": "x"}, "/publicKey: expected an RSA public key in PEM"},
		{obj{"callbackUrl": "x"}, "/callbackUrl: expected an absolute http or https URL"},
		{obj{"sead": 1}, "/sead: expected no such member, did you mean seed?"},
	} {
		assert.Contains(t, author.post("/_mock/worlds", row.body).refused("INVALID_REQUEST"), row.want)
	}
	assert.Equal(t, 1.0, author.get("/_mock/health").Body["worlds"], "nothing was made")
}

func TestOptionsOfAServerAreNotAWorlds(t *testing.T) {
	srv, _ := start(t)
	_, err := srv.NewWorld(mock.WithContract(true))
	assert.ErrorContains(t, err, "WithContract is an option of a server")
}

func TestRS256(t *testing.T) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	der, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	require.NoError(t, err)
	srv, c := start(t)
	w, err := srv.NewWorld(mock.WithPublicKey(string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))))
	require.NoError(t, err)
	claims := jwt.MapClaims{"iss": w.Credentials().Issuer, "exp": time.Now().Add(time.Hour).Unix()}
	sign := func(method jwt.SigningMethod, key any, claims jwt.MapClaims) *client {
		token, err := jwt.NewWithClaims(method, claims).SignedString(key)
		require.NoError(t, err)
		return &client{t: t, url: c.url, token: token, extra: http.Header{}}
	}
	sign(jwt.SigningMethodRS256, key, claims).get("/resources/N00001").ok()
	c.in(w).get("/resources/N00001").ok() // HS256 is still good
	sign(jwt.SigningMethodRS384, key, claims).get("/resources/N00001").refused("TOKEN_INVALID")
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	sign(jwt.SigningMethodRS256, stranger, claims).get("/resources/N00001").refused("TOKEN_INVALID")
	// The public key is no secret: as an HS256 key it must open nothing.
	sign(jwt.SigningMethodHS256, pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}), claims).get("/resources/N00001").refused("TOKEN_INVALID")
	claims = jwt.MapClaims{"iss": srv.World().Credentials().Issuer, "exp": time.Now().Add(time.Hour).Unix()}
	sign(jwt.SigningMethodRS256, key, claims).get("/resources/N00001").refused("TOKEN_INVALID")
}

// TestThousandWorlds uses 1,000 worlds of one process in parallel: no cross-talk.
func TestThousandWorlds(t *testing.T) {
	srv, c := start(t)
	const n, at = 1000, 16
	worlds := make(chan int)
	var done sync.WaitGroup
	for range at {
		done.Go(func() {
			for i := range worlds {
				w, err := srv.NewWorld(mock.WithClock(monday.Add(time.Duration(i) * time.Second)))
				if !assert.NoError(t, err) {
					return
				}
				mine := c.in(w)
				issued := mine.post("/orders/lounges/ePasses", obj{"module": 1, "clientUserId": fmt.Sprint("u-", i), "extra": obj{
					"firstName": "Ada", "lastName": "Lovelace", "expirationDate": "2030-12-31T23:59:59+00:00", "availableUsages": 1 + i%9,
				}}).Body["data"].(obj)
				assert.Equal(t, "DP00000000000001", issued["orderId"])
				seen := mine.post("/orders/ePasses/search", obj{"ePassId": ePassID(issued)}).Body["data"].(obj)
				assert.Equal(t, fmt.Sprint("u-", i), seen["clientUserId"])
				assert.Equal(t, float64(1+i%9), dig(seen, "extra", "availableUsages"))
				assert.Equal(t, monday.Add(time.Duration(i)*time.Second).Format("2006-01-02T15:04:05+00:00"), seen["orderCreatedDate"])
			}
		})
	}
	for i := range n {
		worlds <- i
	}
	close(worlds)
	done.Wait()
	author := &client{t: t, url: srv.URL, extra: http.Header{}}
	assert.Equal(t, float64(n+1), author.get("/_mock/health").Body["worlds"])
}

func TestThereIsABoundOnWorlds(t *testing.T) {
	srv, _ := start(t)
	for range 1999 {
		_, err := srv.NewWorld()
		require.NoError(t, err)
	}
	_, err := srv.NewWorld()
	assert.ErrorContains(t, err, "WORLDS_EXHAUSTED: there are 2000 worlds")
	author := &client{t: t, url: srv.URL, extra: http.Header{}}
	assert.Equal(t, 429, author.post("/_mock/worlds", obj{}).Status)
}

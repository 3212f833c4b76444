package mock_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

func TestWorldsDoNotSeeEachOther(t *testing.T) {
	srv, c := mocktest.Start(t)
	w := mocktest.NewWorld(t, srv, mock.WithClock(mocktest.Monday.Add(24*time.Hour)))
	other := c.In(w)
	mine, theirs := c.Issue(2), other.Issue(3)
	assert.Equal(t, mine["orderId"], theirs["orderId"], "each begins with the first ids")
	assert.Equal(t, 2.0, mocktest.Dig(mine, "extra", "availableUsages"))
	assert.Equal(t, [2]float64{3, 0}, other.Usages(mocktest.EPassID(theirs)))
	order := c.Book(mocktest.EPassID(mine), c.Place(mocktest.EPassID(mine), "N00001", mocktest.Thursday, 1)).OK()
	other.Post("/orders/ePasses/details", obj{"orderId": order["orderId"]}).Refused("ORDER_NOT_FOUND")
	mocktest.PatchResource(t, w, "N00001", `{"resourceName":"Theirs"}`)
	assert.Equal(t, "DragonPass Lounge", c.Get("/resources/N00001").OK()["resourceName"])
	assert.Equal(t, "Theirs", other.Get("/resources/N00001").OK()["resourceName"])
	mocktest.Advance(t, w, time.Hour)
	assert.Equal(t, mocktest.Monday, mocktest.Now(t, srv.World()))

	w.Close()
	other.Get("/resources/N00001").Refused("TOKEN_INVALID")
	who := w.Credentials()
	c.Post("/auth/token", obj{"clientId": who.ClientID, "secret": who.Secret}).Refused("CREDENTIALS_INVALID")
	srv.World().Close()
	c.Get("/resources/N00001").OK() // the default world ends with its server
}

func TestWorldsOverTheControlPlane(t *testing.T) {
	srv, _ := mocktest.Start(t)
	author := mocktest.Author(t, srv)
	made := author.Post("/_mock/worlds", obj{"scenario": obj{"name": "inline", "given": obj{
		"clock": "2025-09-01T09:00:00+01:00", "ePasses": []obj{{"as": "pass", "module": 1, "availableUsages": 2}},
	}}, "programs": []string{"77"}, "operations": []string{"retrieveEPass", "retrieveResource"}, "languages": []string{"fr-FR"}, "lifetime": "1h"}).OK()
	token := author.Post("/api/v1/auth/token", obj{"clientId": made["clientId"], "secret": made["secret"]}).OK()["accessToken"].(string)
	c := mocktest.Stranger(t, srv.URL).WithToken(token)
	pass := mocktest.Dig(made, "given", "pass", "ePassId").(string)
	assert.Equal(t, [2]float64{2, 0}, c.Usages(pass))
	assert.Equal(t, "77", made["programId"])
	c.With("X-Program-ID", "18943").Post("/orders/ePasses/search", obj{"ePassId": pass}).Refused("PROGRAM_NOT_ALLOWED")
	c.Cancel("x").Refused("OPERATION_NOT_PERMITTED")
	assert.Equal(t, "fr-FR", c.Get("/resources/N00001?language=fr-FR").OK()["language"])
	c.Get("/resources/N00001?language=de-DE").Refused("LANGUAGE_NOT_ALLOWED")

	world := "/_mock/worlds/" + made["id"].(string)
	author.Post(world+"/clock", obj{"advance": "1h"}).OK()
	assert.Equal(t, "2025-09-01T08:00:00+00:00", author.Get("/_mock/worlds/default/clock").OK()["now"])
	assert.Len(t, author.Get("/_mock/worlds").OK()["worlds"], 2)
	author.Call("DELETE", world, nil).OK()
	author.Call("DELETE", world, nil).Refused("WORLD_NOT_FOUND")
	author.Call("DELETE", "/_mock/worlds/default", nil).Refused("INVALID_REQUEST")
	assert.Equal(t, 1.0, author.Get("/_mock/health").Body["worlds"])

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
		assert.Contains(t, author.Post("/_mock/worlds", row.body).Refused("INVALID_REQUEST"), row.want)
	}
	assert.Equal(t, 1.0, author.Get("/_mock/health").Body["worlds"], "nothing was made")
}

func TestOptionsOfAServerAreNotAWorlds(t *testing.T) {
	srv, _ := mocktest.Start(t)
	_, err := srv.NewWorld(mock.WithContract(true))
	assert.ErrorContains(t, err, "WithContract is an option of a server")
}

func TestRS256(t *testing.T) {
	key := mocktest.NewKey(t)
	public := mocktest.PublicPEM(t, key)
	srv, c := mocktest.Start(t)
	w := mocktest.NewWorld(t, srv, mock.WithPublicKey(public))
	claims := jwt.MapClaims{"iss": w.Credentials().Issuer, "exp": time.Now().Add(time.Hour).Unix()}
	sign := func(method jwt.SigningMethod, key any, claims jwt.MapClaims) *mocktest.Client {
		token, err := jwt.NewWithClaims(method, claims).SignedString(key)
		require.NoError(t, err)
		return mocktest.Stranger(t, c.URL).WithToken(token)
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

// TestThousandWorlds uses 1,000 worlds of one process in parallel: no cross-talk.
func TestThousandWorlds(t *testing.T) {
	srv, c := mocktest.Start(t)
	const n, at = 1000, 16
	worlds := make(chan int)
	var done sync.WaitGroup
	for range at {
		done.Go(func() {
			for i := range worlds {
				w, err := srv.NewWorld(mock.WithClock(mocktest.Monday.Add(time.Duration(i) * time.Second)))
				if !assert.NoError(t, err) {
					return
				}
				mine := c.In(w)
				issued := mine.Post("/orders/lounges/ePasses", obj{"module": 1, "clientUserId": fmt.Sprint("u-", i), "extra": obj{
					"firstName": "Ada", "lastName": "Lovelace", "expirationDate": "2030-12-31T23:59:59+00:00", "availableUsages": 1 + i%9,
				}}).Body["data"].(obj)
				assert.Equal(t, "DP00000000000001", issued["orderId"])
				seen := mine.Post("/orders/ePasses/search", obj{"ePassId": mocktest.EPassID(issued)}).Body["data"].(obj)
				assert.Equal(t, fmt.Sprint("u-", i), seen["clientUserId"])
				assert.Equal(t, float64(1+i%9), mocktest.Dig(seen, "extra", "availableUsages"))
				assert.Equal(t, mocktest.Monday.Add(time.Duration(i)*time.Second).Format("2006-01-02T15:04:05+00:00"), seen["orderCreatedDate"])
			}
		})
	}
	for i := range n {
		worlds <- i
	}
	close(worlds)
	done.Wait()
	author := mocktest.Author(t, srv)
	assert.Equal(t, float64(n+1), author.Get("/_mock/health").Body["worlds"])
}

func TestThereIsABoundOnWorlds(t *testing.T) {
	srv, _ := mocktest.Start(t)
	for range 1999 {
		_, err := srv.NewWorld()
		require.NoError(t, err)
	}
	_, err := srv.NewWorld()
	assert.ErrorContains(t, err, "WORLDS_EXHAUSTED: there are 2000 worlds")
	author := mocktest.Author(t, srv)
	assert.Equal(t, 429, author.Post("/_mock/worlds", obj{}).Status)
}

package control_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/internal/mocktest"
)

func TestControl_MakesAndEndsWorlds(t *testing.T) {
	t.Parallel()
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
	assert.Equal(t, "2025-09-01T08:00:00+00:00", author.Get(mocktest.DefaultWorld + "/clock").OK()["now"])
	assert.Len(t, author.Get("/_mock/worlds").OK()["worlds"], 2)
	author.Call("DELETE", world, nil).OK()
	author.Call("DELETE", world, nil).Refused("WORLD_NOT_FOUND")
	author.Call("DELETE", "/_mock/worlds/default", nil).Refused("INVALID_REQUEST")
	assert.Equal(t, 1.0, author.Get("/_mock/health").Body["worlds"])

	for _, row := range []struct {
		name string
		body obj
		want string
	}{
		{"unknown scenario", obj{"scenario": "nothing"}, "/scenario: no scenario nothing; there are"},
		{"path of a file", obj{"scenario": "/etc/passwd"}, "/scenario: no scenario /etc/passwd"},
		{"unknown key of a scenario", obj{"scenario": obj{"name": "x", "given": obj{"epasses": []any{}}}}, "/given/epasses: unknown key, did you mean ePasses?"},
		{"negative seed", obj{"seed": -1}, "/seed"},
		{"clock that is no date", obj{"clock": "noon"}, `/clock: expected a date and time with offset`},
		{"negative lifetime", obj{"lifetime": "-1h"}, "/lifetime"},
		{"unknown operation", obj{"operations": []string{"createEpass"}}, "/operations: no operation createEpass, did you mean createEPass?"},
		{"no reading", obj{"readings": []string{"pendingAsActiv"}}, "/readings"},
		{"a reading twice", obj{"readings": []string{"pendingAsActive", "pendingAsActive"}}, "/readings"},
		{"no language", obj{"languages": []string{"french"}}, "/languages"},
		{"no key", obj{"publicKey": "x"}, "/publicKey: expected an RSA public key in PEM"},
		{"short key", obj{"publicKey": mocktest.ShortPEM(t, 2047)}, "/publicKey: expected an RSA public key of at least 2048 bits, got 2047"},
		{"relative callback", obj{"callbackUrl": "x"}, "/callbackUrl: expected an absolute http or https URL"},
		{"id of another", obj{"id": "default"}, "/id: there is a world default already"},
		{"no id", obj{"id": "a/b"}, "/id: expected a string such as example, that matches ^[A-Za-z0-9._-]{1,64}$"},
		{"scenario that is neither name nor object", obj{"scenario": 5}, "/scenario: expected a string of 1 to 1048576 characters, or an object, got the number 5"},
		{"scenario without a name", obj{"scenario": obj{}}, "/scenario: "},
		{"misspelt member", obj{"sead": 1}, "/sead: expected no such member, did you mean seed?"},
	} {
		t.Run(row.name, func(t *testing.T) {
			assert.Contains(t, author.For(t).Post("/_mock/worlds", row.body).Refused("INVALID_REQUEST"), row.want)
		})
	}
	assert.Equal(t, 1.0, author.Get("/_mock/health").Body["worlds"], "nothing was made")
}

package mock_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
)

// register registers Ada and answers her membership.
func (c *client) register(clientUserID string) map[string]any {
	c.t.Helper()
	return c.post("/memberships", obj{"clientUserId": clientUserID, "firstName": "Ada", "lastName": "Lovelace"}).ok()
}

// entitlements reads the visits of module 1.
func (c *client) entitlements(membershipID string) obj {
	c.t.Helper()
	data := c.post("/entitlements/search", obj{"membershipId": membershipID}).ok()
	for _, row := range dig(data, "entitlements", "moduleExclusiveEntitlements").([]any) {
		if row.(obj)["module"] == 1.0 {
			return row.(obj)["details"].(obj)
		}
	}
	return nil
}

func visits(cardholder, guests, shared, allowed, next int) obj {
	return obj{
		"cardholderExclusiveEntitlements": float64(cardholder), "guestsExclusiveEntitlements": float64(guests), "sharedEntitlements": float64(shared),
		"allowedGuestsPerUsage": float64(allowed), "maxGuestsNextUse": float64(next),
	}
}

func TestMembershipStory(t *testing.T) {
	srv, c := start(t)
	w := srv.World()
	ada := c.register("u-1")
	id := ada["membershipId"].(string)
	assert.Equal(t, "8888000066668888", id)
	assert.Equal(t, "2027-09-01T08:00:00+00:00", ada["expirationDate"], "two years")
	assert.Equal(t, "18943", ada["programId"])
	assert.Equal(t, visits(1, 1, 0, 1, 1), c.entitlements(id))

	c.post("/memberships", obj{"clientUserId": "u-1", "firstName": "Eve", "lastName": "Lovelace"}).refused("CLIENT_USER_NAME_MISMATCH")
	second := c.register("u-1")["membershipId"]
	assert.Equal(t, second, c.post("/memberships/search", obj{"clientUserId": "u-1"}).ok()["membershipId"], "the newest")
	assert.Equal(t, ada, c.post("/memberships/search", obj{"membershipId": id}).ok())

	details := obj{"cardholderExclusiveEntitlements": 2, "guestsExclusiveEntitlements": 1, "sharedEntitlements": 1, "allowedGuestsPerUsage": 2}
	c.post("/entitlements/update", obj{"membershipId": id, "module": 1, "details": details}).ok()
	assert.Equal(t, visits(2, 1, 1, 2, 2), c.entitlements(id))

	ask := func(adults int) answer {
		return c.post("/resources/prebookings/availability", obj{"membershipId": id, "module": 1, "resourceId": "N00012", "prebookingDate": "2025-09-04T10:30", "adultCount": adults, "childCount": 0})
	}
	ask(4).refused("GUESTS_EXCEEDED")
	token := ask(3).ok()["prebookingToken"]
	order := c.post("/orders/lounges/memberships/prebooking", obj{"module": 1, "membershipId": id, "extra": obj{"prebookingToken": token, "prebookingRequiredInfo": adaInfo}}).ok()
	assert.Equal(t, id, order["membershipId"])
	assert.NotContains(t, order, "ePassId")
	assert.Equal(t, 3.0, dig(order, "extra", "usedUsages"))
	assert.Equal(t, visits(1, 0, 0, 2, 0), c.entitlements(id))
	ask(2).refused("ENTITLEMENTS_EXHAUSTED")
	assert.Equal(t, order, c.post("/orders/memberships/details", obj{"orderId": order["orderId"]}).ok())
	c.post("/orders/ePasses/details", obj{"orderId": order["orderId"]}).refused("ORDER_NOT_FOUND")

	c.call("PATCH", "/orders", obj{"status": 3, "orderId": order["orderId"]}).ok()
	assert.Equal(t, visits(2, 1, 1, 2, 2), c.entitlements(id), "back where they came from")

	code := c.post("/memberships/qrCodes", obj{"membershipId": id}).ok()
	assert.Equal(t, 300.0, code["expiresIn"])
	walkIn, err := w.WalkIn(code["qrCode"].(string), "N00001", dragonpass.Party{Adults: 1})
	require.NoError(t, err)
	assert.Equal(t, visits(1, 1, 1, 2, 2), c.entitlements(id))
	_, err = w.Reverse(walkIn.OrderID)
	require.NoError(t, err)
	assert.Equal(t, visits(2, 1, 1, 2, 2), c.entitlements(id))
	_, err = w.Advance(300 * time.Second)
	require.NoError(t, err)
	_, err = w.WalkIn(code["qrCode"].(string), "N00001", dragonpass.Party{Adults: 1})
	require.NoError(t, err, "the last second counts")
	_, err = w.Advance(time.Second)
	require.NoError(t, err)
	_, err = w.WalkIn(code["qrCode"].(string), "N00001", dragonpass.Party{Adults: 1})
	assert.ErrorContains(t, err, "QR_CODE_EXPIRED")
	list := c.post("/orders/memberships", obj{"membershipId": id}).ok()
	assert.Equal(t, 3.0, dig(list, "pagination", "totalNumber"))

	suspended := c.post("/memberships/update", obj{"membershipId": id, "status": 2}).ok()
	assert.Equal(t, 2.0, suspended["status"])
	ask(1).refused("MEMBERSHIP_NOT_ACTIVE")
	c.post("/memberships/qrCodes", obj{"membershipId": id}).refused("MEMBERSHIP_NOT_ACTIVE")
	c.post("/memberships/update", obj{"membershipId": id, "status": 9}).refused("MEMBERSHIP_TRANSITION_REFUSED")
	clock, err := w.Advance(3 * 365 * 24 * time.Hour)
	require.NoError(t, err)
	assert.Contains(t, clock.Fired, mock.Fired{At: time.Date(2027, 9, 1, 8, 0, 1, 0, time.UTC), What: "membership.expired", ID: id})
	assert.Equal(t, 9.0, c.post("/memberships/search", obj{"membershipId": id}).ok()["status"])
	c.post("/memberships/update", obj{"membershipId": id, "status": 1}).refused("EXPIRATION_INVALID")
	revived := c.post("/memberships/update", obj{"membershipId": id, "status": 1, "expirationDate": "2035-12-31T23:59:59+00:00"}).ok()
	assert.Equal(t, []any{1.0, "2035-12-31T23:59:59+00:00"}, []any{revived["status"], revived["expirationDate"]})
	message := c.post("/memberships/update", obj{"membershipId": id}).refused("INVALID_REQUEST")
	assert.Contains(t, message, "at least one of status, expirationDate")
}

// TestFastTrack: one voucher a traveller, no walk-in.
func TestFastTrack(t *testing.T) {
	srv, c := start(t)
	issue := obj{"module": 2, "clientUserId": "u-1", "extra": obj{"firstName": "Ada", "lastName": "Lovelace", "expirationDate": "2030-12-31T23:59:59+00:00", "availableUsages": 5}}
	pass := ePassID(c.post("/orders/fastTrack/ePasses", issue).ok())
	ask := func(holder obj) string {
		body := obj{"module": 2, "resourceId": "C00001", "prebookingDate": "2025-09-01T12:00", "adultCount": 1, "childCount": 1}
		for k, v := range holder {
			body[k] = v
		}
		return c.post("/resources/prebookings/availability", body).ok()["prebookingToken"].(string)
	}
	body := func(holder obj) obj {
		b := obj{"module": 2, "extra": obj{"prebookingToken": ask(holder), "prebookingRequiredInfo": adaInfo}}
		for k, v := range holder {
			b[k] = v
		}
		return b
	}
	order := c.post("/orders/fastTrack/ePasses/prebooking", body(obj{"ePassId": pass})).ok()
	vouchers := dig(order, "extra", "vouchersList").([]any)
	require.Len(t, vouchers, 2)
	assert.NotEqual(t, vouchers[0], vouchers[1])
	_, err := srv.World().WalkIn(pass, "C00001", dragonpass.Party{Adults: 1})
	assert.ErrorContains(t, err, "WALK_IN_NOT_SUPPORTED")

	bundle := obj{"module": 2, "clientUserId": "u-1", "extra": obj{"firstName": "Ada", "lastName": "Lovelace", "expirationDate": "2030-12-31T23:59:59+00:00",
		"availableUsages": 2, "prebookingToken": ask(nil), "prebookingRequiredInfo": adaInfo}}
	bundled := c.post("/orders/fastTrack/ePasses/bundle", bundle).ok()
	assert.Len(t, dig(bundled, "extra", "vouchersList"), 2)
	assert.Equal(t, 0.0, dig(bundled, "extra", "ePass", "availableUsages"))

	id := c.register("u-1")["membershipId"]
	c.post("/entitlements/update", obj{"membershipId": id, "module": 2, "details": obj{"cardholderExclusiveEntitlements": 0, "guestsExclusiveEntitlements": 0, "sharedEntitlements": 2, "allowedGuestsPerUsage": 1}}).ok()
	order = c.post("/orders/fastTrack/memberships/prebooking", body(obj{"membershipId": id})).ok()
	assert.Len(t, dig(order, "extra", "vouchersList"), 2)

	_, err = srv.World().Advance(3 * time.Hour) // 12:00 in Manchester
	require.NoError(t, err)
	for _, v := range dig(order, "extra", "vouchersList").([]any) {
		used, err := srv.World().Redeem(v.(obj)["voucher"].(string), dragonpass.Party{Adults: 1})
		require.NoError(t, err)
		assert.Equal(t, dragonpass.Used, used.Status)
	}
}

// TestDining: walk-in always, never booked; a set meal for five at one restaurant (D/v1/338667m0).
func TestDining(t *testing.T) {
	srv, c := start(t)
	pass := ePassID(c.post("/orders/setMeals/ePasses", obj{"module": 3, "clientUserId": "u-1", "extra": obj{
		"firstName": "Ada", "lastName": "Lovelace", "expirationDate": "2030-12-31T23:59:59+00:00", "availableUsages": 5, "allowedResources": obj{"resourceId": []string{"R00001"}},
	}}).ok())
	order, err := srv.World().WalkIn(pass, "R00001", dragonpass.Party{Adults: 2, Children: 2})
	require.NoError(t, err)
	assert.Equal(t, [2]float64{1, 4}, c.usages(pass))
	assert.Equal(t, 3.0, c.post("/orders/ePasses/details", obj{"orderId": order.OrderID}).ok()["module"])
	details := c.get("/resources/R00001").ok()
	assert.Nil(t, details["prebookingPolicy"])
	assert.Equal(t, []any{true, false}, []any{details["walkInAllowed"], details["prebookingAllowed"]})
}

func TestUpdatedResources(t *testing.T) {
	srv, c := start(t)
	assert.Empty(t, c.get("/resources/updates").ok()["resources"])
	_, err := srv.World().PatchResource("N00012", `{"prebookingPolicy":{"cancellationPolicy":{"cancellationHoursBefore":72}}}`)
	require.NoError(t, err)
	_, err = srv.World().Advance(time.Hour)
	require.NoError(t, err)
	_, err = srv.World().PatchResource("C00001", `{"openingHours":[{"dayOfWeek":1,"open":"00:00","close":"24:00"}]}`)
	require.NoError(t, err)
	assert.Equal(t, 72.0, dig(c.get("/resources/N00012").ok(), "prebookingPolicy", "cancellationPolicy", "cancellationHoursBefore"))
	assert.Len(t, c.get("/resources/C00001").ok()["openingHours"], 1, "lists replace")
	all := c.get("/resources/updates").ok()
	assert.Equal(t, []any{
		obj{"resourceId": "N00012", "module": 1.0, "updatedAt": "2025-09-01T08:00:00+00:00"},
		obj{"resourceId": "C00001", "module": 2.0, "updatedAt": "2025-09-01T09:00:00+00:00"},
	}, all["resources"])
	assert.Len(t, c.get("/resources/updates?since=2025-09-01T10:00:00%2B01:00").ok()["resources"], 1)
	c.get("/resources/updates?since=yesterday").refused("INVALID_REQUEST")
	_, err = srv.World().PatchResource("N00001", `{"resourceName":7}`)
	assert.ErrorContains(t, err, "INVALID_REQUEST")
	_, err = srv.World().PatchResource("N00001", `{"prebookingPolicy":{"windows":7}}`)
	assert.ErrorContains(t, err, "windows")
	_, err = srv.World().PatchResource("N00001", `{"module":2}`)
	assert.ErrorContains(t, err, "cannot be changed")
}

func TestGivenMembershipsAndPrograms(t *testing.T) {
	srv := mock.Start(t, mock.WithScenario(writeScenario(t, `
name: programmes and members
given:
  clock: 2025-09-01T09:00:00+01:00
  programs:
    - programId: '7001'
      validity: 30d
      entitlements: {moduleExclusiveEntitlements: [{module: 2, details: {sharedEntitlements: 4, allowedGuestsPerUsage: 3}}]}
    - programId: '7002'
  memberships:
    - {as: ada, membershipId: 8888000012345678, clientUserId: u-9, firstName: Ada, lastName: Lovelace, status: 2}
`)))
	c := newClient(t, srv)
	got := c.post("/memberships/search", obj{"clientUserId": "u-9"}).ok()
	assert.Equal(t, []any{"8888000012345678", 2.0, "7001", "2025-10-01T08:00:00+00:00"}, []any{got["membershipId"], got["status"], got["programId"], got["expirationDate"]})
	assert.Equal(t, "8888000066668888", c.register("u-1")["membershipId"])
	assert.Equal(t, "2027-09-01T08:00:00+00:00", c.with("X-Program-ID", "7002").register("u-1")["expirationDate"])
	c.with("X-Program-ID", "18943").get("/resources/N00001").refused("PROGRAM_NOT_ALLOWED")
}

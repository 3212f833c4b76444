package booking_test

import (
	"maps"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/mocktest"
)

func visits(cardholder, guests, shared, allowed, next int) obj {
	return obj{
		"cardholderExclusiveEntitlements": float64(cardholder), "guestsExclusiveEntitlements": float64(guests), "sharedEntitlements": float64(shared),
		"allowedGuestsPerUsage": float64(allowed), "maxGuestsNextUse": float64(next),
	}
}

func TestMembership_FromRegistrationToExpiry(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	w := srv.World()
	ada := c.Register("u-1")
	id := ada["membershipId"].(string)
	assert.Equal(t, "8888000066668888", id)
	assert.Equal(t, "2027-09-01T08:00:00+00:00", ada["expirationDate"], "two years")
	assert.Equal(t, "18943", ada["programId"])
	assert.Equal(t, visits(1, 1, 0, 1, 1), c.Entitlements(id))

	c.Post("/memberships", obj{"clientUserId": "u-1", "firstName": "Eve", "lastName": "Lovelace"}).Refused("CLIENT_USER_NAME_MISMATCH")
	second := c.Register("u-1")["membershipId"]
	assert.Equal(t, second, c.Post("/memberships/search", obj{"clientUserId": "u-1"}).OK()["membershipId"], "the newest")
	assert.Equal(t, ada, c.Post("/memberships/search", obj{"membershipId": id}).OK())

	details := obj{"cardholderExclusiveEntitlements": 2, "guestsExclusiveEntitlements": 1, "sharedEntitlements": 1, "allowedGuestsPerUsage": 2}
	c.Post("/entitlements/update", obj{"membershipId": id, "module": 1, "details": details}).OK()
	assert.Equal(t, visits(2, 1, 1, 2, 2), c.Entitlements(id))

	ask := func(adults int) mocktest.Answer {
		return c.Ask(obj{"membershipId": id, "resourceId": "N00012", "adultCount": adults})
	}
	ask(4).Refused("GUESTS_EXCEEDED")
	token := ask(3).OK()["prebookingToken"]
	order := c.Post("/orders/lounges/memberships/prebooking", obj{"module": 1, "membershipId": id, "extra": obj{"prebookingToken": token, "prebookingRequiredInfo": mocktest.AdaInfo()}}).OK()
	assert.Equal(t, id, order["membershipId"])
	assert.NotContains(t, order, "ePassId")
	assert.Equal(t, 3.0, mocktest.Dig(order, "extra", "usedUsages"))
	assert.Equal(t, visits(1, 0, 0, 2, 0), c.Entitlements(id))
	ask(2).Refused("ENTITLEMENTS_EXHAUSTED")
	assert.Equal(t, order, c.Post("/orders/memberships/details", obj{"orderId": order["orderId"]}).OK())
	c.Order(order["orderId"]).Refused("ORDER_NOT_FOUND")

	c.Cancel(order["orderId"]).OK()
	assert.Equal(t, visits(2, 1, 1, 2, 2), c.Entitlements(id), "back where they came from")

	code := c.Post("/memberships/qrCodes", obj{"membershipId": id}).OK()
	assert.Equal(t, 300.0, code["expiresIn"])
	walkIn := mocktest.WalkIn(t, w, code["qrCode"].(string), "N00001", 1)
	assert.Equal(t, visits(1, 1, 1, 2, 2), c.Entitlements(id))
	_, err := w.Reverse(walkIn.OrderID)
	require.NoError(t, err)
	assert.Equal(t, visits(2, 1, 1, 2, 2), c.Entitlements(id))
	mocktest.Advance(t, w, 300*time.Second)
	_, err = w.WalkIn(code["qrCode"].(string), "N00001", dragonpass.Party{Adults: 1})
	require.NoError(t, err, "the last second counts")
	mocktest.Advance(t, w, time.Second)
	_, err = w.WalkIn(code["qrCode"].(string), "N00001", dragonpass.Party{Adults: 1})
	assert.ErrorContains(t, err, "QR_CODE_EXPIRED")
	list := c.Post("/orders/memberships", obj{"membershipId": id}).OK()
	assert.Equal(t, 3.0, mocktest.Dig(list, "pagination", "totalNumber"))

	suspended := c.Post("/memberships/update", obj{"membershipId": id, "status": 2}).OK()
	assert.Equal(t, 2.0, suspended["status"])
	ask(1).Refused("MEMBERSHIP_NOT_ACTIVE")
	c.Post("/memberships/qrCodes", obj{"membershipId": id}).Refused("MEMBERSHIP_NOT_ACTIVE")
	c.Post("/memberships/update", obj{"membershipId": id, "status": 9}).Refused("MEMBERSHIP_TRANSITION_REFUSED")
	clock := mocktest.Advance(t, w, 3*365*24*time.Hour)
	assert.Contains(t, clock.Fired, mock.Fired{At: time.Date(2027, 9, 1, 8, 0, 1, 0, time.UTC), What: "membership.expired", ID: id})
	assert.Equal(t, 9.0, c.Post("/memberships/search", obj{"membershipId": id}).OK()["status"])
	c.Post("/memberships/update", obj{"membershipId": id, "status": 1}).Refused("EXPIRATION_INVALID")
	revived := c.Post("/memberships/update", obj{"membershipId": id, "status": 1, "expirationDate": "2035-12-31T23:59:59+00:00"}).OK()
	assert.Equal(t, []any{1.0, "2035-12-31T23:59:59+00:00"}, []any{revived["status"], revived["expirationDate"]})
	message := c.Post("/memberships/update", obj{"membershipId": id}).Refused("INVALID_REQUEST")
	assert.Contains(t, message, "at least one of status, expirationDate")
}

func TestFastTrack_OneVoucherATraveller_NoWalkIn(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	pass := mocktest.EPassID(c.TryIssue(dragonpass.FastTrack, 5, nil).OK())
	ask := func(holder obj) string {
		edit := obj{"module": 2, "resourceId": "C00001", "prebookingDate": "2025-09-01T12:00", "childCount": 1}
		maps.Copy(edit, holder)
		return c.Ask(edit).OK()["prebookingToken"].(string)
	}
	body := func(holder obj) obj {
		b := obj{"module": 2, "extra": obj{"prebookingToken": ask(holder), "prebookingRequiredInfo": mocktest.AdaInfo()}}
		maps.Copy(b, holder)
		return b
	}
	order := c.Post("/orders/fastTrack/ePasses/prebooking", body(obj{"ePassId": pass})).OK()
	vouchers := mocktest.Dig(order, "extra", "vouchersList").([]any)
	require.Len(t, vouchers, 2)
	assert.NotEqual(t, vouchers[0], vouchers[1])
	_, err := srv.World().WalkIn(pass, "C00001", dragonpass.Party{Adults: 1})
	assert.ErrorContains(t, err, "WALK_IN_NOT_SUPPORTED")

	bundle := obj{"module": 2, "clientUserId": "u-1", "extra": obj{"firstName": "Ada", "lastName": "Lovelace", "expirationDate": "2030-12-31T23:59:59+00:00",
		"availableUsages": 2, "prebookingToken": ask(nil), "prebookingRequiredInfo": mocktest.AdaInfo()}}
	bundled := c.Post("/orders/fastTrack/ePasses/bundle", bundle).OK()
	assert.Len(t, mocktest.Dig(bundled, "extra", "vouchersList"), 2)
	assert.Equal(t, 0.0, mocktest.Dig(bundled, "extra", "ePass", "availableUsages"))

	id := c.Register("u-1")["membershipId"]
	c.Post("/entitlements/update", obj{"membershipId": id, "module": 2, "details": obj{"cardholderExclusiveEntitlements": 0, "guestsExclusiveEntitlements": 0, "sharedEntitlements": 2, "allowedGuestsPerUsage": 1}}).OK()
	order = c.Post("/orders/fastTrack/memberships/prebooking", body(obj{"membershipId": id})).OK()
	assert.Len(t, mocktest.Dig(order, "extra", "vouchersList"), 2)

	mocktest.Advance(t, srv.World(), 3*time.Hour) // 12:00 in Manchester
	for _, v := range mocktest.Dig(order, "extra", "vouchersList").([]any) {
		used := mocktest.Redeem(t, srv.World(), v.(obj)["voucher"].(string))
		assert.Equal(t, dragonpass.Used, used.Status)
	}
}

// TestDining_TakesWalkInsOnly: walk-in always, never booked; a set meal for five at one restaurant (D/v1/338667m0).
func TestDining_TakesWalkInsOnly(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	pass := mocktest.EPassID(c.TryIssue(dragonpass.SetMeal, 5, obj{"allowedResources": obj{"resourceId": []string{"R00001"}}}).OK())
	order, err := srv.World().WalkIn(pass, "R00001", dragonpass.Party{Adults: 2, Children: 2})
	require.NoError(t, err)
	assert.Equal(t, [2]float64{1, 4}, c.Usages(pass))
	assert.Equal(t, 3.0, c.Order(order.OrderID).OK()["module"])
	details := c.Get("/resources/R00001").OK()
	assert.Nil(t, details["prebookingPolicy"])
	assert.Equal(t, []any{true, false}, []any{details["walkInAllowed"], details["prebookingAllowed"]})
}

func TestUpdatedResources_ListWhatWasPatched(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	assert.Empty(t, c.Get("/resources/updates").OK()["resources"])
	mocktest.PatchResource(t, srv.World(), "N00012", `{"prebookingPolicy":{"cancellationPolicy":{"cancellationHoursBefore":72}}}`)
	mocktest.Advance(t, srv.World(), time.Hour)
	mocktest.PatchResource(t, srv.World(), "C00001", `{"openingHours":[{"dayOfWeek":1,"open":"00:00","close":"24:00"}]}`)
	assert.Equal(t, 72.0, mocktest.Dig(c.Get("/resources/N00012").OK(), "prebookingPolicy", "cancellationPolicy", "cancellationHoursBefore"))
	assert.Len(t, c.Get("/resources/C00001").OK()["openingHours"], 1, "lists replace")
	all := c.Get("/resources/updates").OK()
	assert.Equal(t, []any{
		obj{"resourceId": "N00012", "module": 1.0, "updatedAt": "2025-09-01T08:00:00+00:00"},
		obj{"resourceId": "C00001", "module": 2.0, "updatedAt": "2025-09-01T09:00:00+00:00"},
	}, all["resources"])
	assert.Len(t, c.Get("/resources/updates?since=2025-09-01T10:00:00%2B01:00").OK()["resources"], 1)
	c.Get("/resources/updates?since=yesterday").Refused("INVALID_REQUEST")
	_, err := srv.World().PatchResource("N00001", `{"resourceName":7}`)
	assert.ErrorContains(t, err, "INVALID_REQUEST")
	_, err = srv.World().PatchResource("N00001", `{"prebookingPolicy":{"windows":7}}`)
	assert.ErrorContains(t, err, "windows")
	for patch, member := range map[string]string{
		`{"module":2}`: "/module", `{"resourceId":"N00012"}`: "/resourceId", `{"locationInfo":{"transportHubId":"A00002"}}`: "/locationInfo/transportHubId",
		`{"locationInfo":{"cityId":"X"}}`: "/locationInfo/cityId", `{"locationInfo":{"coordinates":"1,2"}}`: "/locationInfo/coordinates",
	} {
		_, err = srv.World().PatchResource("N00001", patch)
		assert.ErrorContains(t, err, member+": that of N00001 cannot be changed")
	}
}

package booking_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/internal/mocktest"
)

// TestPreview_IsWhatTheBookingTakes: of a party of three, with one visit of each kind; it changes nothing, and what it says
// can be sent with the booking.
func TestPreview_IsWhatTheBookingTakes(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	id := c.Register("u-1")["membershipId"].(string)
	set := func(cardholder, guests, shared int) {
		t.Helper()
		c.Post("/entitlements/update", obj{"membershipId": id, "module": 1, "details": obj{
			"cardholderExclusiveEntitlements": cardholder, "guestsExclusiveEntitlements": guests, "sharedEntitlements": shared, "allowedGuestsPerUsage": 2,
		}}).OK()
	}
	set(1, 1, 1)
	token := c.Ask(obj{"membershipId": id, "adultCount": 2, "childCount": 1}).OK()["prebookingToken"]
	book := func(edit obj) obj {
		extra := obj{"prebookingToken": token, "prebookingRequiredInfo": mocktest.AdaInfo()}
		for name, value := range edit {
			extra[name] = value
		}
		return obj{"module": 1, "membershipId": id, "extra": extra}
	}
	const path = "/api/v2/orders/lounges/memberships/prebooking"
	before := mocktest.Snapshot(t, srv.World())
	seen := c.Post(path+"/preview", book(nil)).OK()
	use := obj{"cardholderExclusiveEntitlements": 1.0, "guestsExclusiveEntitlements": 1.0, "sharedEntitlements": 1.0}
	row := func(passenger, kind, count float64) obj {
		return obj{"passengerType": passenger, "entitlementType": kind, "count": count}
	}
	assert.Equal(t, obj{"usedEntitlementDetails": use, "usedEntitlementBreakdown": []any{row(1, 1, 1), row(2, 2, 1), row(2, 3, 1)}}, seen)
	for _, wrong := range []struct {
		edit obj
		says string
	}{
		{obj{"toUseEntitlementCount": 2}, "/extra/toUseEntitlementCount: the booking takes 3 visits, not 2"},
		{obj{"toUseEntitlementDetail": obj{"cardholderExclusiveEntitlements": 0, "guestsExclusiveEntitlements": 1, "sharedEntitlements": 2}},
			"/extra/toUseEntitlementDetail: the booking takes 1 cardholder, 1 guest and 1 shared visits"},
	} {
		for _, at := range []string{path, path + "/preview"} {
			assert.Equal(t, wrong.says, c.Post(at, book(wrong.edit)).Refused("ENTITLEMENTS_MISMATCH"))
		}
	}
	c.Post("/api/v2/orders/fastTrack/memberships/prebooking/preview", book(nil)).Refused("MODULE_MISMATCH")
	c.Post(path+"/preview", book(obj{"prebookingToken": "nonsense"})).Refused("PREBOOKING_TOKEN_INVALID")
	c.Post(path+"/preview", book(obj{"prebookingRequiredInfo": nil})).Refused("PASSENGER_INFO_REQUIRED")
	c.Post(path+"/preview", book(obj{"toUseEntitlementCount": 0})).Refused("INVALID_REQUEST")
	assert.Equal(t, before, mocktest.Snapshot(t, srv.World()))

	set(0, 2, 1) // another use has taken the cardholder's visit meanwhile
	assert.Equal(t, []any{row(1, 3, 1), row(2, 2, 2)}, c.Post(path+"/preview", book(nil)).OK()["usedEntitlementBreakdown"])
	c.Post(path, book(obj{"toUseEntitlementDetail": use})).Refused("ENTITLEMENTS_MISMATCH")
	set(1, 1, 1)
	c.Post(path, book(obj{"toUseEntitlementDetail": use, "toUseEntitlementCount": 3})).OK()
	assert.Equal(t, visits(0, 0, 0, 2, 0), c.Entitlements(id))
	c.Post(path+"/preview", book(nil)).Refused("PREBOOKING_TOKEN_USED")
}

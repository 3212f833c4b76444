package booking_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/mocktest"
)

func TestRule_Broken_RefusesWithItsSymbol(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	pass := c.Pass(1)
	c.Ask(obj{"resourceId": "N99998"}).Refused("RESOURCE_NOT_FOUND")
	c.Ask(obj{"resourceId": "C00001"}).Refused("MODULE_MISMATCH")
	c.Ask(obj{"resourceId": "R00001", "module": 3}).Refused("PREBOOKING_NOT_SUPPORTED")
	c.Ask(obj{"prebookingDate": "2025-02-30T10:30"}).Refused("PREBOOKING_DATE_INVALID")
	c.Ask(obj{"adultCount": 0}).Refused("PASSENGERS_INVALID")
	c.Ask(obj{"ePassId": "1788999999999999"}).Refused("EPASS_NOT_FOUND")
	c.Ask(obj{"ePassId": pass, "adultCount": 2}).Refused("EPASS_USAGES_EXHAUSTED")
	c.Get("/transportHubs/A00009").Refused("TRANSPORT_HUB_NOT_FOUND")
	c.Get("/transportHubs/A00009/resources").Refused("TRANSPORT_HUB_NOT_FOUND")
	c.Get("/resources/none").Refused("RESOURCE_NOT_FOUND")
	c.Get("/resources/N00001?language=fr-FR").Refused("LANGUAGE_NOT_ALLOWED")

	c.TryIssue(dragonpass.FastTrack, 1, obj{"module": 1}).Refused("MODULE_MISMATCH")
	c.TryIssue(dragonpass.Lounge, 1, obj{"lastName": "Byron"}).Refused("CLIENT_USER_NAME_MISMATCH")
	c.TryIssue(dragonpass.Lounge, 1, obj{"expirationDate": "2025-09-01T09:00:00+01:00"}).Refused("EXPIRATION_INVALID")
	c.TryIssue(dragonpass.Lounge, 1, obj{"expirationDate": "2025-09-01T23:59:60+00:00"}).Refused("INVALID_REQUEST")
	c.TryIssue(dragonpass.Lounge, 1, obj{"allowedResources": obj{"resourceId": []string{"N99998"}}}).Refused("RESOURCE_NOT_FOUND")
	c.TryIssue(dragonpass.Lounge, 1, obj{"allowedResources": obj{"resourceId": []string{"R00001"}}}).Refused("MODULE_MISMATCH")
	scoped := mocktest.EPassID(c.TryIssue(dragonpass.Lounge, 1, obj{"allowedResources": obj{"resourceId": []string{"N00012"}}}).OK())
	c.Ask(obj{"ePassId": scoped}).Refused("EPASS_OUT_OF_SCOPE")
	meal := mocktest.EPassID(c.TryIssue(dragonpass.SetMeal, 1, nil).OK())
	c.Ask(obj{"ePassId": meal}).Refused("MODULE_MISMATCH")
	short := mocktest.EPassID(c.TryIssue(dragonpass.Lounge, 1, obj{"expirationDate": "2025-09-04T09:29:59+00:00"}).OK())
	c.Ask(obj{"ePassId": short}).Refused("EPASS_EXPIRED")

	c.Book(pass, "nonsense").Refused("PREBOOKING_TOKEN_INVALID")
	token := c.Place(pass, "N00001", mocktest.Thursday, 1)
	c.Book(scoped, token).Refused("PREBOOKING_TOKEN_MISMATCH")
	message := c.Post(mocktest.PrebookingPath, obj{"module": 1, "ePassId": pass, "extra": obj{"prebookingToken": token}}).Refused("PASSENGER_INFO_REQUIRED")
	assert.Contains(t, message, "/extra/prebookingRequiredInfo/transportNumber")
	anybody := c.Place("", "N00001", mocktest.Thursday, 1)
	c.Post(mocktest.PrebookingPath, obj{"module": 2, "ePassId": pass, "extra": obj{"prebookingToken": anybody}}).Refused("MODULE_MISMATCH")
	c.Book("1788999999999999", anybody).Refused("EPASS_NOT_FOUND")
	c.Book(meal, anybody).Refused("MODULE_MISMATCH")
	c.Book(scoped, anybody).Refused("EPASS_OUT_OF_SCOPE")
	c.Book(short, anybody).Refused("EPASS_EXPIRED")
	c.Book(pass, token).OK()
	c.Book(pass, token).Refused("PREBOOKING_TOKEN_USED")
	c.Book(pass, anybody).Refused("EPASS_USAGES_EXHAUSTED")
	late := c.Place("", "N00001", mocktest.Thursday, 1)
	mocktest.Advance(t, srv.World(), 10*time.Minute+time.Second)
	c.Book(pass, late).Refused("PREBOOKING_TOKEN_EXPIRED")
	c.Post("/orders/ePasses/search", obj{"orderId": "DP99999999999999"}).Refused("ORDER_NOT_FOUND")
	c.Post("/orders/ePasses/search", obj{"ePassId": "1788999999999999"}).Refused("EPASS_NOT_FOUND")
	c.Order("DP00000000000001").Refused("ORDER_NOT_FOUND")
}

// TestPassengerData_NotAskedFor_IsDropped is the vendor's own rule (seed page).
func TestPassengerData_NotAskedFor_IsDropped(t *testing.T) {
	t.Parallel()
	_, c := mocktest.Start(t)
	pass := c.Pass(1)
	order := c.Booked(pass, "N00012", mocktest.Thursday, 1)
	assert.Equal(t, obj{"firstName": "Ada", "lastName": "Lovelace", "email": nil, "phoneNumber": nil, "callingCode": nil, "transportNumber": nil},
		mocktest.Dig(order, "extra", "prebookingRequiredInfo"))
}

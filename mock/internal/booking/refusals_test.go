package booking_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/internal/mocktest"
)

func TestRule_Broken_RefusesWithItsSymbol(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	pass := mocktest.EPassID(c.Issue(1))
	availability := func(edit obj) mocktest.Answer {
		body := obj{"module": 1, "resourceId": "N00001", "prebookingDate": mocktest.Thursday, "adultCount": 1, "childCount": 0}
		for k, v := range edit {
			body[k] = v
		}
		return c.Post("/resources/prebookings/availability", body)
	}
	availability(obj{"resourceId": "N99998"}).Refused("RESOURCE_NOT_FOUND")
	availability(obj{"resourceId": "C00001"}).Refused("MODULE_MISMATCH")
	availability(obj{"resourceId": "R00001", "module": 3}).Refused("PREBOOKING_NOT_SUPPORTED")
	availability(obj{"prebookingDate": "2025-02-30T10:30"}).Refused("PREBOOKING_DATE_INVALID")
	availability(obj{"adultCount": 0}).Refused("PASSENGERS_INVALID")
	availability(obj{"ePassId": "1788999999999999"}).Refused("EPASS_NOT_FOUND")
	availability(obj{"ePassId": pass, "adultCount": 2}).Refused("EPASS_USAGES_EXHAUSTED")
	c.Get("/transportHubs/A00009").Refused("TRANSPORT_HUB_NOT_FOUND")
	c.Get("/transportHubs/A00009/resources").Refused("TRANSPORT_HUB_NOT_FOUND")
	c.Get("/resources/none").Refused("RESOURCE_NOT_FOUND")
	c.Get("/resources/N00001?language=fr-FR").Refused("LANGUAGE_NOT_ALLOWED")

	issue := func(path string, edit obj) mocktest.Answer {
		extra := obj{"firstName": "Ada", "lastName": "Lovelace", "expirationDate": "2026-09-01T00:00:00+00:00", "availableUsages": 1}
		body := obj{"module": 1, "clientUserId": "u-1", "extra": extra}
		for k, v := range edit {
			if k == "module" || k == "clientUserId" {
				body[k] = v
			} else {
				extra[k] = v
			}
		}
		return c.Post("/orders/"+path+"/ePasses", body)
	}
	issue("fastTrack", nil).Refused("MODULE_MISMATCH")
	issue("lounges", obj{"lastName": "Byron"}).Refused("CLIENT_USER_NAME_MISMATCH")
	issue("lounges", obj{"expirationDate": "2025-09-01T09:00:00+01:00"}).Refused("EXPIRATION_INVALID")
	issue("lounges", obj{"expirationDate": "2025-09-01T23:59:60+00:00"}).Refused("INVALID_REQUEST")
	issue("lounges", obj{"allowedResources": obj{"resourceId": []string{"N99998"}}}).Refused("RESOURCE_NOT_FOUND")
	issue("lounges", obj{"allowedResources": obj{"resourceId": []string{"R00001"}}}).Refused("MODULE_MISMATCH")
	scoped := mocktest.EPassID(issue("lounges", obj{"allowedResources": obj{"resourceId": []string{"N00012"}}}).OK())
	availability(obj{"ePassId": scoped}).Refused("EPASS_OUT_OF_SCOPE")
	meal := mocktest.EPassID(issue("setMeals", obj{"module": 3}).OK())
	availability(obj{"ePassId": meal}).Refused("MODULE_MISMATCH")
	short := mocktest.EPassID(issue("lounges", obj{"expirationDate": "2025-09-04T09:29:59+00:00"}).OK())
	availability(obj{"ePassId": short}).Refused("EPASS_EXPIRED")

	c.Book(pass, "nonsense").Refused("PREBOOKING_TOKEN_INVALID")
	token := c.Place(pass, "N00001", mocktest.Thursday, 1)
	c.Book(scoped, token).Refused("PREBOOKING_TOKEN_MISMATCH")
	message := c.Post("/orders/lounges/ePasses/prebooking", obj{"module": 1, "ePassId": pass, "extra": obj{"prebookingToken": token}}).Refused("PASSENGER_INFO_REQUIRED")
	assert.Contains(t, message, "/extra/prebookingRequiredInfo/transportNumber")
	anybody := c.Place("", "N00001", mocktest.Thursday, 1)
	c.Post("/orders/lounges/ePasses/prebooking", obj{"module": 2, "ePassId": pass, "extra": obj{"prebookingToken": anybody}}).Refused("MODULE_MISMATCH")
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
	c.Post("/orders/ePasses/details", obj{"orderId": "DP00000000000001"}).Refused("ORDER_NOT_FOUND")
}

// TestPassengerData_NotAskedFor_IsDropped is the vendor's own rule (seed page).
func TestPassengerData_NotAskedFor_IsDropped(t *testing.T) {
	t.Parallel()
	_, c := mocktest.Start(t)
	pass := mocktest.EPassID(c.Issue(1))
	order := c.Book(pass, c.Place(pass, "N00012", mocktest.Thursday, 1)).OK()
	assert.Equal(t, obj{"firstName": "Ada", "lastName": "Lovelace", "email": nil, "phoneNumber": nil, "callingCode": nil, "transportNumber": nil},
		mocktest.Dig(order, "extra", "prebookingRequiredInfo"))
}

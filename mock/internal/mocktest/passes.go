package mocktest

import (
	"maps"

	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
)

// What clients do most: passes, places, bookings, memberships.

// The paths that many tests call.
const (
	AvailabilityPath = "/resources/prebookings/availability"
	PrebookingPath   = "/orders/lounges/ePasses/prebooking"
)

// Thursday is a time at which most venues can be booked on [Monday]: 2025-09-04, 10:30 at the venue.
const Thursday = "2025-09-04T10:30"

// TryIssue asks for a pass of so many usages and returns whatever came. The path is the module's; edit changes members of
// the request, module and clientUserId at its top and all others in extra.
func (c *Client) TryIssue(module dragonpass.Module, usages int, edit Object) Answer {
	c.T.Helper()
	extra := Object{"firstName": "Ada", "lastName": "Lovelace", "expirationDate": "2030-12-31T23:59:59+00:00", "availableUsages": usages}
	body := Object{"module": module, "clientUserId": "u-1", "extra": extra}
	for name, value := range edit {
		if name == "module" || name == "clientUserId" {
			body[name] = value
		} else {
			extra[name] = value
		}
	}
	return c.Post("/orders/"+module.Word()+"/ePasses", body)
}

// Issue issues a lounge pass of so many usages.
func (c *Client) Issue(usages int) Object {
	c.T.Helper()
	return c.TryIssue(dragonpass.Lounge, usages, nil).OK()
}

// Pass issues a lounge pass of so many usages and returns its id.
func (c *Client) Pass(usages int) string {
	c.T.Helper()
	return EPassID(c.Issue(usages))
}

// EPassID returns the id of a pass that was issued.
func EPassID(order Object) string {
	id, _ := Dig(order, "extra", "ePassId").(string)
	return id
}

// Usages reads available and used usages of a pass.
func (c *Client) Usages(ePassID string) [2]float64 {
	c.T.Helper()
	pass := c.Post("/orders/ePasses/search", Object{"ePassId": ePassID}).OK()
	available, _ := Dig(pass, "extra", "availableUsages").(float64)
	used, _ := Dig(pass, "extra", "usedUsages").(float64)
	return [2]float64{available, used}
}

// Question is what a client asks before it books, for one adult; edit changes its members.
func Question(edit Object) Object {
	body := Object{"module": 1, "resourceId": "N00001", "prebookingDate": Thursday, "adultCount": 1, "childCount": 0}
	maps.Copy(body, edit)
	return body
}

// Ask asks for a place, as [Question] has it, and returns whatever came.
func (c *Client) Ask(edit Object) Answer {
	c.T.Helper()
	return c.Post(AvailabilityPath, Question(edit))
}

// Place asks for a place and returns its token. Without a pass it is a place for anybody.
func (c *Client) Place(ePassID, resourceID, date string, adults int) string {
	c.T.Helper()
	edit := Object{"resourceId": resourceID, "prebookingDate": date, "adultCount": adults}
	if ePassID != "" {
		edit["ePassId"] = ePassID
	}
	data := c.Ask(edit).OK()
	require.Equal(c.T, true, data["available"], "%s on %s: %v", resourceID, date, data)
	token, _ := data["prebookingToken"].(string)
	return token
}

// AdaInfo returns all the passenger data that any resource asks for.
func AdaInfo() Object {
	return Object{
		"firstName": "Ada", "lastName": "Lovelace", "email": "ada@example.com", "phoneNumber": "8081966002", "callingCode": "44", "transportNumber": "EK001",
	}
}

// Booking is the body that turns a token into an order.
func Booking(ePassID, token string) Object {
	return Object{"module": 1, "ePassId": ePassID, "extra": Object{"prebookingToken": token, "prebookingRequiredInfo": AdaInfo()}}
}

// Book turns a token into an order.
func (c *Client) Book(ePassID, token string) Answer {
	c.T.Helper()
	return c.Post(PrebookingPath, Booking(ePassID, token))
}

// Booked is an order of a place, for a pass.
func (c *Client) Booked(ePassID, resourceID, date string, adults int) Object {
	c.T.Helper()
	return c.Book(ePassID, c.Place(ePassID, resourceID, date, adults)).OK()
}

// Order reads an order that was taken from a pass.
func (c *Client) Order(orderID any) Answer {
	c.T.Helper()
	return c.Post("/orders/ePasses/details", Object{"orderId": orderID})
}

// Cancel cancels the order of an id.
func (c *Client) Cancel(orderID any) Answer {
	c.T.Helper()
	return c.Call("PATCH", "/orders", Object{"status": 3, "orderId": orderID})
}

// FirstVoucher returns the first voucher of an order; empty when there is none.
func FirstVoucher(order Object) string {
	list, _ := Dig(order, "extra", "vouchersList").([]any)
	if len(list) == 0 {
		return ""
	}
	first, _ := list[0].(Object)
	voucher, _ := first["voucher"].(string)
	return voucher
}

// Register registers Ada and returns her membership.
func (c *Client) Register(clientUserID string) Object {
	c.T.Helper()
	return c.Post("/memberships", Object{"clientUserId": clientUserID, "firstName": "Ada", "lastName": "Lovelace"}).OK()
}

// Entitlements reads the visits of module 1.
func (c *Client) Entitlements(membershipID string) Object {
	c.T.Helper()
	data := c.Post("/entitlements/search", Object{"membershipId": membershipID}).OK()
	list, _ := Dig(data, "entitlements", "moduleExclusiveEntitlements").([]any)
	for _, row := range list {
		if row, _ := row.(Object); row["module"] == 1.0 {
			details, _ := row["details"].(Object)
			return details
		}
	}
	return nil
}

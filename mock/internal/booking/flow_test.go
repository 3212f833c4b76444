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

// obj is a JSON object.
type obj = mocktest.Object

// TestLoungePrebooking_FromTokenToUse is the whole of it, as a client meets it: token, hub, resource, pass, availability,
// prebooking, a look, a cancel, another prebooking, and its use.
func TestLoungePrebooking_FromTokenToUse(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	w := srv.World()
	credentials := w.Credentials()
	c.Token = ""
	token := c.Post("/auth/token", obj{"clientId": credentials.ClientID, "secret": credentials.Secret}).OK()
	assert.Equal(t, "Bearer", token["tokenType"])
	assert.Equal(t, 3600.0, token["expiresIn"])
	c.Token = token["accessToken"].(string)

	hub := c.Get("/transportHubs/A00001").OK()
	assert.Equal(t, "MAN", hub["iata"])
	assert.NotEmpty(t, hub["imagesList"])
	lounge := c.Get("/resources/N00001").OK()
	assert.Equal(t, 24.0, mocktest.Dig(lounge, "prebookingPolicy", "cancellationPolicy", "cancellationHoursBefore"))

	pass := c.Pass(3)
	order := c.Booked(pass, "N00001", mocktest.Thursday, 2)
	assert.Equal(t, [2]float64{1, 2}, c.Usages(pass))
	assert.Equal(t, 2.0, mocktest.Dig(order, "extra", "usedUsages"))
	assert.Len(t, mocktest.Dig(order, "extra", "vouchersList"), 1, "a lounge has one voucher an order")
	assert.Equal(t, order, c.Order(order["orderId"]).OK())

	mocktest.Advance(t, w, 48*time.Hour+90*time.Minute) // to the second at which the window closes
	cancelled := c.Cancel(order["orderId"]).OK()
	assert.Equal(t, 3.0, cancelled["status"])
	assert.Equal(t, "2025-09-03T09:30:00+00:00", cancelled["orderCancelledDate"])
	assert.Equal(t, [2]float64{3, 0}, c.Usages(pass))
	c.Cancel(order["orderId"]).Refused("ORDER_ALREADY_CANCELLED")
	voucher := mocktest.FirstVoucher(order)
	_, err := w.Redeem(voucher, dragonpass.Party{Adults: 1})
	assert.ErrorContains(t, err, "VOUCHER_INVALID")

	second := c.Booked(pass, "N00001", "2025-09-05T10:30", 1)
	mocktest.Advance(t, w, 24*time.Hour)
	c.Cancel(second["orderId"]).OK()
	third := c.Booked(pass, "N00001", "2025-09-06T10:30", 1)
	mocktest.Advance(t, w, 24*time.Hour+time.Second)
	c.Cancel(third["orderId"]).Refused("CANCELLATION_WINDOW_CLOSED")
	assert.Equal(t, [2]float64{2, 1}, c.Usages(pass))

	mocktest.Advance(t, w, 23*time.Hour) // an hour less a second before the service
	voucher = mocktest.FirstVoucher(third)
	used := mocktest.Redeem(t, w, voucher)
	assert.Equal(t, dragonpass.Used, used.Status)
	seen := c.Order(third["orderId"]).OK()
	assert.Equal(t, 2.0, seen["status"])
	assert.Equal(t, "2025-09-06T09:30:01", mocktest.Dig(seen, "extra", "usageDate"), "by the wall clock of Manchester")
	assert.Equal(t, [2]float64{2, 1}, c.Usages(pass), "no second deduction")
	c.Cancel(third["orderId"]).Refused("ORDER_ALREADY_USED")
}

func TestWalkIn_Reversed_GivesUsagesBack(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	pass := c.Pass(2)
	order, err := srv.World().WalkIn(pass, "N00001", dragonpass.Party{Adults: 1, Children: 1})
	require.NoError(t, err)
	assert.Equal(t, [2]float64{0, 2}, c.Usages(pass))
	seen := c.Order(order.OrderID).OK()
	assert.Equal(t, []any{2.0, 1.0}, []any{seen["status"], seen["category"]})
	assert.NotContains(t, seen["extra"], "prebookingDate")
	assert.NotContains(t, seen["extra"], "vouchersList")
	_, err = srv.World().WalkIn(pass, "N00001", dragonpass.Party{Adults: 1})
	assert.ErrorContains(t, err, "EPASS_USAGES_EXHAUSTED")
	c.Cancel(order.OrderID).Refused("ORDER_NOT_CANCELLABLE")

	_, err = srv.World().Reverse(order.OrderID)
	require.NoError(t, err)
	assert.Equal(t, [2]float64{2, 0}, c.Usages(pass))
	_, err = srv.World().Reverse(order.OrderID)
	assert.ErrorContains(t, err, "ORDER_ALREADY_CANCELLED")
}

func TestBundle_Refused_ChangesNothing(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	body := func(token string) obj {
		return obj{"module": 1, "clientUserId": "u-2", "extra": obj{
			"firstName": "Grace", "lastName": "Hopper", "expirationDate": "2030-12-31T23:59:59+00:00", "availableUsages": 2,
			"prebookingToken": token, "prebookingRequiredInfo": mocktest.AdaInfo(),
		}}
	}
	const path = "/orders/lounges/ePasses/bundle"
	token := c.Place("", "N00001", mocktest.Thursday, 2)
	data := c.Post(path, body(token)).OK()
	pass := mocktest.Dig(data, "extra", "ePass").(obj)
	assert.Equal(t, data["ePassId"], pass["ePassId"])
	assert.Equal(t, []any{0.0, 2.0}, []any{pass["availableUsages"], pass["usedUsages"]})

	before := c.Issue(1)
	mine := c.Place(mocktest.EPassID(before), "N00001", "2025-09-04T11:00", 1)
	c.Post(path, body(mine)).Refused("PREBOOKING_TOKEN_MISMATCH")
	c.Post(path, body(token)).Refused("PREBOOKING_TOKEN_USED")
	mocktest.FillSlot(t, srv.World(), "N00001", "2025-09-04T12:00", 1)
	free := c.Place("", "N00001", "2025-09-04T12:00", 1)
	mocktest.FillSlot(t, srv.World(), "N00001", "2025-09-04T12:00", 0)
	c.Post(path, body(free)).Refused("SLOT_UNAVAILABLE")
	after := c.Issue(1)
	assert.Equal(t, "DP00000000000003", before["orderId"])
	assert.Equal(t, "DP00000000000004", after["orderId"], "three refused bundles have burnt no id")
}

func TestCancelEPass_InUse_IsRefused(t *testing.T) {
	t.Parallel()
	_, c := mocktest.Start(t)
	issued := c.Issue(1)
	pass := mocktest.EPassID(issued)
	order := c.Booked(pass, "N00001", mocktest.Thursday, 1)
	c.Cancel(issued["orderId"]).Refused("EPASS_IN_USE")
	c.Cancel(order["orderId"]).OK()
	cancelled := c.Cancel(issued["orderId"]).OK()
	assert.Equal(t, 3.0, cancelled["status"])
	assert.Equal(t, "2025-09-01T08:00:00+00:00", cancelled["orderCancelledDate"])
	c.Cancel(issued["orderId"]).Refused("ORDER_ALREADY_CANCELLED")
	c.Cancel("DP99999999999999").Refused("ORDER_NOT_FOUND")
	c.Ask(obj{"ePassId": pass}).Refused("EPASS_CANCELLED")
}

func TestReservation_HoldsThePlaceForItsPass(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	w := srv.World()
	const slot = mocktest.Thursday
	mocktest.FillSlot(t, w, "N00001", slot, 1)
	first, second := c.Pass(2), c.Pass(2)
	ask := func(pass, date string) obj {
		edit := obj{"prebookingDate": date}
		if pass != "" {
			edit["ePassId"] = pass
		}
		return c.Ask(edit).OK()
	}
	anybody := c.Place("", "N00001", slot, 1)
	mine := c.Place(first, "N00001", slot, 1)
	assert.Equal(t, obj{"available": false}, ask(second, slot), "the one place is reserved; nothing but the word")
	assert.Equal(t, obj{"available": false}, ask("", slot))
	c.Book(second, anybody).Refused("SLOT_UNAVAILABLE")
	again := c.Place(first, "N00001", slot, 1)
	assert.NotEqual(t, mine, again, "asking again frees the place for the one who asks")

	other := ask(first, "2025-09-04T11:00")
	require.Equal(t, true, other["available"])
	assert.Equal(t, true, ask("", slot)["available"], "a reservation elsewhere has replaced it")
	c.Book(first, again).OK() // the old token is good, and takes the free place
	assert.Equal(t, false, ask("", slot)["available"])

	mocktest.FillSlot(t, w, "N00001", slot, 1)
	late := c.Place(second, "N00001", slot, 1)
	mocktest.FillSlot(t, w, "N00001", slot, 0)
	c.Book(second, late).OK() // a slot set to full takes nothing from those who reserved
	assert.Equal(t, false, ask("", slot)["available"])
}

func TestReservation_EndsWithItsToken(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	w := srv.World()
	mocktest.FillSlot(t, w, "N00001", mocktest.Thursday, 1)
	pass := c.Pass(1)
	token := c.Place(pass, "N00001", mocktest.Thursday, 1)
	clock := mocktest.Advance(t, w, 10*time.Minute)
	assert.Empty(t, clock.Fired, "the last second counts")
	mocktest.FillSlot(t, w, "N00001", "2025-09-04T11:00", 5)
	clock = mocktest.Advance(t, w, time.Second)
	assert.Equal(t, []mock.Fired{{At: mocktest.Monday.Add(10*time.Minute + time.Second), What: "reservation.released", ID: token}}, clock.Fired)
	c.Book(pass, token).Refused("PREBOOKING_TOKEN_EXPIRED")
	c.Place("", "N00001", mocktest.Thursday, 1)
}

func TestUsageOrders_ListedByPageAndFilter_NewestFirst(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	pass := c.Pass(100)
	var ids []string
	for range 12 {
		ids = append(ids, c.Booked(pass, "N00001", mocktest.Thursday, 1)["orderId"].(string))
	}
	c.Cancel(ids[0]).OK()
	mocktest.WalkIn(t, srv.World(), pass, "N00012", 1)
	list := func(more obj) (total float64, orders []any) {
		body := obj{"ePassId": pass}
		maps.Copy(body, more)
		data := c.Post("/orders/ePasses", body).OK()
		return mocktest.Dig(data, "pagination", "totalNumber").(float64), data["orders"].([]any)
	}
	total, orders := list(nil)
	assert.Equal(t, 13.0, total)
	require.Len(t, orders, 10)
	assert.Equal(t, "N00012", orders[0].(obj)["resourceId"], "newest first")
	assert.Equal(t, ids[11], orders[1].(obj)["orderId"])
	total, orders = list(obj{"pageNumber": 2})
	assert.Equal(t, 13.0, total)
	require.Len(t, orders, 3)
	assert.Equal(t, ids[0], orders[2].(obj)["orderId"])
	total, orders = list(obj{"status": 3})
	assert.Equal(t, 1.0, total)
	assert.Equal(t, ids[0], orders[0].(obj)["orderId"])
	total, orders = list(obj{"module": 2})
	assert.Zero(t, total)
	assert.Empty(t, orders)
	_, orders = list(obj{"pageNumber": 2147483647, "pageSize": 100})
	assert.Empty(t, orders)
	c.Post("/orders/ePasses", obj{"ePassId": "1788999999999999"}).Refused("EPASS_NOT_FOUND")
	message := c.Post("/orders/ePasses", obj{"ePassId": pass, "pageSize": 101, "pageNumber": 0}).Refused("INVALID_REQUEST")
	assert.Contains(t, message, "/pageSize: expected an integer from 1 to 100")
	assert.Contains(t, message, "/pageNumber: expected an integer of 1 or more")
}

func TestPendingOrder_WhenDue_ConfirmsOrFails(t *testing.T) {
	t.Parallel()
	scenario := mocktest.WriteScenario(t, `
name: resources that confirm later
given:
  clock: 2025-09-01T09:00:00+01:00
  resources:
    - {resourceId: N00001, confirm: {after: 5m}}
    - {resourceId: N00129, confirm: {polls: 2}}
    - {resourceId: N00012, confirm: fail}
`)
	srv, c := mocktest.Start(t, mock.WithScenario(scenario))
	pass := c.Pass(10)
	later := c.Booked(pass, "N00001", mocktest.Thursday, 1)
	assert.Equal(t, 0.0, later["status"])
	assert.Empty(t, mocktest.Dig(later, "extra", "vouchersList"))
	polled := c.Booked(pass, "N00129", mocktest.Thursday, 1)
	failing := c.Booked(pass, "N00012", mocktest.Thursday, 2)
	withdrawn := c.Booked(pass, "N00001", "2025-09-04T11:00", 1)
	c.Cancel(withdrawn["orderId"]).OK()
	assert.Equal(t, [2]float64{6, 4}, c.Usages(pass))

	assert.Equal(t, 0.0, c.Order(polled["orderId"]).OK()["status"])
	confirmed := c.Order(polled["orderId"]).OK()
	assert.Equal(t, 1.0, confirmed["status"])
	assert.Len(t, mocktest.Dig(confirmed, "extra", "vouchersList"), 1)

	assert.Equal(t, 0.0, c.Order(later["orderId"]).OK()["status"])
	clock := mocktest.Advance(t, srv.World(), 72*time.Hour)
	at := mocktest.Monday.Add(5 * time.Minute)
	assert.Equal(t, []mock.Fired{{At: at, What: "order.confirmed", ID: later["orderId"].(string)}, {At: at, What: "order.failed", ID: failing["orderId"].(string)}}, clock.Fired[:2])
	assert.Equal(t, 1.0, c.Order(later["orderId"]).OK()["status"])
	assert.Equal(t, 4.0, c.Order(failing["orderId"]).OK()["status"])
	assert.Equal(t, [2]float64{8, 2}, c.Usages(pass), "the failed one is refunded")
	c.Cancel(failing["orderId"]).Refused("ORDER_NOT_CANCELLABLE")
}

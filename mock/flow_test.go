package mock_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
)

// TestLoungeStory is the whole of it, as a client meets it: token, hub, resource, pass, availability, prebooking, a
// look, a cancel, another prebooking, and its use.
func TestLoungeStory(t *testing.T) {
	srv, c := start(t)
	w := srv.World()
	credentials := w.Credentials()
	c.token = ""
	token := c.post("/auth/token", obj{"clientId": credentials.ClientID, "secret": credentials.Secret}).ok()
	assert.Equal(t, "Bearer", token["tokenType"])
	assert.Equal(t, 3600.0, token["expiresIn"])
	c.token = token["accessToken"].(string)

	hub := c.get("/transportHubs/A00001").ok()
	assert.Equal(t, "MAN", hub["iata"])
	assert.NotEmpty(t, hub["imagesList"])
	lounge := c.get("/resources/N00001").ok()
	assert.Equal(t, 24.0, dig(lounge, "prebookingPolicy", "cancellationPolicy", "cancellationHoursBefore"))

	pass := ePassID(c.issue(3))
	order := c.book(pass, c.place(pass, "N00001", "2025-09-04T10:30", 2)).ok()
	assert.Equal(t, [2]float64{1, 2}, c.usages(pass))
	assert.Equal(t, 2.0, dig(order, "extra", "usedUsages"))
	assert.Len(t, dig(order, "extra", "vouchersList"), 1, "a lounge has one voucher an order")
	assert.Equal(t, order, c.post("/orders/ePasses/details", obj{"orderId": order["orderId"]}).ok())

	_, err := w.Advance(48*time.Hour + 90*time.Minute) // to the second at which the window closes
	require.NoError(t, err)
	cancelled := c.call("PATCH", "/orders", obj{"status": 3, "orderId": order["orderId"]}).ok()
	assert.Equal(t, 3.0, cancelled["status"])
	assert.Equal(t, "2025-09-03T09:30:00+00:00", cancelled["orderCancelledDate"])
	assert.Equal(t, [2]float64{3, 0}, c.usages(pass))
	c.call("PATCH", "/orders", obj{"status": 3, "orderId": order["orderId"]}).refused("ORDER_ALREADY_CANCELLED")
	voucher := dig(order, "extra", "vouchersList").([]any)[0].(obj)["voucher"].(string)
	_, err = w.Redeem(voucher, dragonpass.Party{Adults: 1})
	assert.ErrorContains(t, err, "VOUCHER_INVALID")

	second := c.book(pass, c.place(pass, "N00001", "2025-09-05T10:30", 1)).ok()
	_, err = w.Advance(24 * time.Hour)
	require.NoError(t, err)
	c.call("PATCH", "/orders", obj{"status": 3, "orderId": second["orderId"]}).ok()
	third := c.book(pass, c.place(pass, "N00001", "2025-09-06T10:30", 1)).ok()
	_, err = w.Advance(24*time.Hour + time.Second)
	require.NoError(t, err)
	c.call("PATCH", "/orders", obj{"status": 3, "orderId": third["orderId"]}).refused("CANCELLATION_WINDOW_CLOSED")
	assert.Equal(t, [2]float64{2, 1}, c.usages(pass))

	_, err = w.Advance(23 * time.Hour) // an hour less a second before the service
	require.NoError(t, err)
	voucher = dig(third, "extra", "vouchersList").([]any)[0].(obj)["voucher"].(string)
	used, err := w.Redeem(voucher, dragonpass.Party{Adults: 1})
	require.NoError(t, err)
	assert.Equal(t, dragonpass.Used, used.Status)
	seen := c.post("/orders/ePasses/details", obj{"orderId": third["orderId"]}).ok()
	assert.Equal(t, 2.0, seen["status"])
	assert.Equal(t, "2025-09-06T09:30:01", dig(seen, "extra", "usageDate"), "by the wall clock of Manchester")
	assert.Equal(t, [2]float64{2, 1}, c.usages(pass), "no second deduction")
	c.call("PATCH", "/orders", obj{"status": 3, "orderId": third["orderId"]}).refused("ORDER_ALREADY_USED")
}

func TestWalkInAndReversal(t *testing.T) {
	srv, c := start(t)
	pass := ePassID(c.issue(2))
	order, err := srv.World().WalkIn(pass, "N00001", dragonpass.Party{Adults: 1, Children: 1})
	require.NoError(t, err)
	assert.Equal(t, [2]float64{0, 2}, c.usages(pass))
	seen := c.post("/orders/ePasses/details", obj{"orderId": order.OrderID}).ok()
	assert.Equal(t, []any{2.0, 1.0}, []any{seen["status"], seen["category"]})
	assert.NotContains(t, seen["extra"], "prebookingDate")
	assert.NotContains(t, seen["extra"], "vouchersList")
	_, err = srv.World().WalkIn(pass, "N00001", dragonpass.Party{Adults: 1})
	assert.ErrorContains(t, err, "EPASS_USAGES_EXHAUSTED")
	c.call("PATCH", "/orders", obj{"status": 3, "orderId": order.OrderID}).refused("ORDER_NOT_CANCELLABLE")

	_, err = srv.World().Reverse(order.OrderID)
	require.NoError(t, err)
	assert.Equal(t, [2]float64{2, 0}, c.usages(pass))
	_, err = srv.World().Reverse(order.OrderID)
	assert.ErrorContains(t, err, "ORDER_ALREADY_CANCELLED")
}

func TestBundleIsOneTransaction(t *testing.T) {
	srv, c := start(t)
	body := func(token string) obj {
		return obj{"module": 1, "clientUserId": "u-2", "extra": obj{
			"firstName": "Grace", "lastName": "Hopper", "expirationDate": "2030-12-31T23:59:59+00:00", "availableUsages": 2,
			"prebookingToken": token, "prebookingRequiredInfo": adaInfo,
		}}
	}
	const path = "/orders/lounges/ePasses/bundle"
	token := c.place("", "N00001", "2025-09-04T10:30", 2)
	data := c.post(path, body(token)).ok()
	pass := dig(data, "extra", "ePass").(obj)
	assert.Equal(t, data["ePassId"], pass["ePassId"])
	assert.Equal(t, []any{0.0, 2.0}, []any{pass["availableUsages"], pass["usedUsages"]})

	before := c.issue(1)
	mine := c.place(ePassID(before), "N00001", "2025-09-04T11:00", 1)
	c.post(path, body(mine)).refused("PREBOOKING_TOKEN_MISMATCH")
	c.post(path, body(token)).refused("PREBOOKING_TOKEN_USED")
	_, err := srv.World().FillSlot("N00001", "2025-09-04T12:00", 1)
	require.NoError(t, err)
	free := c.place("", "N00001", "2025-09-04T12:00", 1)
	_, err = srv.World().FillSlot("N00001", "2025-09-04T12:00", 0)
	require.NoError(t, err)
	c.post(path, body(free)).refused("SLOT_UNAVAILABLE")
	after := c.issue(1)
	assert.Equal(t, "DP00000000000003", before["orderId"])
	assert.Equal(t, "DP00000000000004", after["orderId"], "three refused bundles have burnt no id")
}

func TestCancelEPass(t *testing.T) {
	_, c := start(t)
	issued := c.issue(1)
	pass := ePassID(issued)
	order := c.book(pass, c.place(pass, "N00001", "2025-09-04T10:30", 1)).ok()
	cancel := func(id any) answer { return c.call("PATCH", "/orders", obj{"status": 3, "orderId": id}) }
	cancel(issued["orderId"]).refused("EPASS_IN_USE")
	cancel(order["orderId"]).ok()
	cancelled := cancel(issued["orderId"]).ok()
	assert.Equal(t, 3.0, cancelled["status"])
	assert.Equal(t, "2025-09-01T08:00:00+00:00", cancelled["orderCancelledDate"])
	cancel(issued["orderId"]).refused("ORDER_ALREADY_CANCELLED")
	cancel("DP99999999999999").refused("ORDER_NOT_FOUND")
	c.post("/resources/prebookings/availability", obj{"ePassId": pass, "module": 1, "resourceId": "N00001", "prebookingDate": "2025-09-04T10:30", "adultCount": 1, "childCount": 0}).refused("EPASS_CANCELLED")
}

func TestReservations(t *testing.T) {
	srv, c := start(t)
	w := srv.World()
	const slot = "2025-09-04T10:30"
	_, err := w.FillSlot("N00001", slot, 1)
	require.NoError(t, err)
	first, second := ePassID(c.issue(2)), ePassID(c.issue(2))
	ask := func(pass, date string) obj {
		body := obj{"module": 1, "resourceId": "N00001", "prebookingDate": date, "adultCount": 1, "childCount": 0}
		if pass != "" {
			body["ePassId"] = pass
		}
		return c.post("/resources/prebookings/availability", body).ok()
	}
	anybody := c.place("", "N00001", slot, 1)
	mine := c.place(first, "N00001", slot, 1)
	assert.Equal(t, obj{"available": false}, ask(second, slot), "the one place is reserved; nothing but the word")
	assert.Equal(t, obj{"available": false}, ask("", slot))
	c.book(second, anybody).refused("SLOT_UNAVAILABLE")
	again := c.place(first, "N00001", slot, 1)
	assert.NotEqual(t, mine, again, "asking again frees the place for the one who asks")

	other := ask(first, "2025-09-04T11:00")
	require.Equal(t, true, other["available"])
	assert.Equal(t, true, ask("", slot)["available"], "a reservation elsewhere has replaced it")
	c.book(first, again).ok() // the old token is good, and takes the free place
	assert.Equal(t, false, ask("", slot)["available"])

	_, err = w.FillSlot("N00001", slot, 1)
	require.NoError(t, err)
	late := c.place(second, "N00001", slot, 1)
	_, err = w.FillSlot("N00001", slot, 0)
	require.NoError(t, err)
	c.book(second, late).ok() // a slot set to full takes nothing from those who reserved
	assert.Equal(t, false, ask("", slot)["available"])
}

func TestReservationEndsWithItsToken(t *testing.T) {
	srv, c := start(t)
	w := srv.World()
	_, err := w.FillSlot("N00001", "2025-09-04T10:30", 1)
	require.NoError(t, err)
	pass := ePassID(c.issue(1))
	token := c.place(pass, "N00001", "2025-09-04T10:30", 1)
	clock, err := w.Advance(10 * time.Minute)
	require.NoError(t, err)
	assert.Empty(t, clock.Fired, "the last second counts")
	_, err = w.FillSlot("N00001", "2025-09-04T11:00", 5)
	require.NoError(t, err)
	clock, err = w.Advance(time.Second)
	require.NoError(t, err)
	assert.Equal(t, []mock.Fired{{At: monday.Add(10*time.Minute + time.Second), What: "reservation.released", ID: token}}, clock.Fired)
	c.book(pass, token).refused("PREBOOKING_TOKEN_EXPIRED")
	c.place("", "N00001", "2025-09-04T10:30", 1)
}

func TestUsageOrderList(t *testing.T) {
	srv, c := start(t)
	pass := ePassID(c.issue(100))
	var ids []string
	for range 12 {
		ids = append(ids, c.book(pass, c.place(pass, "N00001", "2025-09-04T10:30", 1)).ok()["orderId"].(string))
	}
	c.call("PATCH", "/orders", obj{"status": 3, "orderId": ids[0]}).ok()
	_, err := srv.World().WalkIn(pass, "N00012", dragonpass.Party{Adults: 1})
	require.NoError(t, err)
	list := func(more obj) (total float64, orders []any) {
		body := obj{"ePassId": pass}
		for k, v := range more {
			body[k] = v
		}
		data := c.post("/orders/ePasses", body).ok()
		return dig(data, "pagination", "totalNumber").(float64), data["orders"].([]any)
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
	c.post("/orders/ePasses", obj{"ePassId": "1788999999999999"}).refused("EPASS_NOT_FOUND")
	message := c.post("/orders/ePasses", obj{"ePassId": pass, "pageSize": 101, "pageNumber": 0}).refused("INVALID_REQUEST")
	assert.Contains(t, message, "/pageSize: expected an integer from 1 to 100")
	assert.Contains(t, message, "/pageNumber: expected an integer of 1 or more")
}

func TestPendingOrders(t *testing.T) {
	scenario := writeScenario(t, `
name: resources that confirm later
given:
  clock: 2025-09-01T09:00:00+01:00
  resources:
    - {resourceId: N00001, confirm: {after: 5m}}
    - {resourceId: N00129, confirm: {polls: 2}}
    - {resourceId: N00012, confirm: fail}
`)
	srv, c := start(t, mock.WithScenario(scenario))
	pass := ePassID(c.issue(10))
	details := func(id any) obj { return c.post("/orders/ePasses/details", obj{"orderId": id}).ok() }
	later := c.book(pass, c.place(pass, "N00001", "2025-09-04T10:30", 1)).ok()
	assert.Equal(t, 0.0, later["status"])
	assert.Empty(t, dig(later, "extra", "vouchersList"))
	polled := c.book(pass, c.place(pass, "N00129", "2025-09-04T10:30", 1)).ok()
	failing := c.book(pass, c.place(pass, "N00012", "2025-09-04T10:30", 2)).ok()
	withdrawn := c.book(pass, c.place(pass, "N00001", "2025-09-04T11:00", 1)).ok()
	c.call("PATCH", "/orders", obj{"status": 3, "orderId": withdrawn["orderId"]}).ok()
	assert.Equal(t, [2]float64{6, 4}, c.usages(pass))

	assert.Equal(t, 0.0, details(polled["orderId"])["status"])
	confirmed := details(polled["orderId"])
	assert.Equal(t, 1.0, confirmed["status"])
	assert.Len(t, dig(confirmed, "extra", "vouchersList"), 1)

	assert.Equal(t, 0.0, details(later["orderId"])["status"])
	clock, err := srv.World().Advance(72 * time.Hour)
	require.NoError(t, err)
	at := monday.Add(5 * time.Minute)
	assert.Equal(t, []mock.Fired{{at, "order.confirmed", later["orderId"].(string)}, {at, "order.failed", failing["orderId"].(string)}}, clock.Fired[:2])
	assert.Equal(t, 1.0, details(later["orderId"])["status"])
	assert.Equal(t, 4.0, details(failing["orderId"])["status"])
	assert.Equal(t, [2]float64{8, 2}, c.usages(pass), "the failed one is refunded")
	c.call("PATCH", "/orders", obj{"status": 3, "orderId": failing["orderId"]}).refused("ORDER_NOT_CANCELLABLE")
}

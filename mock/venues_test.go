package mock_test

import (
	"context"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
)

// The test venues of hub A99999: magic inputs, so nothing here touches the world but its clock.

const venueTime = "2025-09-10T10:00"

// visit is a pass and a venue.
type visit struct {
	*client
	w      *mock.World
	module dragonpass.Module
	venue  string
	pass   string
}

// atVenues runs a test at each venue, with a pass of five usages for its module.
func atVenues(t *testing.T, test func(t *testing.T, v visit), venues ...string) {
	for _, venue := range venues {
		t.Run(venue, func(t *testing.T) {
			srv, c := start(t)
			v := visit{client: c, w: srv.World(), module: dragonpass.Lounge, venue: venue}
			if venue[0] == 'C' {
				v.module = dragonpass.FastTrack
			}
			v.pass = ePassID(c.post("/orders/"+v.module.Word()+"/ePasses", obj{"module": v.module, "clientUserId": "u-1", "extra": obj{
				"firstName": "Ada", "lastName": "Lovelace", "expirationDate": "2030-12-31T23:59:59+00:00", "availableUsages": 5,
			}}).ok())
			test(t, v)
		})
	}
}

// ask asks for places with the pass, which reserves them.
func (v visit) ask(adults int) obj {
	v.t.Helper()
	return v.post("/resources/prebookings/availability", obj{
		"module": v.module, "resourceId": v.venue, "prebookingDate": venueTime, "adultCount": adults, "childCount": 0, "ePassId": v.pass,
	}).ok()
}

// prebook asks and books, with this passenger data.
func (v visit) prebook(adults int, info obj) answer {
	v.t.Helper()
	data := v.ask(adults)
	require.Equal(v.t, true, data["available"])
	extra := obj{"prebookingToken": data["prebookingToken"]}
	if info != nil {
		extra["prebookingRequiredInfo"] = info
	}
	return v.post("/orders/"+v.module.Word()+"/ePasses/prebooking", obj{"module": v.module, "ePassId": v.pass, "extra": extra})
}

func (v visit) cancel(order obj) answer {
	v.t.Helper()
	return v.call("PATCH", "/orders", obj{"status": 3, "orderId": order["orderId"]})
}

func (v visit) status(order obj) float64 {
	v.t.Helper()
	return v.post("/orders/ePasses/details", obj{"orderId": order["orderId"]}).ok()["status"].(float64)
}

func (v visit) advance(d time.Duration) mock.Clock {
	v.t.Helper()
	clock, err := v.w.Advance(d)
	require.NoError(v.t, err)
	return clock
}

// passengerRead is the passenger data that an order reads back.
func passengerRead(order obj) obj { return dig(order, "extra", "prebookingRequiredInfo").(obj) }

func TestVenueAlwaysFull(t *testing.T) {
	atVenues(t, func(t *testing.T, v visit) {
		assert.Equal(t, obj{"available": false}, v.ask(1))
		assert.Equal(t, "not available: full", v.with("X-Mock-Explain", "1").post("/resources/prebookings/availability", obj{
			"module": 1, "resourceId": v.venue, "prebookingDate": venueTime, "adultCount": 1, "childCount": 0,
		}).Header.Get("X-Mock-Reason"))
	}, "N99901")
}

func TestVenueLosesTheSlot(t *testing.T) {
	atVenues(t, func(t *testing.T, v visit) {
		v.prebook(1, nil).refused("SLOT_UNAVAILABLE") // although it was reserved
		assert.Equal(t, [2]float64{5, 0}, v.usages(v.pass))
		v.prebook(1, nil).refused("SLOT_UNAVAILABLE")
	}, "N99902", "C99902")
}

func TestVenueConfirmsAfterFiveMinutes(t *testing.T) {
	atVenues(t, func(t *testing.T, v visit) {
		order := v.prebook(2, nil).ok()
		assert.Equal(t, 0.0, order["status"])
		assert.Empty(t, dig(order, "extra", "vouchersList"))
		v.advance(5*time.Minute - time.Second)
		assert.Equal(t, 0.0, v.status(order))
		fired := v.advance(time.Second).Fired
		assert.Equal(t, []mock.Fired{{At: monday.Add(5 * time.Minute), What: "order.confirmed", ID: order["orderId"].(string)}}, fired)
		confirmed := v.post("/orders/ePasses/details", obj{"orderId": order["orderId"]}).ok()
		assert.Equal(t, 1.0, confirmed["status"])
		vouchers := map[dragonpass.Module]int{dragonpass.Lounge: 1, dragonpass.FastTrack: 2}[v.module]
		assert.Len(t, dig(confirmed, "extra", "vouchersList"), vouchers)
		assert.Equal(t, [2]float64{3, 2}, v.usages(v.pass))
	}, "N99903", "C99903")
}

func TestVenueNeverConfirms(t *testing.T) {
	atVenues(t, func(t *testing.T, v visit) {
		order := v.prebook(1, nil).ok()
		v.advance(5 * 24 * time.Hour)
		assert.Equal(t, 0.0, v.status(order))
		assert.Equal(t, [2]float64{4, 1}, v.usages(v.pass))
		v.cancel(order).ok()
		assert.Equal(t, [2]float64{5, 0}, v.usages(v.pass))
	}, "N99904")
}

func TestVenueFailsAfterPending(t *testing.T) {
	atVenues(t, func(t *testing.T, v visit) {
		order := v.prebook(2, nil).ok()
		assert.Equal(t, 0.0, order["status"])
		assert.Equal(t, [2]float64{3, 2}, v.usages(v.pass))
		fired := v.advance(5 * time.Minute).Fired
		assert.Equal(t, []mock.Fired{{At: monday.Add(5 * time.Minute), What: "order.failed", ID: order["orderId"].(string)}}, fired)
		failed := v.post("/orders/ePasses/details", obj{"orderId": order["orderId"]}).ok()
		assert.Equal(t, 4.0, failed["status"])
		assert.Nil(t, failed["orderCancelledDate"])
		assert.Empty(t, dig(failed, "extra", "vouchersList"))
		assert.Equal(t, [2]float64{5, 0}, v.usages(v.pass), "refunded")
		v.cancel(order).refused("ORDER_NOT_CANCELLABLE")
	}, "N99905", "C99905")
}

func TestVenueSupplierError(t *testing.T) {
	atVenues(t, func(t *testing.T, v visit) {
		token := v.ask(1)["prebookingToken"]
		before := snapshot(t, v.w)
		got := v.post("/orders/"+v.module.Word()+"/ePasses/prebooking", obj{"module": v.module, "ePassId": v.pass, "extra": obj{"prebookingToken": token}})
		got.refused("PREBOOKING_FAILED")
		assert.Equal(t, []any{500, "500.020.009"}, []any{got.Status, got.Body["code"]})
		assert.Equal(t, before, snapshot(t, v.w), "nothing changes, the reservation stays")
	}, "N99906", "C99906")
}

func TestVenueNotCancellable(t *testing.T) {
	atVenues(t, func(t *testing.T, v visit) {
		order := v.prebook(1, nil).ok()
		v.cancel(order).refused("ORDER_NOT_CANCELLABLE")
		assert.Equal(t, 1.0, v.status(order))
		assert.Equal(t, [2]float64{4, 1}, v.usages(v.pass))
	}, "N99907")
}

func TestVenueWindowOf72Hours(t *testing.T) {
	service := time.Date(2025, 9, 10, 10, 0, 0, 0, time.UTC)
	atVenues(t, func(t *testing.T, v visit) {
		first, second := v.prebook(1, nil).ok(), v.prebook(1, nil).ok()
		v.advance(service.Add(-72 * time.Hour).Sub(monday))
		v.cancel(first).ok()
		v.advance(time.Second)
		v.cancel(second).refused("CANCELLATION_WINDOW_CLOSED")
		assert.Equal(t, [2]float64{4, 1}, v.usages(v.pass))
	}, "N99908")
}

func TestVenueAsksAllSix(t *testing.T) {
	atVenues(t, func(t *testing.T, v visit) {
		message := v.prebook(1, nil).refused("PASSENGER_INFO_REQUIRED")
		for name := range adaInfo {
			assert.Contains(t, message, "/extra/prebookingRequiredInfo/"+name+":")
		}
		assert.Equal(t, adaInfo, passengerRead(v.prebook(1, adaInfo).ok()))
	}, "N99909")
}

func TestVenueAsksNothing(t *testing.T) {
	nothing := obj{}
	for name := range adaInfo {
		nothing[name] = nil
	}
	atVenues(t, func(t *testing.T, v visit) {
		assert.Equal(t, nothing, passengerRead(v.prebook(1, nil).ok()))
		assert.Equal(t, nothing, passengerRead(v.prebook(1, adaInfo).ok()), "what is not asked for is not kept")
		assert.Equal(t, nothing, passengerRead(v.prebook(1, obj{"email": "not one"}).ok()), "nor judged")
	}, "N99910", "C99910")
}

func TestVenueAsksAPhoneWithoutCallingCode(t *testing.T) {
	atVenues(t, func(t *testing.T, v visit) {
		message := v.prebook(1, obj{"callingCode": "44"}).refused("PASSENGER_INFO_REQUIRED")
		assert.Contains(t, message, "/phoneNumber")
		assert.NotContains(t, message, "/callingCode")
		kept := passengerRead(v.prebook(1, adaInfo).ok())
		assert.Equal(t, []any{"8081966002", nil}, []any{kept["phoneNumber"], kept["callingCode"]})
	}, "N99911")
}

func TestVenueOneSeatASlot(t *testing.T) {
	atVenues(t, func(t *testing.T, v visit) {
		assert.Equal(t, obj{"available": false}, v.ask(2))
		order := v.prebook(1, nil).ok()
		assert.Equal(t, obj{"available": false}, v.ask(1))
		v.cancel(order).ok()
		v.prebook(1, nil).ok()
	}, "N99912")
}

// TestSlowVenue: the answer takes as long as the vendor's do, outside every lock, and ends when the client goes away.
func TestSlowVenue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, err := mock.New(mock.WithContract(true))
		require.NoError(t, err)
		defer m.Close()
		client := m.World().Client()
		var took time.Duration
		const n = 20
		for range n {
			began := time.Now()
			answer, err := client.Get("http://dragonmock/resources/N99913")
			require.NoError(t, err)
			answer.Body.Close()
			require.Equal(t, 200, answer.StatusCode)
			took += time.Since(began)
		}
		assert.InDelta(t, 0.788, took.Seconds()/n, 0.5, "by the bubble's clock, in no time")
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		request, err := http.NewRequestWithContext(ctx, "GET", "http://dragonmock/resources/N99913", nil)
		require.NoError(t, err)
		_, err = client.Do(request)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		synctest.Wait()
		lost := m.World().Requests(mock.RequestFilter{Dropped: true})
		assert.Equal(t, 1, lost.Total)
	})
}

// TestConfirmationWithinASecond: a frozen clock has whole seconds, so what is due between two comes with the second.
func TestConfirmationWithinASecond(t *testing.T) {
	srv, c := start(t)
	w := srv.World()
	r, err := w.PatchResource("N00001", `{"confirm":{"after":"1d"}}`)
	require.NoError(t, err)
	assert.Equal(t, 24*time.Hour, r.Confirmation.After)
	_, err = w.PatchResource("N00001", `{"confirm":{"after":"1500ms"}}`)
	require.NoError(t, err)
	pass := ePassID(c.issue(1))
	order := c.book(pass, c.place(pass, "N00001", "2025-09-04T10:30", 1)).ok()
	clock, err := w.Advance(time.Hour)
	require.NoError(t, err)
	require.NotEmpty(t, clock.Fired)
	assert.Equal(t, monday.Add(2*time.Second), clock.Fired[0].At)
	assert.Equal(t, order["orderId"], clock.Fired[0].ID)
}

// TestPatchedPolicyIsChecked: what the contract cannot show, no resource may have.
func TestPatchedPolicyIsChecked(t *testing.T) {
	srv, c := start(t)
	for _, wrong := range []string{
		`{"slotMinutes":0}`, `{"slotMinutes":1441}`, `{"maxAdvanceDays":0}`, `{"maxAdvanceDays":4000000000}`, `{"advanceBookingHours":-1}`,
		`{"maxPassengerPerOrder":-1}`, `{"cancellationPolicy":{"cancellationHoursBefore":-24}}`,
	} {
		_, err := srv.World().PatchResource("N00001", `{"prebookingPolicy":`+wrong+`}`)
		assert.ErrorContains(t, err, "prebookingPolicy/", wrong)
	}
	c.get("/resources/N00001").ok()
}

package booking_test

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
	"dragonmock/mock/internal/mocktest"
)

// The test venues of hub A99999: magic inputs, so nothing here touches the world but its clock.

const venueTime = "2025-09-10T10:00"

// visit is a pass and a venue.
type visit struct {
	*mocktest.Client
	w      *mock.World
	module dragonpass.Module
	venue  string
	pass   string
}

// atVenues runs a test at each venue, with a pass of five usages for its module.
func atVenues(t *testing.T, test func(t *testing.T, v visit), venues ...string) {
	for _, venue := range venues {
		t.Run(venue, func(t *testing.T) {
			t.Parallel()
			srv, c := mocktest.Start(t)
			v := visit{Client: c, w: srv.World(), module: dragonpass.Lounge, venue: venue}
			if venue[0] == 'C' {
				v.module = dragonpass.FastTrack
			}
			v.pass = mocktest.EPassID(c.TryIssue(v.module, 5, nil).OK())
			test(t, v)
		})
	}
}

// ask asks for places with the pass, which reserves them.
func (v visit) ask(adults int) obj {
	v.T.Helper()
	return v.Ask(obj{"module": v.module, "resourceId": v.venue, "prebookingDate": venueTime, "adultCount": adults, "ePassId": v.pass}).OK()
}

// prebook asks and books, with this passenger data.
func (v visit) prebook(adults int, info obj) mocktest.Answer {
	v.T.Helper()
	data := v.ask(adults)
	require.Equal(v.T, true, data["available"])
	extra := obj{"prebookingToken": data["prebookingToken"]}
	if info != nil {
		extra["prebookingRequiredInfo"] = info
	}
	return v.Post("/orders/"+v.module.Word()+"/ePasses/prebooking", obj{"module": v.module, "ePassId": v.pass, "extra": extra})
}

func (v visit) cancel(order obj) mocktest.Answer {
	v.T.Helper()
	return v.Cancel(order["orderId"])
}

func (v visit) status(order obj) float64 {
	v.T.Helper()
	return v.Order(order["orderId"]).OK()["status"].(float64)
}

func (v visit) advance(d time.Duration) mock.Clock {
	v.T.Helper()
	return mocktest.Advance(v.T, v.w, d)
}

// passengerRead is the passenger data that an order reads back.
func passengerRead(order obj) obj {
	return mocktest.Dig(order, "extra", "prebookingRequiredInfo").(obj)
}

func TestFullVenue_Asked_IsNotAvailable(t *testing.T) {
	t.Parallel()
	atVenues(t, func(t *testing.T, v visit) {
		assert.Equal(t, obj{"available": false}, v.ask(1))
		assert.Equal(t, "not available: full", v.With("X-Mock-Explain", "1").Ask(obj{"resourceId": v.venue, "prebookingDate": venueTime}).Header.Get("X-Mock-Reason"))
	}, "N99901")
}

func TestSlotLosingVenue_Booked_IsUnavailable(t *testing.T) {
	t.Parallel()
	atVenues(t, func(t *testing.T, v visit) {
		v.prebook(1, nil).Refused("SLOT_UNAVAILABLE") // although it was reserved
		assert.Equal(t, [2]float64{5, 0}, v.Usages(v.pass))
		v.prebook(1, nil).Refused("SLOT_UNAVAILABLE")
	}, "N99902", "C99902")
}

func TestPendingVenue_AfterFiveMinutes_Confirms(t *testing.T) {
	t.Parallel()
	atVenues(t, func(t *testing.T, v visit) {
		order := v.prebook(2, nil).OK()
		assert.Equal(t, 0.0, order["status"])
		assert.Empty(t, mocktest.Dig(order, "extra", "vouchersList"))
		v.advance(5*time.Minute - time.Second)
		assert.Equal(t, 0.0, v.status(order))
		fired := v.advance(time.Second).Fired
		assert.Equal(t, []mock.Fired{{At: mocktest.Monday.Add(5 * time.Minute), What: "order.confirmed", ID: order["orderId"].(string)}}, fired)
		confirmed := v.Order(order["orderId"]).OK()
		assert.Equal(t, 1.0, confirmed["status"])
		vouchers := map[dragonpass.Module]int{dragonpass.Lounge: 1, dragonpass.FastTrack: 2}[v.module]
		assert.Len(t, mocktest.Dig(confirmed, "extra", "vouchersList"), vouchers)
		assert.Equal(t, [2]float64{3, 2}, v.Usages(v.pass))
	}, "N99903", "C99903")
}

func TestNeverConfirmingVenue_AfterDays_StaysPending(t *testing.T) {
	t.Parallel()
	atVenues(t, func(t *testing.T, v visit) {
		order := v.prebook(1, nil).OK()
		v.advance(5 * 24 * time.Hour)
		assert.Equal(t, 0.0, v.status(order))
		assert.Equal(t, [2]float64{4, 1}, v.Usages(v.pass))
		v.cancel(order).OK()
		assert.Equal(t, [2]float64{5, 0}, v.Usages(v.pass))
	}, "N99904")
}

func TestFailingVenue_AfterFiveMinutes_Refunds(t *testing.T) {
	t.Parallel()
	atVenues(t, func(t *testing.T, v visit) {
		order := v.prebook(2, nil).OK()
		assert.Equal(t, 0.0, order["status"])
		assert.Equal(t, [2]float64{3, 2}, v.Usages(v.pass))
		fired := v.advance(5 * time.Minute).Fired
		assert.Equal(t, []mock.Fired{{At: mocktest.Monday.Add(5 * time.Minute), What: "order.failed", ID: order["orderId"].(string)}}, fired)
		failed := v.Order(order["orderId"]).OK()
		assert.Equal(t, 4.0, failed["status"])
		assert.Nil(t, failed["orderCancelledDate"])
		assert.Empty(t, mocktest.Dig(failed, "extra", "vouchersList"))
		assert.Equal(t, [2]float64{5, 0}, v.Usages(v.pass), "refunded")
		v.cancel(order).Refused("ORDER_NOT_CANCELLABLE")
	}, "N99905", "C99905")
}

func TestSupplierErrorVenue_Booked_ChangesNothing(t *testing.T) {
	t.Parallel()
	atVenues(t, func(t *testing.T, v visit) {
		token := v.ask(1)["prebookingToken"]
		before := mocktest.Snapshot(t, v.w)
		got := v.Post("/orders/"+v.module.Word()+"/ePasses/prebooking", obj{"module": v.module, "ePassId": v.pass, "extra": obj{"prebookingToken": token}})
		got.Refused("PREBOOKING_FAILED")
		assert.Equal(t, []any{500, "500.020.009"}, []any{got.Status, got.Body["code"]})
		assert.Equal(t, before, mocktest.Snapshot(t, v.w), "nothing changes, the reservation stays")
	}, "N99906", "C99906")
}

func TestUncancellableVenue_Cancelled_IsRefused(t *testing.T) {
	t.Parallel()
	atVenues(t, func(t *testing.T, v visit) {
		order := v.prebook(1, nil).OK()
		v.cancel(order).Refused("ORDER_NOT_CANCELLABLE")
		assert.Equal(t, 1.0, v.status(order))
		assert.Equal(t, [2]float64{4, 1}, v.Usages(v.pass))
	}, "N99907")
}

func TestLongWindowVenue_72HoursBefore_ClosesCancellation(t *testing.T) {
	t.Parallel()
	service := time.Date(2025, 9, 10, 10, 0, 0, 0, time.UTC)
	atVenues(t, func(t *testing.T, v visit) {
		first, second := v.prebook(1, nil).OK(), v.prebook(1, nil).OK()
		v.advance(service.Add(-72 * time.Hour).Sub(mocktest.Monday))
		v.cancel(first).OK()
		v.advance(time.Second)
		v.cancel(second).Refused("CANCELLATION_WINDOW_CLOSED")
		assert.Equal(t, [2]float64{4, 1}, v.Usages(v.pass))
	}, "N99908")
}

func TestAskingVenue_WithoutPassengerData_NamesAllSix(t *testing.T) {
	t.Parallel()
	atVenues(t, func(t *testing.T, v visit) {
		message := v.prebook(1, nil).Refused("PASSENGER_INFO_REQUIRED")
		for name := range mocktest.AdaInfo() {
			assert.Contains(t, message, "/extra/prebookingRequiredInfo/"+name+":")
		}
		assert.Equal(t, mocktest.AdaInfo(), passengerRead(v.prebook(1, mocktest.AdaInfo()).OK()))
	}, "N99909")
}

func TestUnaskingVenue_WithPassengerData_DropsIt(t *testing.T) {
	t.Parallel()
	nothing := obj{}
	for name := range mocktest.AdaInfo() {
		nothing[name] = nil
	}
	atVenues(t, func(t *testing.T, v visit) {
		assert.Equal(t, nothing, passengerRead(v.prebook(1, nil).OK()))
		assert.Equal(t, nothing, passengerRead(v.prebook(1, mocktest.AdaInfo()).OK()), "what is not asked for is not kept")
		assert.Equal(t, nothing, passengerRead(v.prebook(1, obj{"email": "not one"}).OK()), "nor judged")
	}, "N99910", "C99910")
}

func TestPhoneVenue_WithCallingCodeOnly_AsksForThePhone(t *testing.T) {
	t.Parallel()
	atVenues(t, func(t *testing.T, v visit) {
		message := v.prebook(1, obj{"callingCode": "44"}).Refused("PASSENGER_INFO_REQUIRED")
		assert.Contains(t, message, "/phoneNumber")
		assert.NotContains(t, message, "/callingCode")
		kept := passengerRead(v.prebook(1, mocktest.AdaInfo()).OK())
		assert.Equal(t, []any{"8081966002", nil}, []any{kept["phoneNumber"], kept["callingCode"]})
	}, "N99911")
}

func TestOneSeatVenue_Booked_IsFullUntilCancelled(t *testing.T) {
	t.Parallel()
	atVenues(t, func(t *testing.T, v visit) {
		assert.Equal(t, obj{"available": false}, v.ask(2))
		order := v.prebook(1, nil).OK()
		assert.Equal(t, obj{"available": false}, v.ask(1))
		v.cancel(order).OK()
		v.prebook(1, nil).OK()
	}, "N99912")
}

// TestSlowVenue_Called_AnswersLate: the answer takes as long as the vendor's do, outside every lock, and the wait ends
// when the client goes away.
func TestSlowVenue_Called_AnswersLate(t *testing.T) {
	t.Parallel()
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
		lost := mocktest.Requests(t, m.World(), mock.RequestFilter{Dropped: true})
		assert.Equal(t, 1, lost.Total)
	})
}

// TestPatchResource_WithImpossiblePolicy_IsRefused: what the contract cannot show, no resource may have.
func TestPatchResource_WithImpossiblePolicy_IsRefused(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	for _, wrong := range []string{
		`{"slotMinutes":0}`, `{"slotMinutes":1441}`, `{"maxAdvanceDays":0}`, `{"maxAdvanceDays":4000000000}`, `{"advanceBookingHours":-1}`,
		`{"maxPassengerPerOrder":-1}`, `{"cancellationPolicy":{"cancellationHoursBefore":-24}}`,
	} {
		_, err := srv.World().PatchResource("N00001", `{"prebookingPolicy":`+wrong+`}`)
		assert.ErrorContains(t, err, "prebookingPolicy/", wrong)
	}
	c.Get("/resources/N00001").OK()
}

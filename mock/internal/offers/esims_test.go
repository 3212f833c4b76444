package offers_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

type obj = mocktest.Object

// shop is a client with a pass for eSIMs, in a world.
type shop struct {
	*mocktest.Client
	w *mock.World
}

const pass = "1788000000000008"

func open(t *testing.T) shop {
	t.Helper()
	srv, c := mocktest.Start(t, mock.WithScenario(mocktest.WriteScenario(t, `
name: shop
given:
  clock: 2025-09-01T09:00:00+00:00
  ePasses: [{module: 8, ePassId: "`+pass+`", availableUsages: 9, expiresIn: 1000d}]
`)))
	return shop{c, srv.World()}
}

// token asks for a package of E00001, for an eSIM when it names one of its orders; empty: it is not to be had.
func (s shop) token(esim any) string {
	s.T.Helper()
	path, body := "/api/v2/resources/options/prebookings/availability", obj{"ePassId": pass, "module": 8, "resourceId": "E00001", "optionId": "E00001-02", "adultCount": 1, "childCount": 0}
	if esim != nil {
		path, body = "/api/v2/orders/esims/topup/availability", obj{"ePassId": pass, "orderId": esim, "optionId": "E00001-02"}
	}
	token, _ := s.Post(path, body).OK()["prebookingToken"].(string)
	return token
}

func (s shop) book(token string, topUp bool) mocktest.Answer {
	s.T.Helper()
	path := map[bool]string{false: "prebooking", true: "topup"}[topUp]
	return s.Post("/api/v2/orders/esims/ePasses/"+path, obj{"module": 8, "ePassId": pass, "extra": obj{"prebookingToken": token}})
}

// buy buys an eSIM, or a top-up of one, and returns the order.
func (s shop) buy(esim any) string {
	s.T.Helper()
	token := s.token(esim)
	require.NotEmpty(s.T, token)
	return s.book(token, esim != nil).OK()["orderId"].(string)
}

func (s shop) cancel(order string) mocktest.Answer {
	s.T.Helper()
	return s.Call("PATCH", "/api/v2/orders", obj{"status": 3, "orderId": order})
}

// TestTopUp_NamedByACancelledTopUp: what is topped up is the eSIM, whichever of its orders is named, and whatever became of that.
func TestTopUp_NamedByACancelledTopUp(t *testing.T) {
	t.Parallel()
	s := open(t)
	esim := s.buy(nil)
	topUp := s.buy(esim)
	s.cancel(topUp).OK()
	again := s.buy(topUp)
	s.cancel(again).OK()
	_, err := s.w.UseData(esim, 1<<40)
	require.NoError(t, err)
	assert.NotEmpty(t, s.token(again), "the eSIM is good, though its package is used up")
}

// states are the state of the profile of an eSIM wherever it is asked for: by each order of it, and by its ICCID.
func (s shop) states(orders ...string) (states []any) {
	s.T.Helper()
	profiles := map[string]bool{}
	for _, id := range orders {
		order := s.Post("/api/v2/orders/esims/details", obj{"orderId": id}).OK()
		shown := mocktest.Dig(order, "extra", "esim").(obj)
		for _, by := range []obj{{"orderId": id}, {"iccid": shown["iccid"]}} {
			assert.Equal(s.T, shown, s.Post("/api/v2/orders/esims/packages/query", by).OK()["esim"])
		}
		states, profiles[shown["iccid"].(string)] = append(states, shown["status"]), true
	}
	assert.Len(s.T, profiles, 1)
	return states
}

// TestESIM_HasOneState: its order ends after its top-ups, whoever ends it; the profile is the same wherever it is asked for.
func TestESIM_HasOneState(t *testing.T) {
	t.Parallel()
	s := open(t)
	esim := s.buy(nil)
	topUp := s.buy(esim)
	before := mocktest.Snapshot(t, s.w)
	assert.Contains(t, s.cancel(esim).Refused("ORDER_NOT_CANCELLABLE"), "order "+topUp)
	assert.Equal(t, before, mocktest.Snapshot(t, s.w))
	assert.Equal(t, []any{1.0, 1.0}, s.states(esim, topUp))
	s.cancel(topUp).OK()
	assert.Equal(t, []any{1.0, 1.0}, s.states(esim, topUp), "the eSIM is good without it")
	late := s.token(topUp)
	s.cancel(esim).OK()
	assert.Equal(t, []any{3.0, 3.0}, s.states(esim, topUp))
	for _, id := range []string{esim, topUp} {
		assert.Empty(t, s.token(id), "no more is sold for it")
		_, err := s.w.UseData(id, 1)
		assert.ErrorContains(t, err, "VOUCHER_INVALID")
	}
	assert.Contains(t, s.book(late, true).Refused("SLOT_UNAVAILABLE"), "the eSIM has ended")
	assert.Equal(t, [2]float64{9, 0}, usages(s))
}

func usages(s shop) [2]float64 {
	s.T.Helper()
	found := s.Post("/api/v2/orders/ePasses/search", obj{"ePassId": pass}).OK()
	return [2]float64{mocktest.Dig(found, "extra", "availableUsages").(float64), mocktest.Dig(found, "extra", "usedUsages").(float64)}
}

// TestESIM_Reversed: a use is taken back after the top-ups too.
func TestESIM_Reversed(t *testing.T) {
	t.Parallel()
	s := open(t)
	esim := s.buy(nil)
	topUp := s.buy(esim)
	for _, id := range []string{esim, topUp} {
		_, err := s.w.UseData(id, 1)
		require.NoError(t, err)
	}
	_, err := s.w.Reverse(esim)
	assert.ErrorContains(t, err, "ORDER_NOT_CANCELLABLE")
	for _, id := range []string{topUp, esim} {
		_, err := s.w.Reverse(id)
		require.NoError(t, err)
	}
	assert.Equal(t, []any{3.0, 3.0}, s.states(esim, topUp))
	assert.Equal(t, [2]float64{9, 0}, usages(s))
}

// TestESIM_TopUpThatIsPending has the profile of its eSIM from the start, and leaves it as it is when it fails.
func TestESIM_TopUpThatIsPending(t *testing.T) {
	t.Parallel()
	s := open(t)
	esim := s.buy(nil)
	mocktest.PatchResource(t, s.w, "E00001", `{"confirm":"never"}`)
	topUp := s.buy(esim)
	assert.Equal(t, []any{1.0, 1.0}, s.states(esim, topUp))
	s.cancel(esim).Refused("ORDER_NOT_CANCELLABLE")
	packages := func() (states []any) {
		for _, p := range s.Post("/api/v2/orders/esims/packages/query", obj{"orderId": topUp}).OK()["packages"].([]any) {
			states = append(states, mocktest.Dig(p.(obj), "esimOptions", "status"))
		}
		return states
	}
	assert.Equal(t, []any{2.0, 1.0}, packages())
	_, err := s.w.Fail(topUp)
	require.NoError(t, err)
	assert.Equal(t, []any{2.0, 6.0}, packages())
	assert.Equal(t, []any{1.0, 1.0}, s.states(esim, topUp))
	s.cancel(esim).OK()
	assert.Equal(t, []any{3.0, 3.0}, s.states(esim, topUp))
}

// TestESIM_OfAClosedSeller: what nobody uses ends, with its top-ups; an eSIM of which something is used goes on.
func TestESIM_OfAClosedSeller(t *testing.T) {
	t.Parallel()
	s := open(t)
	unused, inUse := s.buy(nil), s.buy(nil)
	unusedTopUp, usedTopUp := s.buy(unused), s.buy(inUse)
	spare := s.buy(inUse)
	_, err := s.w.UseData(usedTopUp, 1)
	require.NoError(t, err)
	ended, err := s.w.CloseResource("E00001", "Sold out")
	require.NoError(t, err)
	var ids []string
	for _, o := range ended {
		ids = append(ids, o.OrderID)
	}
	assert.Equal(t, []string{unused, unusedTopUp, spare}, ids)
	assert.Equal(t, []any{3.0, 3.0}, s.states(unused, unusedTopUp))
	assert.Equal(t, []any{1.0, 1.0, 1.0}, s.states(inUse, usedTopUp, spare))
	for _, id := range []string{inUse, usedTopUp} {
		_, err := s.w.UseData(id, 1)
		assert.NoError(t, err, "data needs no venue")
	}
	require.NoError(t, s.w.LoadSnapshot([]byte(mocktest.Snapshot(t, s.w))))
}

// TestTopUp_OfAnotherHolder: a token that was given to nobody is no way around the holder.
func TestTopUp_OfAnotherHolder(t *testing.T) {
	t.Parallel()
	s := open(t)
	esim := s.buy(nil)
	token := s.Post("/api/v2/orders/esims/topup/availability", obj{"orderId": esim, "optionId": "E00001-02"}).OK()["prebookingToken"]
	other := mocktest.EPassID(s.Post("/api/v2/orders/esims/ePasses", obj{"module": 8, "clientUserId": "o", "extra": obj{
		"firstName": "O", "lastName": "O", "expirationDate": "2027-12-31T23:59:59+00:00", "availableUsages": 1,
	}}).OK())
	body := obj{"module": 8, "ePassId": other, "extra": obj{"prebookingToken": token}}
	s.Post("/api/v2/orders/esims/ePasses/topup", body).Refused("PREBOOKING_TOKEN_MISMATCH")
	s.book(token.(string), true).OK()
}

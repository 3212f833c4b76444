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

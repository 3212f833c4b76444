package booking_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/internal/mocktest"
)

func TestPrebookings_AtOnceOnOneUsage_BookOne(t *testing.T) {
	t.Parallel()
	_, c := mocktest.Start(t)
	pass := c.Pass(1)
	tokens := make([]string, 64)
	for i := range tokens {
		tokens[i] = c.Place("", "N00001", mocktest.Thursday, 1) // held by nobody, so that 64 stand side by side
		if i >= 59 {
			tokens[i] = c.Place("", "N00001", "2025-09-04T11:00", 1)
		}
	}
	answers := mocktest.Parallel(64, func(i int) mocktest.Answer { return c.Book(pass, tokens[i]) })
	booked := 0
	for _, a := range answers {
		if a.Status == 200 {
			booked++
			assert.Equal(t, "DP00000000000002", a.OK()["orderId"], "no refused one has burnt an id")
		} else {
			a.Refused("EPASS_USAGES_EXHAUSTED")
		}
	}
	assert.Equal(t, 1, booked)
	assert.Equal(t, [2]float64{0, 1}, c.Usages(pass))
	assert.Equal(t, 1.0, mocktest.Dig(c.Post("/orders/ePasses", obj{"ePassId": pass}).OK(), "pagination", "totalNumber"))
}

func TestPrebookings_AtOnceInOneSlot_BookWhatFits(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	const n = 32
	passes, tokens := make([]string, n), make([]string, n)
	for i := range n {
		passes[i] = c.Pass(1)
		tokens[i] = c.Place("", "N00001", mocktest.Thursday, 1)
	}
	mocktest.FillSlot(t, srv.World(), "N00001", mocktest.Thursday, 5)
	booked := 0
	for _, a := range mocktest.Parallel(n, func(i int) mocktest.Answer { return c.Book(passes[i], tokens[i]) }) {
		if a.Status == 200 {
			booked++
		} else {
			a.Refused("SLOT_UNAVAILABLE")
		}
	}
	assert.Equal(t, 5, booked)
}

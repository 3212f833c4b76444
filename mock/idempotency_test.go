package mock_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestIdempotency(t *testing.T) {
	srv, c := start(t)
	pass := ePassID(c.issue(3))
	token := c.place(pass, "N00001", "2025-09-04T10:30", 1)
	mine := c.with("X-Request-ID", "booking-1")
	first := mine.book(pass, token)
	first.ok()
	again := mine.call("POST", "/api/v1/orders/lounges/ePasses/prebooking",
		`{"extra":{"prebookingRequiredInfo":{"lastName":"Lovelace","firstName":"Ada","email":"ada@example.com","transportNumber":"EK001",
		"callingCode":"44","phoneNumber":"8081966002"},"prebookingToken":"`+token+`"}, "ePassId": "`+pass+`", "module": 1}`)
	assert.Equal(t, string(first.Raw), string(again.Raw), "the same JSON in other words, under another base")
	assert.Equal(t, [2]float64{2, 1}, c.usages(pass))

	mine.book(pass, "another").refused("REQUEST_ID_REUSED")
	mine.issue2(t).refused("REQUEST_ID_REUSED")
	mine.post("/orders/ePasses/search", obj{"ePassId": pass}).ok() // a search is not idempotent: one id for a whole flow
	mine.place(pass, "N00001", "2025-09-04T11:00", 1)

	// The stored answer is the one of then, whatever happened since.
	c.call("PATCH", "/orders", obj{"status": 3, "orderId": first.ok()["orderId"]}).ok()
	assert.Equal(t, string(first.Raw), string(mine.book(pass, token).Raw))

	refusals := c.with("X-Request-ID", "booking-2")
	refusals.book(pass, "nonsense").refused("PREBOOKING_TOKEN_INVALID")
	refusals.book(pass, c.place(pass, "N00001", "2025-09-04T11:30", 1)).ok() // a refusal is not stored

	_, err := srv.World().Advance(24*time.Hour - time.Second)
	require.NoError(t, err)
	assert.Equal(t, string(first.Raw), string(mine.book(pass, token).Raw))
	_, err = srv.World().Advance(time.Second)
	require.NoError(t, err)
	mine.book(pass, token).refused("PREBOOKING_TOKEN_USED")
}

// issue2 issues some pass and answers whatever came.
func (c *client) issue2(t *testing.T) answer {
	t.Helper()
	return c.post("/orders/lounges/ePasses", obj{"module": 1, "clientUserId": "u-3", "extra": obj{
		"firstName": "A", "lastName": "B", "expirationDate": "2030-12-31T23:59:59+00:00", "availableUsages": 1,
	}})
}

// parallel runs n calls at once and answers what came.
func parallel(n int, call func(i int) answer) []answer {
	answers := make([]answer, n)
	var ready, done sync.WaitGroup
	gate := make(chan struct{})
	for i := range n {
		ready.Add(1)
		done.Go(func() {
			ready.Done()
			<-gate
			answers[i] = call(i)
		})
	}
	ready.Wait()
	close(gate)
	done.Wait()
	return answers
}

func TestOneRequestIDFromSixteenCallersIsOneOrder(t *testing.T) {
	_, c := start(t)
	pass := ePassID(c.issue(10))
	token := c.place(pass, "N00001", "2025-09-04T10:30", 1)
	mine := c.with("X-Request-ID", "once")
	answers := parallel(16, func(int) answer { return mine.book(pass, token) })
	for _, a := range answers {
		a.ok()
		assert.Equal(t, string(answers[0].Raw), string(a.Raw))
	}
	assert.Equal(t, [2]float64{9, 1}, c.usages(pass))
	assert.Equal(t, 1.0, dig(c.post("/orders/ePasses", obj{"ePassId": pass}).ok(), "pagination", "totalNumber"))
}

func TestSixtyFourPrebookingsOnOneUsage(t *testing.T) {
	_, c := start(t)
	pass := ePassID(c.issue(1))
	tokens := make([]string, 64)
	for i := range tokens {
		tokens[i] = c.place("", "N00001", "2025-09-04T10:30", 1) // held by nobody, so that 64 stand side by side
		if i >= 59 {
			tokens[i] = c.place("", "N00001", "2025-09-04T11:00", 1)
		}
	}
	answers := parallel(64, func(i int) answer { return c.book(pass, tokens[i]) })
	booked := 0
	for _, a := range answers {
		if a.Status == 200 {
			booked++
			assert.Equal(t, "DP00000000000002", a.ok()["orderId"], "no refused one has burnt an id")
		} else {
			a.refused("EPASS_USAGES_EXHAUSTED")
		}
	}
	assert.Equal(t, 1, booked)
	assert.Equal(t, [2]float64{0, 1}, c.usages(pass))
	assert.Equal(t, 1.0, dig(c.post("/orders/ePasses", obj{"ePassId": pass}).ok(), "pagination", "totalNumber"))
}

func TestOneSlotForManyPasses(t *testing.T) {
	srv, c := start(t)
	const n = 32
	passes, tokens := make([]string, n), make([]string, n)
	for i := range n {
		passes[i] = ePassID(c.issue(1))
		tokens[i] = c.place("", "N00001", "2025-09-04T10:30", 1)
	}
	_, err := srv.World().FillSlot("N00001", "2025-09-04T10:30", 5)
	require.NoError(t, err)
	booked := 0
	for _, a := range parallel(n, func(i int) answer { return c.book(passes[i], tokens[i]) }) {
		if a.Status == 200 {
			booked++
		} else {
			a.refused("SLOT_UNAVAILABLE")
		}
	}
	assert.Equal(t, 5, booked)
}

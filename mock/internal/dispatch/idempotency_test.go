package dispatch_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/mocktest"
)

func TestRequestID_Repeated_GetsTheStoredAnswer(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	pass := c.Pass(3)
	token := c.Place(pass, "N00001", mocktest.Thursday, 1)
	mine := c.With("X-Request-ID", "booking-1")
	first := mine.Book(pass, token)
	first.OK()
	again := mine.Call("POST", "/api/v1/orders/lounges/ePasses/prebooking",
		`{"extra":{"prebookingRequiredInfo":{"lastName":"Lovelace","firstName":"Ada","email":"ada@example.com","transportNumber":"EK001",
		"callingCode":"44","phoneNumber":"8081966002"},"prebookingToken":"`+token+`"}, "ePassId": "`+pass+`", "module": 1}`)
	assert.Equal(t, string(first.Raw), string(again.Raw), "the same JSON in other words, under another base")
	assert.Equal(t, [2]float64{2, 1}, c.Usages(pass))

	mine.Book(pass, "another").Refused("REQUEST_ID_REUSED")
	mine.TryIssue(dragonpass.Lounge, 1, obj{"clientUserId": "u-3"}).Refused("REQUEST_ID_REUSED")
	mine.Post("/orders/ePasses/search", obj{"ePassId": pass}).OK() // a search is not idempotent: one id for a whole flow
	mine.Place(pass, "N00001", "2025-09-04T11:00", 1)

	// The stored answer is the one of then, whatever happened since.
	c.Cancel(first.OK()["orderId"]).OK()
	assert.Equal(t, string(first.Raw), string(mine.Book(pass, token).Raw))

	refusals := c.With("X-Request-ID", "booking-2")
	refusals.Book(pass, "nonsense").Refused("PREBOOKING_TOKEN_INVALID")
	refusals.Book(pass, c.Place(pass, "N00001", "2025-09-04T11:30", 1)).OK() // a refusal is not stored

	mocktest.Advance(t, srv.World(), 24*time.Hour-time.Second)
	assert.Equal(t, string(first.Raw), string(mine.Book(pass, token).Raw))
	mocktest.Advance(t, srv.World(), time.Second)
	mine.Book(pass, token).Refused("PREBOOKING_TOKEN_USED")
}

func TestRequestID_FromSixteenCallers_IsOneOrder(t *testing.T) {
	t.Parallel()
	_, c := mocktest.Start(t)
	pass := c.Pass(10)
	token := c.Place(pass, "N00001", mocktest.Thursday, 1)
	mine := c.With("X-Request-ID", "once")
	answers := mocktest.Parallel(16, func(int) mocktest.Answer { return mine.Book(pass, token) })
	for _, a := range answers {
		a.OK()
		assert.Equal(t, string(answers[0].Raw), string(a.Raw))
	}
	assert.Equal(t, [2]float64{9, 1}, c.Usages(pass))
	assert.Equal(t, 1.0, mocktest.Dig(c.Post("/orders/ePasses", obj{"ePassId": pass}).OK(), "pagination", "totalNumber"))
}

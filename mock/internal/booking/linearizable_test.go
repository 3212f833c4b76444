package booking_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

// The slot of all histories; the clock stands where its orders can be cancelled and their vouchers used.
const (
	contestedVenue = "N99912"
	contestedDate  = "2025-09-01T08:30"

	rounds, callers = 10, 8
)

// history is one history in the making.
type history struct {
	handler http.Handler
	w       *mock.World
	token   string
	pipe    *http.Client
	clock   atomic.Int64 // orders what happens: a call that ended before another began has the smaller number
	rng     *rand.Rand

	mu       sync.Mutex
	promises map[string]int // tokens, in the order in which they came

	// What callers know at the beginning of a round.
	passes, tokens, orders, vouchers int
	known                            []outcome   // orders, as they were made
	holders                          map[int]int // tokens' passes
	operations                       []porcupine.Operation
}

// TestHistories_OfConcurrentCallers_AreLinearizable runs callers that fight for one slot and a few passes, every way in:
// what each is told must be what it would be told if calls came one after the other.
func TestHistories_OfConcurrentCallers_AreLinearizable(t *testing.T) {
	t.Parallel()
	seeds := 30
	if testing.Short() {
		seeds = 5
	}
	srv, err := mock.New(mock.WithClock(mocktest.Monday), mock.WithContract(true))
	require.NoError(t, err)
	t.Cleanup(srv.Close)
	for seed := range seeds {
		w := mocktest.NewWorld(t, srv, mock.WithClock(mocktest.Monday))
		mocktest.PatchResource(t, w, contestedVenue, `{"capacity":6,"prebookingPolicy":{"cancellationPolicy":{"cancellationHoursBefore":0}}}`)
		c := &history{
			handler: srv.Handler(), w: w, token: w.Token(), pipe: w.Client(), promises: map[string]int{}, holders: map[int]int{},
			rng: rand.New(rand.NewPCG(uint64(seed), 1)),
		}
		c.round(t, []action{{what: doIssue, persons: 4}, {what: doIssue, persons: 3}})
		for range rounds {
			c.round(t, c.draw())
		}
		result := porcupine.CheckOperationsTimeout(ledgerModel(), c.operations, 10*time.Second)
		require.Equal(t, porcupine.Ok, result, "seed %d: the history is %s:\n%s", seed, result, c.story())
		w.Close()
	}
}

// TestModel_OfImpossibleHistories_RefusesThem doctors histories that cannot be.
func TestModel_OfImpossibleHistories_RefusesThem(t *testing.T) {
	t.Parallel()
	type step struct {
		action
		outcome
	}
	begin := []step{
		{action{what: doIssue, persons: 1}, outcome{pass: 1, order: 1}},
		{action{what: doAsk, persons: 1}, outcome{token: 1}}, {action{what: doAsk, persons: 1}, outcome{token: 2}},
		{action{what: doBook, pass: 1, token: 1}, outcome{order: 2, voucher: 1}},
	}
	for name, last := range map[string]step{
		"one usage spent twice":  {action{what: doBook, pass: 1, token: 2}, outcome{order: 3, voucher: 2}},
		"one token spent twice":  {action{what: doBook, pass: 1, token: 1}, outcome{order: 3, voucher: 2}},
		"an id burnt":            {action{what: doIssue, persons: 1}, outcome{pass: 2, order: 4}},
		"a stale look":           {action{what: doLook, pass: 1}, outcome{left: 1}},
		"a refusal for nothing":  {action{what: doCancel, order: 2}, outcome{refusal: "ORDER_ALREADY_USED"}},
		"a token given twice":    {action{what: doAsk, persons: 1}, outcome{token: 2}},
		"a place where is none":  {action{what: doAsk, persons: 6}, outcome{token: 3}},
		"no place where is some": {action{what: doAsk, persons: 5}, outcome{}},
	} {
		var history []porcupine.Operation
		for i, s := range append(begin[:len(begin):len(begin)], last) {
			history = append(history, porcupine.Operation{Input: s.action, Output: s.outcome, Call: int64(2 * i), Return: int64(2*i + 1)})
		}
		assert.True(t, porcupine.CheckOperations(ledgerModel(), history[:len(begin)]))
		assert.False(t, porcupine.CheckOperations(ledgerModel(), history), name)
	}
}

// draw makes what callers do at once.
func (c *history) draw() []action {
	var list []action
	upTo := func(n int) int { return 1 + c.rng.IntN(n) }
	for len(list) < callers {
		a := action{via: c.rng.IntN(4), persons: upTo(2)}
		switch a.what = [...]int{doAsk, doAsk, doBook, doBook, doBook, doBook, doCancel, doCancel, doRedeem, doReverse, doWalkIn, doFill, doLook, doCheck, doIssue}[c.rng.IntN(15)]; a.what {
		case doAsk:
			a.pass = c.rng.IntN(c.passes + 1) // 0: for nobody
		case doBook:
			if a.token = newest(c.rng, c.tokens); a.token == 0 {
				continue
			}
			a.persons = 0
			if a.pass = c.holders[a.token]; a.pass == 0 || c.rng.IntN(4) == 0 {
				a.pass = upTo(c.passes)
			}
		case doCancel, doReverse, doCheck:
			a.order, a.persons = newest(c.rng, c.orders), 0
			if issued := c.known[a.order-1].pass > 0; issued && (a.what != doCancel || c.rng.IntN(8) > 0) {
				continue // an order that issued a pass is no use of it, and a pass that is cancelled ends the competition
			}
		case doRedeem:
			if a.voucher = newest(c.rng, c.vouchers); a.voucher == 0 {
				continue
			}
			a.persons = 1
		case doWalkIn, doLook:
			a.pass = upTo(c.passes)
		case doIssue:
			if c.passes == 4 {
				continue // more would not meet
			}
		}
		list = append(list, a)
	}
	return list
}

// newest draws one of the six newest of n, so that callers meet; 0 when there is none.
func newest(rng *rand.Rand, n int) int {
	if n == 0 {
		return 0
	}
	return n - rng.IntN(min(n, 6))
}

// round does actions at once, and writes down what came.
func (c *history) round(t *testing.T, actions []action) {
	done := make([]porcupine.Operation, len(actions))
	failed := make([]error, len(actions))
	gate := make(chan struct{})
	var group sync.WaitGroup
	for i, a := range actions {
		group.Go(func() {
			<-gate
			called := c.clock.Add(1)
			came, err := c.act(a)
			done[i], failed[i] = porcupine.Operation{ClientId: i, Input: a, Output: came, Call: called, Return: c.clock.Add(1)}, err
		})
	}
	close(gate)
	group.Wait()
	c.operations = append(c.operations, done...)
	require.NoError(t, errors.Join(failed...), "%s", c.story())
	for _, op := range done {
		a, came := op.Input.(action), op.Output.(outcome)
		if came.token > 0 {
			c.holders[came.token] = a.pass
		}
		if came.order > 0 && a.what != doRedeem {
			for len(c.known) < came.order {
				c.known = append(c.known, outcome{})
			}
			c.known[came.order-1] = came
			c.orders = max(c.orders, came.order)
		}
		c.passes, c.vouchers, c.tokens = max(c.passes, came.pass), max(c.vouchers, came.voucher), max(c.tokens, came.token)
	}
}

// story writes the history down.
func (c *history) story() string {
	var b strings.Builder
	for _, op := range c.operations {
		fmt.Fprintf(&b, "%4d-%-4d %+v -> %+v\n", op.Call, op.Return, op.Input, op.Output)
	}
	return b.String()
}

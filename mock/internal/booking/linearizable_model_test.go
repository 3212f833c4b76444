package booking_test

import (
	"hash/maphash"

	"github.com/anishathalye/porcupine"

	"dragonmock/mock/dragonpass"
)

// The sequential model that concurrent histories are held against: it knows the rules of one slot and its passes, and
// nothing of locks. It is written anew rather than taken from the platform, so that a rule that is wrong shows too.

// The bounds of one history. A ledger is a value of fixed size, so that states can be compared and copied.
const (
	maxPasses, maxPromises, maxOrders = 16, 64, 96

	firstCapacity = 6 // of the slot
)

// What is done in a history.
const (
	doIssue = iota
	doAsk
	doBook
	doCancel
	doRedeem
	doReverse
	doWalkIn
	doFill
	doLook  // at a pass
	doCheck // an order
)

// action is one call; members that its kind does not speak of are 0. Passes, tokens, orders and vouchers count from 1.
type action struct {
	what                        int
	pass, token, order, voucher int
	persons                     int // of a party, of a new pass, or free places
	via                         int // which way it goes; nothing to the model
}

// outcome is what came of a call.
type outcome struct {
	refusal                     string
	pass, token, order, voucher int
	left, used                  int
	status                      dragonpass.OrderStatus
}

// ledger is the state of the model.
type ledger struct {
	passCount, orderCount, voucherCount int

	left     int // places that no order has taken
	passes   [maxPasses]passRow
	promises [maxPromises]promiseRow
	orders   [maxOrders]orderRow
}

type passRow struct {
	granted, used int
	held          int // the token whose places it holds
	cancelled     bool
}

type promiseRow struct {
	persons, pass   int // pass 0: anybody's
	reserved, apart bool
	used            bool
}

type orderRow struct {
	pass, persons, voucher int
	issue, walkIn          bool
	status                 dragonpass.OrderStatus
}

// free is how many persons can still reserve or book.
func (l *ledger) free() int {
	free := l.left
	for _, p := range l.promises {
		if p.reserved && !p.apart {
			free -= p.persons
		}
	}
	return max(free, 0)
}

// place adds an order.
func (l *ledger) place(o orderRow) (number int) {
	l.orderCount++
	l.orders[l.orderCount-1] = o
	return l.orderCount
}

// good says why a pass is not good for so many persons.
func (p passRow) good(persons int) string {
	switch {
	case p.cancelled:
		return "EPASS_CANCELLED"
	case persons > p.granted-p.used:
		return "EPASS_USAGES_EXHAUSTED"
	}
	return ""
}

// do does one action. Which name a new token has is not the model's to say, so it takes the one that came.
func (l *ledger) do(a action, came outcome) outcome {
	switch a.what {
	case doIssue:
		l.passCount++
		l.passes[l.passCount-1] = passRow{granted: a.persons}
		return outcome{pass: l.passCount, order: l.place(orderRow{pass: l.passCount, issue: true, status: dragonpass.Confirmed})}
	case doAsk:
		return l.ask(a, came.token)
	case doBook:
		return l.book(a)
	case doCancel:
		return l.cancel(&l.orders[a.order-1])
	case doRedeem:
		return l.redeem(a)
	case doReverse:
		return l.reverse(&l.orders[a.order-1])
	case doWalkIn:
		pass := &l.passes[a.pass-1]
		if refusal := pass.good(a.persons); refusal != "" {
			return outcome{refusal: refusal}
		}
		pass.used += a.persons
		return outcome{order: l.place(orderRow{pass: a.pass, persons: a.persons, walkIn: true, status: dragonpass.Used})}
	case doFill:
		l.left = a.persons
		for i := range l.promises {
			l.promises[i].apart = l.promises[i].reserved
		}
		return outcome{left: a.persons}
	case doLook:
		pass := l.passes[a.pass-1]
		return outcome{left: pass.granted - pass.used, used: pass.used}
	default:
		return outcome{status: l.orders[a.order-1].status}
	}
}

func (l *ledger) ask(a action, token int) outcome {
	free, held := l.free(), 0
	if a.pass > 0 {
		if refusal := l.passes[a.pass-1].good(a.persons); refusal != "" {
			return outcome{refusal: refusal}
		}
		if held = l.passes[a.pass-1].held; held > 0 && !l.promises[held-1].apart {
			free += l.promises[held-1].persons
		}
	}
	if free < a.persons {
		return outcome{}
	}
	if token == 0 || l.promises[token-1].persons > 0 {
		return outcome{token: -1} // a token that is not new is none
	}
	if held > 0 {
		l.promises[held-1].reserved, l.promises[held-1].apart = false, false
	}
	l.promises[token-1] = promiseRow{persons: a.persons, pass: a.pass, reserved: a.pass > 0}
	if a.pass > 0 {
		l.passes[a.pass-1].held = token
	}
	return outcome{token: token}
}

func (l *ledger) book(a action) outcome {
	token, pass := &l.promises[a.token-1], &l.passes[a.pass-1]
	switch {
	case token.used:
		return outcome{refusal: "PREBOOKING_TOKEN_USED"}
	case token.pass != 0 && token.pass != a.pass:
		return outcome{refusal: "PREBOOKING_TOKEN_MISMATCH"}
	case pass.good(token.persons) != "":
		return outcome{refusal: pass.good(token.persons)}
	case !token.reserved && l.free() < token.persons:
		return outcome{refusal: "SLOT_UNAVAILABLE"}
	}
	if !token.apart {
		l.left -= token.persons
	}
	if token.reserved {
		pass.held = 0
	}
	token.used, token.reserved, token.apart = true, false, false
	pass.used += token.persons
	l.voucherCount++
	order := l.place(orderRow{pass: a.pass, persons: token.persons, voucher: l.voucherCount, status: dragonpass.Confirmed})
	return outcome{order: order, voucher: l.voucherCount}
}

func (l *ledger) cancel(o *orderRow) outcome {
	pass := &l.passes[o.pass-1]
	switch {
	case o.status == dragonpass.Cancelled:
		return outcome{refusal: "ORDER_ALREADY_CANCELLED"}
	case o.issue && pass.used > 0:
		return outcome{refusal: "EPASS_IN_USE"}
	case o.issue:
		pass.cancelled = true
	case o.walkIn:
		return outcome{refusal: "ORDER_NOT_CANCELLABLE"}
	case o.status == dragonpass.Used:
		return outcome{refusal: "ORDER_ALREADY_USED"}
	default:
		l.giveBack(o)
	}
	o.status = dragonpass.Cancelled
	return outcome{status: o.status}
}

func (l *ledger) giveBack(o *orderRow) {
	l.passes[o.pass-1].used -= o.persons
	if !o.walkIn {
		l.left += o.persons
	}
}

func (l *ledger) redeem(a action) outcome {
	for i := range l.orders {
		if o := &l.orders[i]; o.voucher == a.voucher {
			switch o.status {
			case dragonpass.Cancelled:
				return outcome{refusal: "VOUCHER_INVALID"}
			case dragonpass.Used:
				return outcome{refusal: "ORDER_ALREADY_USED"}
			}
			o.status = dragonpass.Used
			return outcome{order: i + 1}
		}
	}
	return outcome{refusal: "VOUCHER_INVALID"}
}

func (l *ledger) reverse(o *orderRow) outcome {
	switch o.status {
	case dragonpass.Cancelled:
		return outcome{refusal: "ORDER_ALREADY_CANCELLED"}
	case dragonpass.Used:
		o.status = dragonpass.Cancelled
		l.giveBack(o)
		return outcome{status: o.status}
	}
	return outcome{refusal: "ORDER_NOT_CANCELLABLE"}
}

// ledgerModel is the model as the checker takes it.
func ledgerModel() porcupine.Model {
	seed := maphash.MakeSeed()
	return porcupine.Model{
		Init: func() any { return ledger{left: firstCapacity} },
		Step: func(state, input, output any) (bool, any) {
			l, came := state.(ledger), output.(outcome)
			return l.do(input.(action), came) == came, l
		},
		Equal: func(a, b any) bool { return a.(ledger) == b.(ledger) },
		Hash:  func(state any) uint64 { return maphash.Comparable(seed, state.(ledger)) },
	}
}

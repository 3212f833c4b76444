package platform

import (
	"time"

	"dragonmock/mock/dragonpass"
)

// state is all that a world remembers. Copies of the value share their rows; one to keep is made with copied.
type state struct {
	clock    Clock
	counters counters

	ePasses   table[dragonpass.EPass]           // by ePassId
	issues    table[string]                     // issue order id -> ePassId
	users     table[dragonpass.ClientUser]      // by clientUserId
	orders    table[dragonpass.Order]           // usage orders by order id
	usage     table[usageRow]                   // holder and age -> order; what lists read
	vouchers  table[string]                     // voucher -> order id
	tokens    table[dragonpass.PrebookingToken] // by token
	tokenAges table[string]                     // age -> token
	holds     table[string]                     // holder -> the token of its reservation
	slots     table[dragonpass.Slot]            // resource and date -> what is left
	resources table[dragonpass.Resource]        // those that differ from the catalogue
	answers   table[storedAnswer]               // by request id
	answerAge table[string]                     // age -> request id
	due       table[due]                        // time, kind and id -> what happens then
}

func newState(clock Clock) state {
	return state{
		clock:   clock,
		ePasses: table[dragonpass.EPass]{name: "ePasses"}, issues: table[string]{name: "issues"},
		users: table[dragonpass.ClientUser]{name: "users"}, orders: table[dragonpass.Order]{name: "orders"},
		usage: table[usageRow]{name: "usage"}, vouchers: table[string]{name: "vouchers"},
		tokens: table[dragonpass.PrebookingToken]{name: "tokens"}, tokenAges: table[string]{name: "tokenAges"},
		holds: table[string]{name: "holds"}, slots: table[dragonpass.Slot]{name: "slots"},
		resources: table[dragonpass.Resource]{name: "resources"}, answers: table[storedAnswer]{name: "answers"},
		answerAge: table[string]{name: "answerAge"}, due: table[due]{name: "due"},
	}
}

// copied is a state of its own. It costs next to nothing, see [table].
func (s state) copied() state {
	s.ePasses, s.issues, s.users, s.orders, s.usage = s.ePasses.copied(), s.issues.copied(), s.users.copied(), s.orders.copied(), s.usage.copied()
	s.vouchers, s.tokens, s.tokenAges, s.holds = s.vouchers.copied(), s.tokens.copied(), s.tokenAges.copied(), s.holds.copied()
	s.slots, s.resources, s.answers, s.answerAge, s.due = s.slots.copied(), s.resources.copied(), s.answers.copied(), s.answerAge.copied(), s.due.copied()
	return s
}

// WriteSet is all that one commit changed, as a value. Applying it to the state before gives the state after.
type WriteSet struct {
	Number    uint64 // commits of this world are numbered from 1
	At        time.Time
	Operation string
	Clock     Clock
	Changes   []Change // in the order in which they were made
	counters  counters
}

// Change is one row of one table: its new value, or nil when the row is gone.
type Change struct {
	Table, Key string
	Value      any
}

// usageRow is an order in the list of its holder, with what lists filter by.
type usageRow struct {
	OrderID string
	Status  dragonpass.OrderStatus
	Module  dragonpass.Module
}

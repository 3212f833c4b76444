package platform

import (
	"time"

	"dragonmock/mock/dragonpass"
)

// state is all that a world remembers. Copies of the value share their rows; one to keep is made with copied.
type state struct {
	clock    Clock
	counters counters

	ePasses         table[dragonpass.EPass]           // by ePassId
	issues          table[string]                     // issue order id -> ePassId
	users           table[dragonpass.ClientUser]      // by clientUserId
	memberships     table[dragonpass.Membership]      // by membershipId
	userMemberships table[string]                     // clientUserId and age -> membershipId
	qrCodes         table[dragonpass.QRCode]          // dynamic strings
	qrCodeAges      table[string]                     // age -> dynamic string
	orders          table[dragonpass.Order]           // usage orders by order id
	usage           table[usageRow]                   // holder and age -> order; what lists read
	vouchers        table[string]                     // voucher -> order id
	tokens          table[dragonpass.PrebookingToken] // by token
	tokenAges       table[string]                     // age -> token
	holds           table[string]                     // holder -> the token of its reservation
	slots           table[dragonpass.Slot]            // resource and date -> what is left
	resources       table[dragonpass.Resource]        // those that differ from the catalogue
	updates         table[ResourceUpdate]             // when they changed
	answers         table[storedAnswer]               // by request id
	answerAge       table[string]                     // age -> request id
	events          table[Event]                      // callbacks by age
	outbox          table[string]                     // those to be delivered now
	due             table[due]                        // time, kind and id -> what happens then
}

func newState(clock Clock, seed uint64) state {
	return state{
		clock: clock, counters: counters{Seed: seed},
		ePasses: table[dragonpass.EPass]{name: "ePasses"}, issues: table[string]{name: "issues"},
		users: table[dragonpass.ClientUser]{name: "users"}, orders: table[dragonpass.Order]{name: "orders"},
		memberships: table[dragonpass.Membership]{name: "memberships"}, userMemberships: table[string]{name: "userMemberships"},
		qrCodes: table[dragonpass.QRCode]{name: "qrCodes"}, qrCodeAges: table[string]{name: "qrCodeAges"},
		updates: table[ResourceUpdate]{name: "updates"}, usage: table[usageRow]{name: "usage"}, vouchers: table[string]{name: "vouchers"},
		tokens: table[dragonpass.PrebookingToken]{name: "tokens"}, tokenAges: table[string]{name: "tokenAges"},
		holds: table[string]{name: "holds"}, slots: table[dragonpass.Slot]{name: "slots"},
		resources: table[dragonpass.Resource]{name: "resources"}, answers: table[storedAnswer]{name: "answers"},
		answerAge: table[string]{name: "answerAge"}, due: table[due]{name: "due"},
		events: table[Event]{name: "events"}, outbox: table[string]{name: "outbox"},
	}
}

// tables lists every table of the state.
func (s *state) tables() []anyTable {
	return []anyTable{
		&s.ePasses, &s.issues, &s.users, &s.memberships, &s.userMemberships, &s.qrCodes, &s.qrCodeAges, &s.orders, &s.usage, &s.vouchers,
		&s.tokens, &s.tokenAges, &s.holds, &s.slots, &s.resources, &s.updates, &s.answers, &s.answerAge, &s.events, &s.outbox, &s.due,
	}
}

// copied is a state of its own. It costs next to nothing, see [table].
func (s state) copied() state {
	for _, t := range s.tables() {
		t.detach()
	}
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

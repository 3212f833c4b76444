package platform

import (
	"time"

	"dragonmock/mock/dragonpass"
)

// state is all that a world remembers. Copying the value copies nothing of what it holds.
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

func newState(clock Clock) state {
	return state{
		clock:   clock,
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

// shared marks every table as not the transaction's own any more.
func (s state) shared() state {
	s.ePasses.own, s.issues.own, s.users.own, s.orders.own, s.usage.own = false, false, false, false, false
	s.vouchers.own, s.tokens.own, s.tokenAges.own, s.holds.own, s.slots.own = false, false, false, false, false
	s.memberships.own, s.userMemberships.own, s.qrCodes.own, s.qrCodeAges.own, s.updates.own = false, false, false, false, false
	s.events.own, s.outbox.own = false, false
	s.resources.own, s.answers.own, s.answerAge.own, s.due.own = false, false, false, false
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

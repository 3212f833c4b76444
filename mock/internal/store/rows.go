package store

import (
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/news"
	"dragonmock/mock/dragonpass/option"
	"dragonmock/mock/dragonpass/user"
	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/packed"
)

// Rows are all tables of a world: the register. A new table is one line, with the name that snapshots and write-sets
// call it by; "later" has one that is empty left out on paper, as in those that were written before it was there. [State]
// reads the register by reflection, so nothing else has to know of a new table.
type Rows struct {
	EPasses         Table[dragonpass.EPass]           `table:"ePasses"`            // by ePassId
	Issues          Table[string]                     `table:"issues"`             // issue order id -> ePassId
	Users           Table[user.User]                  `table:"users"`              // by clientUserId
	Memberships     Table[dragonpass.Membership]      `table:"memberships"`        // by membershipId
	UserMemberships Table[string]                     `table:"userMemberships"`    // clientUserId and age -> membershipId
	QRCodes         Table[dragonpass.QRCode]          `table:"qrCodes"`            // dynamic strings
	QRCodeAges      Table[string]                     `table:"qrCodeAges"`         // age -> dynamic string
	Orders          Table[packed.Order]               `table:"orders"`             // usage orders by order id; see [Rows.Order]
	Usage           Table[UsageRow]                   `table:"usage"`              // holder and age -> order; what lists read
	Vouchers        Table[string]                     `table:"vouchers"`           // voucher -> order id
	Transactions    Table[string]                     `table:"transactions,later"` // of simulated redemptions: transaction id -> order id
	Options         Table[option.Bought]              `table:"options,later"`      // what was bought of an option, by order id
	ESIMs           Table[string]                     `table:"esims,later"`        // ICCID and age -> order
	Tokens          Table[dragonpass.PrebookingToken] `table:"tokens"`             // by token
	TokenAges       Table[string]                     `table:"tokenAges"`          // age -> token
	Holds           Table[string]                     `table:"holds"`              // holder -> the token of its reservation
	Slots           Table[dragonpass.Slot]            `table:"slots"`              // resource and date -> what is left
	Resources       Table[dragonpass.Resource]        `table:"resources"`          // those that differ from the catalogue
	Updates         Table[ResourceUpdate]             `table:"updates"`            // when they changed
	Answers         Table[Answer]                     `table:"answers"`            // by request id
	AnswerAges      Table[string]                     `table:"answerAge"`          // age -> request id
	Events          Table[Event]                      `table:"events"`             // callbacks by age
	Outbox          Table[string]                     `table:"outbox"`             // those to be delivered now
	Retries         Table[string]                     `table:"retries"`            // time and event id -> an event to be delivered again
	Due             Table[Due]                        `table:"due"`                // time, kind and id -> what happens then
	KeySets         Table[KeySets]                    `table:"keySets,later"`      // by event; those that were never changed have none
	Faults          Table[fault.Armed]                `table:"faults"`             // fault rules by age, with their counters
}

// Order returns the order of an id.
func (r *Rows) Order(id string) (dragonpass.Order, bool) {
	o, ok := r.Orders.Get(id)
	return o.Order(), ok
}

// Remembered is about how many bytes those rows take that are forgotten when there are too many.
func (r *Rows) Remembered() int {
	return r.Tokens.Size() + r.TokenAges.Size() + r.QRCodes.Size() + r.QRCodeAges.Size() + r.Answers.Size() + r.AnswerAges.Size() + r.Events.Size()
}

// UsageRow is an order in the list of its holder, with what lists filter by.
type UsageRow struct {
	OrderID string
	Status  dragonpass.OrderStatus
	Module  dragonpass.Module
}

// ResourceUpdate is when a resource last changed.
type ResourceUpdate struct {
	ResourceID string
	Module     dragonpass.Module
	UpdatedAt  time.Time
}

// Answer is what a request id was answered with.
type Answer struct {
	Operation   string // with its version
	Fingerprint [32]byte
	Body        []byte
	At          time.Time
	Age         uint64
}

// Due is something that happens at a time of its own.
type Due struct {
	At   time.Time // whole seconds
	What string    // its kind, as handlers are registered
	ID   string    // what it is about: a token, an order, a pass, a membership or an event
}

// EventState is how far a callback has come.
type EventState string

// The states of a callback.
const (
	EventRecorded  EventState = "recorded"  // the world has no callback URL: nobody is told
	EventPending   EventState = "pending"   // it is to be delivered now
	EventWaiting   EventState = "waiting"   // it failed, and is tried again later
	EventDelivered EventState = "delivered" // it was acknowledged
	EventFailed    EventState = "failed"    // no attempt was acknowledged
)

// Event is one callback of a world, and its delivery log. It is there whether or not there is anybody to tell.
type Event struct {
	ID       string // by age, sorts
	At       time.Time
	Notice   news.Notice
	News     news.Event // what v2 is told; without a kind: it is a callback of v1
	State    EventState
	Attempts []Attempt // the latest, see [MaxAttempts]
	Tries    int       // attempts since it was made or replayed
	RetryAt  time.Time // while waiting
	Sending  bool      // it is on its way: pending, and not in the outbox
	Again    bool      // it was replayed meanwhile
	Late     bool      // a fault rule has postponed it, which happens once
}

// The bounds of a world's callbacks.
const (
	MaxEvents     = 1000    // that it remembers; how many it has forgotten is counted
	MaxAttempts   = 100     // of an event that are remembered
	MaxEventBytes = 8 << 20 // of all events; one more may go beyond it
)

// Attempt is one try to deliver an event.
type Attempt struct {
	At     time.Time // world time
	Status int       // of the answer; 0: there was none
	Error  string    // why it was not acknowledged; empty: it was
	Number int       // which one of its event, from 1
	Order  uint64    // among all of the world
	KeyID  string    // of the key that signed it; empty: nobody did
}

// KeySets are the key sets that sign an event of a world.
type KeySets struct {
	Newest uint64    // from 1
	Until  time.Time // when the one before it ends; zero: it has
}

// MaxKeySets is how many there can be of an event, one after the other.
const MaxKeySets = 1 << 20

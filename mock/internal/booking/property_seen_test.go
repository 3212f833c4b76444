package booking_test

import (
	"encoding/json"

	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
)

// seen is what the machine reads of a snapshot.
type seen struct {
	orders  map[string]seenOrder
	members map[string]seenMember
	held    []seenToken
	slots   map[place]seenSlot
}

type seenOrder struct {
	Module     dragonpass.Module
	Category   dragonpass.Category
	Status     dragonpass.OrderStatus
	Holder     struct{ EPassID, MembershipID string }
	ResourceID string
	Date       string
	Party      seenParty
	Spent      spent
	Vouchers   []struct{ Code string }
}

type seenMember struct {
	Entitlements []struct {
		Module                     dragonpass.Module
		Cardholder, Guests, Shared int
	}
}

type seenToken struct {
	ResourceID string
	Date       string
	Party      seenParty
	Reserved   bool
	Apart      bool
}

type seenSlot struct{ Left, Reserved int }

type seenParty struct{ Adults, Children int }

func (p seenParty) persons() int { return p.Adults + p.Children }

// live says that the usages of an order are taken.
func (o seenOrder) live() bool { return o.Status < dragonpass.Cancelled }

// spent counts visits by kind.
type spent struct{ Cardholder, Guests, Shared int }

func (s spent) total() int { return s.Cardholder + s.Guests + s.Shared }

func (s spent) plus(more spent) spent {
	return spent{s.Cardholder + more.Cardholder, s.Guests + more.Guests, s.Shared + more.Shared}
}

// visitsOf are the visits of a membership to a module.
type visitsOf struct {
	membershipID string
	module       dragonpass.Module
}

// place is one time of a resource.
type place struct{ ResourceID, Date string }

func (m seenMember) left(module dragonpass.Module) spent {
	for _, e := range m.Entitlements {
		if e.Module == module {
			return spent{e.Cardholder, e.Guests, e.Shared}
		}
	}
	return spent{}
}

// inSlots counts those who have a place, by order or reservation, and those of them that the slot holds in reserve.
func (s seen) inSlots() (persons, reserved map[place]int) {
	persons, reserved = map[place]int{}, map[place]int{}
	for _, o := range s.orders {
		if o.live() && o.Category == dragonpass.Prebooking {
			persons[place{o.ResourceID, o.Date}] += o.Party.persons()
		}
	}
	for _, t := range s.held {
		persons[place{t.ResourceID, t.Date}] += t.Party.persons()
		if !t.Apart {
			reserved[place{t.ResourceID, t.Date}] += t.Party.persons()
		}
	}
	return persons, reserved
}

type rows[V any] []struct {
	Key   string
	Value V
}

func readSnapshot(t require.TestingT, data []byte) seen {
	var form struct {
		Tables struct {
			Orders      rows[seenOrder]
			Memberships rows[seenMember]
			Tokens      rows[seenToken]
			Slots       rows[struct {
				place
				seenSlot
			}]
		}
	}
	require.NoError(t, json.Unmarshal(data, &form))
	s := seen{orders: map[string]seenOrder{}, members: map[string]seenMember{}, slots: map[place]seenSlot{}}
	for _, row := range form.Tables.Orders {
		s.orders[row.Key] = row.Value
	}
	for _, row := range form.Tables.Memberships {
		s.members[row.Key] = row.Value
	}
	for _, row := range form.Tables.Slots {
		s.slots[row.Value.place] = row.Value.seenSlot
	}
	for _, row := range form.Tables.Tokens {
		if row.Value.Reserved {
			s.held = append(s.held, row.Value)
		}
	}
	return s
}

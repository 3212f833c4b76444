package booking

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/world"
)

func TestPrebook_Reserved_WritesTokenAndSlotOnce(t *testing.T) {
	p := newTown(t)
	pass := p.issue(3)
	token := p.ask(pass.Holder(), "N00001", date, 2)
	assert.Equal(t, map[string]int{"tokens": 1, "tokenAges": 1, "slots": 1, "holds": 1, "due": 1}, p.lastWrites())
	assert.Equal(t, dragonpass.Slot{ResourceID: "N00001", Date: date, Left: 60, Reserved: 2}, p.slot("N00001", date))

	order := p.book(pass.Holder(), token.Token)
	assert.Equal(t, map[string]int{"tokens": 1, "slots": 1, "holds": 1, "due": 1, "ePasses": 1, "orders": 1, "usage": 1, "vouchers": 1}, p.lastWrites())
	assert.Equal(t, dragonpass.Slot{ResourceID: "N00001", Date: date, Left: 58}, p.slot("N00001", date))
	assert.Equal(t, 2, p.pass(pass.EPassID).Used)
	assert.Equal(t, dragonpass.Confirmed, order.Status)
	assert.Len(t, order.Vouchers, 1)
	assert.Equal(t, "N00001", order.Resource.ResourceID)
	assert.Equal(t, order.Order, p.order(order.OrderID))

	p.refused(dragonpass.PrebookingTokenUsed, func(tx *world.Tx) error { _, err := Prebook(tx, booking(pass.Holder(), token.Token)); return err })
	p.advance(dragonpass.TokenLife + time.Minute)
	assert.Equal(t, dragonpass.Slot{ResourceID: "N00001", Date: date, Left: 58}, p.slot("N00001", date), "the reservation does not end twice")
}

func TestPrebook_Anybody_TakesFreePlaces(t *testing.T) {
	p := newTown(t)
	pass := p.issue(3)
	first, second := p.ask(dragonpass.Holder{}, "N99912", date, 1), p.ask(dragonpass.Holder{}, "N99912", date, 1)
	assert.Equal(t, map[string]int{"tokens": 1, "tokenAges": 1}, p.lastWrites(), "nothing is held")
	p.book(pass.Holder(), first.Token)
	p.refused(dragonpass.SlotUnavailable, func(tx *world.Tx) error { _, err := Prebook(tx, booking(pass.Holder(), second.Token)); return err })
	assert.Equal(t, 0, p.slot("N99912", date).Free())
}

func TestPrebook_UnknownThings(t *testing.T) {
	p := newTown(t)
	pass := p.issue(1)
	token := p.ask(dragonpass.Holder{}, "N00001", date, 1)
	for want, request := range map[dragonpass.Code]dragonpass.PrebookRequest{
		dragonpass.PrebookingTokenInvalid: booking(pass.Holder(), "nonsense"),
		dragonpass.EPassNotFound:          booking(dragonpass.Holder{EPassID: "7"}, token.Token),
		dragonpass.MembershipNotFound:     booking(dragonpass.Holder{MembershipID: "7"}, token.Token),
	} {
		p.refused(want, func(tx *world.Tx) error { _, err := Prebook(tx, request); return err })
	}
}

func TestPrebook_Confirmation(t *testing.T) {
	for _, row := range []struct {
		venue string
		now   dragonpass.OrderStatus
		later dragonpass.OrderStatus // after five minutes
		used  int
	}{
		{"N99910", dragonpass.Confirmed, dragonpass.Confirmed, 2},
		{"N99903", dragonpass.Pending, dragonpass.Confirmed, 2},
		{"N99904", dragonpass.Pending, dragonpass.Pending, 2},
		{"N99905", dragonpass.Pending, dragonpass.Failed, 0},
	} {
		t.Run(row.venue, func(t *testing.T) {
			p := newTown(t)
			pass := p.issue(2)
			order := p.book(pass.Holder(), p.ask(pass.Holder(), row.venue, date, 2).Token)
			free := p.slot(row.venue, date).Free()
			assert.Equal(t, row.now, order.Status)
			p.advance(5*time.Minute - time.Second)
			assert.Equal(t, row.now, p.order(order.OrderID).Status)
			p.advance(time.Second)
			after := p.order(order.OrderID)
			assert.Equal(t, row.later, after.Status)
			assert.Equal(t, row.later == dragonpass.Confirmed, len(after.Vouchers) > 0)
			assert.Equal(t, row.used, p.pass(pass.EPassID).Used)
			assert.Equal(t, free+2-row.used, p.slot(row.venue, date).Free(), "a refund frees the places")
		})
	}
}

func TestIssueAndPrebook_BothOrNeither(t *testing.T) {
	p := newTown(t)
	token := p.ask(dragonpass.Holder{}, "N00001", date, 2)
	bundle := func(tx *world.Tx, usages int) (dragonpass.EPass, Order, error) {
		return IssueAndPrebook(tx, dragonpass.BundleRequest{Issue: issueRequest(usages), Token: token.Token, Passenger: ada})
	}
	p.refused(dragonpass.EPassUsagesExhausted, func(tx *world.Tx) error { _, _, err := bundle(tx, 1); return err })
	assert.Equal(t, 0, read(p, func(tx *world.Tx) int { return tx.EPasses.Len() + tx.Users.Len() }))
	var pass dragonpass.EPass
	var order Order
	assert.NoError(t, p.try(func(tx *world.Tx) (err error) { pass, order, err = bundle(tx, 2); return err }))
	assert.Equal(t, 0, pass.Available(), "as it is after the booking")
	assert.Equal(t, pass.Holder(), order.Holder)
	assert.NotEqual(t, pass.OrderID, order.OrderID)
}

// TestPrebook_LargeParty_NeverOverflows holds what is counted to what can be counted.
func TestPrebook_LargeParty_NeverOverflows(t *testing.T) {
	const most = int(^uint(0) >> 1)
	p := newTown(t)
	pass := p.issue(most)
	for _, party := range []dragonpass.Party{{Adults: most}, {Adults: most, Children: most}, {Adults: 1, Children: most}, {Adults: 1, Children: -most}, {Adults: -most, Children: most}, {Adults: 7}} {
		p.refused(dragonpass.PassengersInvalid, func(tx *world.Tx) error {
			request := asked(pass.Holder(), "N00001", date, 1)
			request.Party = party
			_, err := CheckAvailability(tx, request)
			return err
		})
	}
	p.refused(dragonpass.PassengersInvalid, func(tx *world.Tx) error {
		_, err := WalkIn(tx, pass.Holder(), "N00001", dragonpass.Party{Adults: 1, Children: -1})
		return err
	})
	order := run(p, func(tx *world.Tx) (Order, error) {
		return WalkIn(tx, pass.Holder(), "N00001", dragonpass.Party{Adults: most})
	})
	assert.Equal(t, most, order.Persons())
	assert.Equal(t, 0, p.pass(pass.EPassID).Available())
	run(p, func(tx *world.Tx) (Order, error) { return Reverse(tx, order.OrderID) })
	assert.Equal(t, most, p.pass(pass.EPassID).Available())
}

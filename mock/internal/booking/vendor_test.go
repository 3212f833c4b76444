package booking

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/world"
)

// TestCloseResource_CancelsWhatStands: of passes and memberships, confirmed, moved and pending, with full refund; what was
// used before stays, and what was reserved there is booked no more.
func TestCloseResource_CancelsWhatStands(t *testing.T) {
	p := newTown(t)
	pass, m := p.issue(9), p.register()
	book := func(h dragonpass.Holder, date dragonpass.LocalTime) string {
		return p.book(h, p.ask(h, "N99904", date, 1).Token).OrderID
	}
	used, moved, member := book(pass.Holder(), date), book(pass.Holder(), date), book(m.Holder(), date)
	for _, id := range []string{used, moved} {
		run(p, func(tx *world.Tx) (Order, error) { return ConfirmOrder(tx, id) })
	}
	run(p, func(tx *world.Tx) (Order, error) { return MoveOrder(tx, moved, later, "Later") })
	pending := book(pass.Holder(), later)
	other := p.book(pass.Holder(), p.ask(pass.Holder(), "N00001", date, 1).Token).OrderID
	first := p.order(used)
	p.advance(first.ServiceAt.Sub(read(p, func(tx *world.Tx) time.Time { return tx.Now() })))
	run(p, func(tx *world.Tx) (Order, error) {
		return RedeemVoucher(tx, first.Vouchers[0].Code, dragonpass.Party{Adults: 1})
	})

	reserved := p.ask(pass.Holder(), "N99904", "2025-09-08T10:30", 1).Token
	ended := run(p, func(tx *world.Tx) ([]dragonpass.Order, error) { return CloseResource(tx, "N99904", "Closed") })
	var ids []string
	for _, o := range ended {
		ids = append(ids, o.OrderID)
		assert.Equal(t, dragonpass.Cancelled, o.Status)
		assert.Equal(t, o, p.order(o.OrderID))
	}
	assert.Equal(t, []string{moved, member, pending}, ids, "oldest first")
	assert.Equal(t, dragonpass.Used, p.order(used).Status)
	assert.Equal(t, dragonpass.Confirmed, p.order(other).Status)
	assert.Equal(t, 2, p.pass(pass.EPassID).Used, "what was used, and what stands elsewhere")
	again := run(p, func(tx *world.Tx) ([]dragonpass.Order, error) { return CloseResource(tx, "N99904", "Closed") })
	assert.Empty(t, again)
	p.refused(dragonpass.SlotUnavailable, func(tx *world.Tx) error {
		_, err := Prebook(tx, dragonpass.PrebookRequest{Token: reserved, Module: dragonpass.Lounge, Holder: pass.Holder()})
		return err
	})
}

// TestMoveOrder_TakesItsPlacesWithIt: there and back, and no further than there is room.
func TestMoveOrder_TakesItsPlacesWithIt(t *testing.T) {
	p := newTown(t)
	pass := p.issue(9)
	id := p.book(pass.Holder(), p.ask(pass.Holder(), "N99912", date, 1).Token).OrderID // one seat a slot
	places := func(date dragonpass.LocalTime) int { return p.slot("N99912", date).Free() }
	assert.Equal(t, []int{0, 1}, []int{places(date), places(later)})
	move := func(to dragonpass.LocalTime) Order {
		return run(p, func(tx *world.Tx) (Order, error) { return MoveOrder(tx, id, to, "Moved") })
	}
	assert.Equal(t, later, move(later).Date)
	assert.Equal(t, []int{1, 0}, []int{places(date), places(later)})
	assert.Equal(t, date, move(date).Date)
	assert.Equal(t, []int{0, 1}, []int{places(date), places(later)})
	p.book(pass.Holder(), p.ask(pass.Holder(), "N99912", later, 1).Token)
	p.refused(dragonpass.SlotUnavailable, func(tx *world.Tx) error { _, err := MoveOrder(tx, id, later, "Moved"); return err })
	assert.Equal(t, 2, p.pass(pass.EPassID).Used)
}

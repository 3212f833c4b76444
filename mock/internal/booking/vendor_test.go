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

// TestCloseResource_LeavesWhatWasMissed: to the last instant of its window a booking stands, and is cancelled; a second later it
// was missed, and nothing is given back. It is not moved either.
func TestCloseResource_LeavesWhatWasMissed(t *testing.T) {
	for after, ended := range map[time.Duration]int{3 * time.Hour: 1, 3*time.Hour + time.Second: 0} {
		p := newTown(t)
		pass := p.issue(9)
		o := p.order(p.book(pass.Holder(), p.ask(pass.Holder(), "N00001", date, 1).Token).OrderID)
		p.advance(o.ServiceAt.Add(after).Sub(start))
		if ended == 0 {
			p.refused(dragonpass.OrderNotCancellable, func(tx *world.Tx) error {
				_, err := MoveOrder(tx, o.OrderID, "2025-09-08T10:30", "Moved")
				return err
			})
		}
		assert.Len(t, run(p, func(tx *world.Tx) ([]dragonpass.Order, error) { return CloseResource(tx, "N00001", "Closed") }), ended, after)
		assert.Equal(t, 1-ended, p.pass(pass.EPassID).Used, after)
	}
}

// TestMoveOrder_BeyondThePass: what is booked stays good, whatever becomes of the pass, so the vendor may move it there.
func TestMoveOrder_BeyondThePass(t *testing.T) {
	p := newTown(t)
	pass := p.issue(1)
	id := p.book(pass.Holder(), p.ask(pass.Holder(), "N00001", date, 1).Token).OrderID
	far := dragonpass.LocalTime(pass.ExpirationDate.AddDate(0, 0, 10).Format("2006-01-02") + "T10:30")
	moved := run(p, func(tx *world.Tx) (Order, error) { return MoveOrder(tx, id, far, "Moved") })
	p.advance(moved.ServiceAt.Sub(start))
	assert.Equal(t, dragonpass.EPassStatusExpired, p.pass(pass.EPassID).StatusAt(moved.ServiceAt))
	used := run(p, func(tx *world.Tx) (Order, error) {
		return RedeemVoucher(tx, moved.Vouchers[0].Code, dragonpass.Party{Adults: 1})
	})
	assert.Equal(t, dragonpass.Used, used.Status)
}

// TestClosed_NobodyGetsIn: of a fast track order that is partly used the other vouchers are good no more until the lane opens
// again; what was used can be taken back meanwhile.
func TestClosed_NobodyGetsIn(t *testing.T) {
	p := newTown(t)
	pass := run(p, func(tx *world.Tx) (dragonpass.EPass, error) {
		request := issueRequest(4)
		request.Module = dragonpass.FastTrack
		return IssueEPass(tx, request)
	})
	book := func() Order {
		token := run(p, func(tx *world.Tx) (Availability, error) {
			request := asked(pass.Holder(), "C00001", date, 2)
			request.Module = dragonpass.FastTrack
			return CheckAvailability(tx, request)
		}).Token
		return run(p, func(tx *world.Tx) (Order, error) {
			request := booking(pass.Holder(), token.Token)
			request.Module = dragonpass.FastTrack
			return Prebook(tx, request)
		})
	}
	partly, unused := book(), book()
	p.advance(partly.ServiceAt.Sub(start))
	redeem := func(tx *world.Tx, o Order, n int) error {
		_, err := RedeemVoucher(tx, o.Vouchers[n].Code, dragonpass.Party{Adults: 1})
		return err
	}
	assert.NoError(t, p.try(func(tx *world.Tx) error { return redeem(tx, partly, 0) }))
	ended := run(p, func(tx *world.Tx) ([]dragonpass.Order, error) { return CloseResource(tx, "C00001", "Closed") })
	assert.Len(t, ended, 1)
	for _, row := range []struct {
		o    Order
		n    int
		want dragonpass.Code
	}{{partly, 1, dragonpass.VoucherInvalid}, {partly, 0, dragonpass.OrderAlreadyUsed}, {unused, 0, dragonpass.VoucherInvalid}} {
		p.refused(row.want, func(tx *world.Tx) error { return redeem(tx, row.o, row.n) })
	}
	assert.NoError(t, p.try(func(tx *world.Tx) error {
		_, err := patchResource(tx, "C00001", []byte(`{"prebookingAllowed":true}`))
		return err
	}))
	assert.NoError(t, p.try(func(tx *world.Tx) error { return redeem(tx, partly, 1) }), "it is open again")
	run(p, func(tx *world.Tx) ([]dragonpass.Order, error) { return CloseResource(tx, "C00001", "Closed") })
	assert.Equal(t, dragonpass.Cancelled, run(p, func(tx *world.Tx) (Order, error) { return Reverse(tx, partly.OrderID) }).Status)
	assert.Zero(t, p.pass(pass.EPassID).Used)
}

package booking

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/rules"
	"dragonmock/mock/internal/world"
)

func TestCancelOrder_GivesEverythingBack(t *testing.T) {
	p := newTown(t)
	pass, m := p.issue(2), p.register()
	for _, holder := range []dragonpass.Holder{pass.Holder(), m.Holder()} {
		order := p.book(holder, p.ask(holder, "N00001", date, 2).Token)
		assert.Equal(t, 58, p.slot("N00001", date).Left)
		cancelled := run(p, func(tx *world.Tx) (Cancelled, error) { return CancelOrder(tx, order.OrderID) })
		assert.Nil(t, cancelled.EPass)
		assert.Equal(t, dragonpass.Cancelled, cancelled.Order.Status)
		assert.Equal(t, "N00001", cancelled.Order.Resource.ResourceID)
		assert.Equal(t, cancelled.Order.Order, p.order(order.OrderID))
		assert.Equal(t, 60, p.slot("N00001", date).Left)
		p.refused(dragonpass.OrderAlreadyCancelled, func(tx *world.Tx) error { _, err := CancelOrder(tx, order.OrderID); return err })
	}
	assert.Equal(t, pass, p.pass(pass.EPassID))
	assert.Equal(t, m, run(p, func(tx *world.Tx) (dragonpass.Membership, error) { return Membership(tx, m.MembershipID) }))
	p.refused(dragonpass.OrderNotFound, func(tx *world.Tx) error { _, err := CancelOrder(tx, "DP7"); return err })
}

func TestCancelOrder_OfAPass(t *testing.T) {
	p := newTown(t)
	pass := p.issue(2)
	order := p.book(pass.Holder(), p.ask(pass.Holder(), "N00001", date, 1).Token)
	p.refused(dragonpass.EPassInUse, func(tx *world.Tx) error { _, err := CancelOrder(tx, pass.OrderID); return err })
	run(p, func(tx *world.Tx) (Cancelled, error) { return CancelOrder(tx, order.OrderID) })
	cancelled := run(p, func(tx *world.Tx) (Cancelled, error) { return CancelOrder(tx, pass.OrderID) })
	assert.Nil(t, cancelled.Order)
	assert.Equal(t, *cancelled.EPass, p.pass(pass.EPassID))
	assert.Equal(t, start, cancelled.EPass.CancelledAt)
	assert.Equal(t, 0, read(p, func(tx *world.Tx) int { return tx.Due.Len() }), "it expires no more")
	p.refused(dragonpass.OrderAlreadyCancelled, func(tx *world.Tx) error { _, err := CancelOrder(tx, pass.OrderID); return err })
}

func TestCancelOrder_Pending_SettlesNoMore(t *testing.T) {
	p := newTown(t)
	pass := p.issue(2)
	order := p.book(pass.Holder(), p.ask(pass.Holder(), "N99903", date, 1).Token)
	run(p, func(tx *world.Tx) (Cancelled, error) { return CancelOrder(tx, order.OrderID) })
	p.advance(time.Hour)
	assert.Equal(t, dragonpass.Cancelled, p.order(order.OrderID).Status)
	assert.Equal(t, 0, p.pass(pass.EPassID).Used)
}

func TestSettle_AtTheAuthorsWord(t *testing.T) {
	p := newTown(t)
	pass := p.issue(4)
	pending := func() string { return p.book(pass.Holder(), p.ask(pass.Holder(), "N99904", date, 2).Token).OrderID }
	first, second := pending(), pending()
	confirmed := run(p, func(tx *world.Tx) (Order, error) { return ConfirmOrder(tx, first) })
	assert.Equal(t, dragonpass.Confirmed, confirmed.Status)
	assert.Len(t, confirmed.Vouchers, 1)
	assert.Equal(t, confirmed.Order, p.order(first))
	failed := run(p, func(tx *world.Tx) (Order, error) { return FailOrder(tx, second) })
	assert.Equal(t, dragonpass.Failed, failed.Status)
	assert.Equal(t, failed.Order, p.order(second))
	assert.Equal(t, 2, p.pass(pass.EPassID).Used, "with refund")
	assert.Equal(t, "N99904", failed.Resource.ResourceID)
	for _, do := range []func(*world.Tx, string) (Order, error){ConfirmOrder, FailOrder} {
		p.refused(dragonpass.OrderNotCancellable, func(tx *world.Tx) error { _, err := do(tx, first); return err })
		p.refused(dragonpass.OrderNotFound, func(tx *world.Tx) error { _, err := do(tx, "DP7"); return err })
	}
}

func TestUsageOrder_Polls_ConfirmIt(t *testing.T) {
	p := newTown(t)
	run(p, func(tx *world.Tx) (dragonpass.Resource, error) {
		return patchResource(tx, "N99904", []byte(`{"confirm": {"polls": 2}}`))
	})
	pass, m := p.issue(2), p.register()
	for _, row := range []struct {
		holder dragonpass.Holder
		look   func(*world.Tx, string) (Order, error)
		other  func(*world.Tx, string) (Order, error)
	}{{pass.Holder(), EPassUsageOrder, MembershipUsageOrder}, {m.Holder(), MembershipUsageOrder, EPassUsageOrder}} {
		order := p.book(row.holder, p.ask(row.holder, "N99904", date, 1).Token)
		p.refused(dragonpass.OrderNotFound, func(tx *world.Tx) error { _, err := row.other(tx, order.OrderID); return err })
		for _, want := range []dragonpass.OrderStatus{dragonpass.Pending, dragonpass.Confirmed, dragonpass.Confirmed} {
			looked := run(p, func(tx *world.Tx) (Order, error) { return row.look(tx, order.OrderID) })
			assert.Equal(t, want, looked.Status)
			assert.Equal(t, looked.Order, p.order(order.OrderID))
		}
		assert.Equal(t, 2, p.order(order.OrderID).Polls, "a confirmed order counts no looks")
		p.refused(dragonpass.OrderNotFound, func(tx *world.Tx) error { _, err := row.look(tx, "DP7"); return err })
	}
}

func TestUsageOrders_NewestFirst(t *testing.T) {
	p := newTown(t)
	pass := p.issue(9)
	var ids []string
	for _, date := range []dragonpass.LocalTime{date, later, "2025-09-04T11:30"} {
		ids = append([]string{p.book(pass.Holder(), p.ask(pass.Holder(), "N00001", date, 1).Token).OrderID}, ids...)
	}
	run(p, func(tx *world.Tx) (Cancelled, error) { return CancelOrder(tx, ids[1]) })
	const most = int(^uint(0) >> 1)
	cancelled := dragonpass.Cancelled
	for _, row := range []struct {
		name   string
		filter OrdersFilter
		page   Page
		want   []string
		total  int
	}{
		{"all", OrdersFilter{}, Page{10, 1}, ids, 3},
		{"the first page", OrdersFilter{}, Page{2, 1}, ids[:2], 3},
		{"the second page", OrdersFilter{}, Page{2, 2}, ids[2:], 3},
		{"a page past the end", OrdersFilter{}, Page{2, 3}, nil, 3},
		{"a page that cannot be counted", OrdersFilter{}, Page{100, most}, nil, 3},
		{"one that ends where nothing can be counted", OrdersFilter{}, Page{most, 1}, ids, 3},
		{"by status", OrdersFilter{Status: &cancelled}, Page{10, 1}, ids[1:2], 1},
		{"by module", OrdersFilter{Module: dragonpass.FastTrack}, Page{10, 1}, nil, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := run(p, func(tx *world.Tx) (Paged[Order], error) {
				return UsageOrders(tx, pass.Holder(), row.filter, row.page, whole)
			})
			var listed []string
			for _, o := range got.Items {
				listed = append(listed, o.OrderID)
				assert.Equal(t, "N00001", o.Resource.ResourceID)
			}
			assert.Equal(t, row.want, listed)
			assert.Equal(t, row.total, got.Total)
			assert.Equal(t, row.page, got.Page)
		})
	}
	p.refused(dragonpass.EPassNotFound, func(tx *world.Tx) error {
		_, err := UsageOrders(tx, dragonpass.Holder{EPassID: "7"}, OrdersFilter{}, Page{10, 1}, whole)
		return err
	})
}

func TestPage_Bounds(t *testing.T) {
	const most = int(^uint(0) >> 1)
	for _, row := range []struct {
		page     Page
		from, to int
	}{
		{Page{10, 1}, 0, 10}, {Page{10, 2}, 10, 20}, {Page{most, 1}, 0, most}, {Page{most, 2}, most, most}, {Page{100, most}, most, most},
		{Page{most, most}, most, most}, {Page{1, most}, most - 1, most},
	} {
		from, to := row.page.bounds()
		assert.Equal(t, []int{row.from, row.to}, []int{from, to}, "%+v", row.page)
		assert.Empty(t, Cut([]int{}, row.page).Items)
	}
}

func TestAddOrder_TakesWhatStands(t *testing.T) {
	for _, row := range []struct {
		category dragonpass.Category
		status   dragonpass.OrderStatus
		used     int
		left     int
		vouchers int
	}{
		{dragonpass.WalkIn, dragonpass.Used, 2, 60, 0}, {dragonpass.WalkIn, dragonpass.Cancelled, 0, 60, 0},
		{dragonpass.Prebooking, dragonpass.Pending, 2, 58, 0}, {dragonpass.Prebooking, dragonpass.Confirmed, 2, 58, 1},
		{dragonpass.Prebooking, dragonpass.Used, 2, 58, 1}, {dragonpass.Prebooking, dragonpass.Cancelled, 0, 60, 1},
		{dragonpass.Prebooking, dragonpass.Failed, 0, 60, 0},
	} {
		p := newTown(t)
		pass := p.issue(2)
		var added dragonpass.Order
		require.NoError(t, p.try(func(tx *world.Tx) error {
			r, _ := FindResource(tx, "N00001")
			added = AddOrder(tx, dragonpass.Order{
				OrderID: tx.NextOrderID(), Sequence: tx.Sequence(), Module: r.Module, Category: row.category, Status: row.status, Holder: pass.Holder(),
				ResourceID: "N00001", Party: dragonpass.Party{Adults: 2}, Date: date,
			}, rules.Account{EPass: &pass}, &r)
			return nil
		}))
		assert.Equal(t, row.status, added.Status)
		assert.Len(t, added.Vouchers, row.vouchers, "%+v", row)
		assert.Equal(t, added, p.order(added.OrderID))
		assert.Equal(t, row.used, p.pass(pass.EPassID).Used, "%+v", row)
		assert.Equal(t, row.left, p.slot("N00001", date).Left, "%+v", row)
	}
}

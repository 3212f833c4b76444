package rules

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
)

func walkIn(t *testing.T) WalkIn {
	return WalkIn{
		QRCode: "DQ1", ResourceID: "N00001", Party: dragonpass.Party{Adults: 1},
		QR:       dragonpass.QRCode{Code: "DQ1", MembershipID: "1", ValidUntil: at(t, start)},
		Resource: lounge(t), Account: Account{Membership: member(t)},
	}
}

func TestWalkIn_OrderOfChecks(t *testing.T) {
	now := at(t, start)
	decide := func(w WalkIn) error { _, err := w.Decide(now); return err }
	checkOrder(t, func() WalkIn { return walkIn(t) }, decide, []wrong[WalkIn]{
		{"no such string", func(w *WalkIn) { w.QR.Code = "" }, dragonpass.QRCodeExpired},
		{"a string that has ended", func(w *WalkIn) { w.QR.ValidUntil = now.Add(-time.Second) }, dragonpass.QRCodeExpired},
		{"no such resource", func(w *WalkIn) { w.Resource.ResourceID = "" }, dragonpass.ResourceNotFound},
		{"no such membership", func(w *WalkIn) { w.Account = Account{} }, dragonpass.MembershipNotFound},
		{"no walk-in", func(w *WalkIn) { w.Resource.WalkInAllowed = false }, dragonpass.WalkInNotSupported},
		{"no adult", func(w *WalkIn) { w.Party = dragonpass.Party{Children: 1} }, dragonpass.PassengersInvalid},
		{"a suspended membership", func(w *WalkIn) {
			w.Account = Account{Membership: &dragonpass.Membership{Status: dragonpass.MembershipSuspended, ExpirationDate: now}}
		}, dragonpass.MembershipNotActive},
	})
	byPass := func() WalkIn {
		w := walkIn(t)
		w.QRCode, w.QR, w.Holder, w.Account = "", dragonpass.QRCode{}, dragonpass.Holder{EPassID: "1"}, Account{EPass: pass(t, 1)}
		return w
	}
	checkOrder(t, byPass, decide, []wrong[WalkIn]{
		{"no such resource", func(w *WalkIn) { w.Resource.ResourceID = "" }, dragonpass.ResourceNotFound},
		{"no such pass", func(w *WalkIn) { w.Account = Account{} }, dragonpass.EPassNotFound},
		{"a pass of another module", func(w *WalkIn) { w.Account = Account{EPass: &dragonpass.EPass{Module: dragonpass.SetMeal}} }, dragonpass.ModuleMismatch},
		{"no walk-in", func(w *WalkIn) { w.Resource.WalkInAllowed = false }, dragonpass.WalkInNotSupported},
		{"no adult", func(w *WalkIn) { w.Party = dragonpass.Party{Children: 1} }, dragonpass.PassengersInvalid},
		{"fewer than no children", func(w *WalkIn) { w.Party = dragonpass.Party{Adults: 1, Children: -1} }, dragonpass.PassengersInvalid},
		{"a pass that is used up", func(w *WalkIn) { w.Account = Account{EPass: pass(t, 0)} }, dragonpass.EPassUsagesExhausted},
	})
}

func TestWalkIn_Decide_GivesAUsedOrder(t *testing.T) {
	now := at(t, start)
	w := walkIn(t)
	w.Account.Membership.ProgramID = "18943"
	got, err := w.Decide(now)
	require.NoError(t, err)
	assert.Equal(t, dragonpass.Order{
		ProgramID: "18943", Module: dragonpass.Lounge, Category: dragonpass.WalkIn, Status: dragonpass.Used, Holder: dragonpass.Holder{MembershipID: "1"},
		ResourceID: "N00001", CreatedAt: now, UsedAt: now, Party: dragonpass.Party{Adults: 1}, Spent: dragonpass.Spent{Cardholder: 1},
	}, got)
}

func TestWalkIn_Modules(t *testing.T) {
	now := at(t, start)
	for _, row := range []struct {
		module  dragonpass.Module
		persons int
		want    dragonpass.Code
	}{
		{dragonpass.Lounge, 20, ""}, {dragonpass.Lounge, 21, dragonpass.EPassUsagesExhausted}, {dragonpass.SetMeal, 1, ""}, {dragonpass.Coupon, 1, ""},
		{dragonpass.FastTrack, 1, dragonpass.WalkInNotSupported},
	} {
		r, p := lounge(t), pass(t, 20)
		r.Module, p.Module = row.module, row.module
		w := WalkIn{
			Holder: p.Holder(), ResourceID: r.ResourceID, Party: dragonpass.Party{Adults: row.persons},
			Resource: r, Account: Account{EPass: p},
		}
		_, err := w.Decide(now)
		refused(t, row.want, err)
	}
}

func booked(t *testing.T) dragonpass.Order {
	return dragonpass.Order{
		OrderID: "DP1",
		Module:  dragonpass.Lounge, Category: dragonpass.Prebooking, Status: dragonpass.Confirmed, ServiceAt: at(t, start), Party: dragonpass.Party{Adults: 2},
		Vouchers: []dragonpass.Voucher{{Code: "v"}},
	}
}

func TestRedeem_OrderOfChecks(t *testing.T) {
	now := at(t, start)
	good := func() Redeem { return Redeem{Voucher: "v", Party: dragonpass.Party{Adults: 2}, Order: booked(t)} }
	edit := func(change func(*dragonpass.Order)) func(*Redeem) {
		return func(r *Redeem) { change(&r.Order) }
	}
	checkOrder(t, good, func(r Redeem) error { _, err := r.Decide(now); return err }, []wrong[Redeem]{
		{"nobody's voucher", func(r *Redeem) { r.Order = dragonpass.Order{} }, dragonpass.VoucherInvalid},
		{"another voucher", func(r *Redeem) { r.Voucher = "w" }, dragonpass.VoucherInvalid},
		{"a dead order", edit(func(o *dragonpass.Order) { o.Status = dragonpass.Failed }), dragonpass.VoucherInvalid},
		{"a used voucher", edit(func(o *dragonpass.Order) { o.Vouchers = []dragonpass.Voucher{{Code: "v", RedeemedAt: now}} }), dragonpass.OrderAlreadyUsed},
		{"a closed venue", func(r *Redeem) { r.Closed = true }, dragonpass.VoucherInvalid},
		{"too late", edit(func(o *dragonpass.Order) { o.ServiceAt = now.Add(-4 * time.Hour) }), dragonpass.RedemptionWindowClosed},
		{"no adult", func(r *Redeem) { r.Party = dragonpass.Party{Children: 9} }, dragonpass.PassengersInvalid},
		{"more than booked", func(r *Redeem) { r.Party = dragonpass.Party{Adults: 3} }, dragonpass.PassengersInvalid},
	})
}

func TestRedeem_Window(t *testing.T) {
	service := at(t, start)
	with := func(s dragonpass.OrderStatus) dragonpass.Order { o := booked(t); o.Status = s; return o }
	for _, row := range []struct {
		name  string
		order dragonpass.Order
		party dragonpass.Party
		after time.Duration // of the service
		want  dragonpass.Code
	}{
		{"a second too early", booked(t), dragonpass.Party{Adults: 2}, -time.Hour - time.Second, dragonpass.RedemptionWindowClosed},
		{"an hour before", booked(t), dragonpass.Party{Adults: 2}, -time.Hour, ""},
		{"three hours after", booked(t), dragonpass.Party{Adults: 2}, 3 * time.Hour, ""},
		{"a second too late", booked(t), dragonpass.Party{Adults: 2}, 3*time.Hour + time.Second, dragonpass.RedemptionWindowClosed},
		{"fewer", booked(t), dragonpass.Party{Adults: 1}, 0, ""},
		{"more", booked(t), dragonpass.Party{Adults: 2, Children: 1}, 0, dragonpass.PassengersInvalid},
		{"children alone", booked(t), dragonpass.Party{Children: 1}, 0, dragonpass.PassengersInvalid},
		{"of a cancelled order", with(dragonpass.Cancelled), dragonpass.Party{Adults: 1}, 0, dragonpass.VoucherInvalid},
		{"of a failed order", with(dragonpass.Failed), dragonpass.Party{Adults: 1}, 0, dragonpass.VoucherInvalid},
	} {
		t.Run(row.name, func(t *testing.T) {
			now := service.Add(row.after)
			r := Redeem{Voucher: "v", Party: row.party, Order: row.order}
			got, err := r.Decide(now)
			refused(t, row.want, err)
			if row.want == "" {
				assert.Equal(t, dragonpass.Used, got.Status)
				assert.Equal(t, now, got.UsedAt)
				assert.Equal(t, row.order.Persons(), got.Persons(), "fewer persons refund nothing")
				assert.True(t, row.order.Vouchers[0].RedeemedAt.IsZero(), "what was stored is not modified")
				r.Order = got
				_, err = r.Decide(now)
				refused(t, dragonpass.OrderAlreadyUsed, err)
			}
		})
	}
}

func TestRedeem_FastTrack_OneByOne(t *testing.T) {
	now := at(t, "2025-09-04T09:30:00Z")
	o := dragonpass.Order{Module: dragonpass.FastTrack, Status: dragonpass.Pending, ServiceAt: now, Party: dragonpass.Party{Adults: 1, Children: 1}}.
		Confirm([]string{"v", "w"})
	redeem := func(voucher string, adults int, now time.Time) error {
		r := Redeem{Voucher: voucher, Party: dragonpass.Party{Adults: adults}, Order: o}
		got, err := r.Decide(now)
		if err == nil {
			o = got
		}
		return err
	}
	refused(t, dragonpass.PassengersInvalid, redeem("v", 2, now))
	refused(t, "", redeem("v", 1, now))
	assert.Equal(t, dragonpass.Used, o.Status)
	refused(t, "", redeem("w", 1, now.Add(time.Hour)))
	assert.Equal(t, now, o.UsedAt, "the first voucher is the use")
	refused(t, dragonpass.OrderAlreadyUsed, redeem("v", 1, now.Add(time.Hour)))
	refused(t, dragonpass.OrderAlreadyUsed, redeem("w", 1, now.Add(9*time.Hour)))
}

func TestReverse(t *testing.T) {
	now := at(t, start)
	for status, want := range map[dragonpass.OrderStatus]dragonpass.Code{
		dragonpass.Pending: dragonpass.OrderNotCancellable, dragonpass.Confirmed: dragonpass.OrderNotCancellable, dragonpass.Used: "",
		dragonpass.Cancelled: dragonpass.OrderAlreadyCancelled, dragonpass.Failed: dragonpass.OrderNotCancellable,
	} {
		r := Reverse{OrderID: "DP1", Order: dragonpass.Order{OrderID: "DP1", Status: status}}
		got, err := r.Decide(now)
		refused(t, want, err)
		if want == "" {
			assert.Equal(t, dragonpass.Order{OrderID: "DP1", Status: dragonpass.Cancelled, CancelledAt: now}, got)
		}
	}
	_, err := (&Reverse{OrderID: "DP1"}).Decide(now)
	refused(t, dragonpass.OrderNotFound, err)
}

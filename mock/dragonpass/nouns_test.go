package dragonpass_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/dragonpass"
)

func TestParty_Persons_DoesNotOverflow(t *testing.T) {
	for _, row := range []struct{ adults, children, want int }{
		{1, 0, 1}, {5, 1, 6}, {0, 0, 0}, {1, -1, 0},
		{math.MaxInt, 0, math.MaxInt}, {math.MaxInt, 1, math.MaxInt}, {1, math.MaxInt, math.MaxInt}, {math.MaxInt, math.MaxInt, math.MaxInt},
		{math.MaxInt - 1, 1, math.MaxInt},
	} {
		assert.Equal(t, row.want, dragonpass.Party{Adults: row.adults, Children: row.children}.Persons(), "%+v", row)
	}
}

func TestEPass_TakeAndRefund_KeepWhatWasGranted(t *testing.T) {
	pass := dragonpass.EPass{Granted: 5}
	taken := pass.Take(3)
	assert.Equal(t, []int{5, 2, 3}, []int{taken.Granted, taken.Available(), taken.Used})
	assert.Equal(t, pass, taken.Refund(3))
	assert.Equal(t, 0, pass.Used, "the pass itself is a value and has not changed")
}

func TestEPass_Expire_EndsASecondAgo(t *testing.T) {
	now := at(t, "2025-09-01T08:00:00Z")
	assert.Equal(t, now.Add(-time.Second), dragonpass.EPass{ExpirationDate: now.Add(time.Hour)}.Expire(now).ExpirationDate)
}

// TestShownStatus_BeforeTheActivation: the second before it, and it itself; what is over stays over.
func TestShownStatus_BeforeTheActivation(t *testing.T) {
	begins := at(t, "2025-09-01T08:00:00Z")
	pass := dragonpass.EPass{ActivationDate: begins, ExpirationDate: begins.Add(time.Hour)}
	cancelled := pass
	cancelled.CancelledAt = begins.Add(-time.Hour)
	m := dragonpass.Membership{Status: dragonpass.MembershipPending, ActivationDate: begins, ExpirationDate: begins.Add(time.Hour)}
	waits := m
	waits.ActivationDate = time.Time{}
	for _, row := range []struct {
		at              time.Duration
		active          bool
		pass, gone      dragonpass.EPassStatus
		member, dormant dragonpass.MembershipStatus
	}{
		{-time.Second, false, 0, 3, 0, 0},
		{-time.Second, true, 1, 3, 1, 0},
		{0, false, 1, 3, 1, 0},
		{0, true, 1, 3, 1, 0},
		{time.Hour + time.Second, true, 9, 3, 9, 9},
	} {
		now := begins.Add(row.at)
		assert.Equal(t, row.pass, pass.ShownStatus(now, row.active), "%+v", row)
		assert.Equal(t, row.gone, cancelled.ShownStatus(now, row.active), "%+v", row)
		assert.Equal(t, row.member, m.ShownStatus(now, row.active), "%+v", row)
		assert.Equal(t, row.dormant, waits.ShownStatus(now, row.active), "%+v", row)
	}
}

func TestMembership_StatusAt_ExpiresByTheClock(t *testing.T) {
	end := at(t, "2025-09-01T08:00:00Z")
	for status, after := range map[dragonpass.MembershipStatus]dragonpass.MembershipStatus{0: 9, 1: 9, 2: 9, 3: 3} {
		m := dragonpass.Membership{Status: status, ExpirationDate: end}
		assert.Equal(t, status, m.StatusAt(end))
		assert.Equal(t, after, m.StatusAt(end.Add(time.Second)))
	}
}

func TestMembership_TakeAndRefund_ChangeOneModule(t *testing.T) {
	m := dragonpass.Membership{}.
		With(dragonpass.Entitlements{Module: dragonpass.SetMeal, Shared: 4}).
		With(dragonpass.Entitlements{Module: dragonpass.Lounge, Cardholder: 2, Guests: 1, Shared: 3})
	spent := dragonpass.Spent{Cardholder: 1, Guests: 1, Shared: 2}
	taken := m.Take(dragonpass.Lounge, spent)
	assert.Equal(t, []dragonpass.Entitlements{{Module: dragonpass.Lounge, Cardholder: 1, Shared: 1}, {Module: dragonpass.SetMeal, Shared: 4}}, taken.Entitlements)
	assert.Equal(t, m, taken.Refund(dragonpass.Lounge, spent))
	assert.Equal(t, 2, m.EntitlementsFor(dragonpass.Lounge).Cardholder, "what was stored is not modified")
}

func TestProgram_Expiry(t *testing.T) {
	leap := at(t, "2024-02-29T08:00:00Z")
	assert.Equal(t, at(t, "2026-02-28T08:00:00Z"), dragonpass.StandardProgram("1").Expiry(leap), "two years of the calendar, and no day more")
	assert.Equal(t, leap.Add(time.Hour), dragonpass.Program{Validity: time.Hour}.Expiry(leap))
}

func TestSlot_Free(t *testing.T) {
	r := &dragonpass.Resource{ResourceID: "N00001", Capacity: 3}
	slot := r.SlotOf("2025-09-04T10:30")
	assert.True(t, slot.Untouched(r))
	assert.Equal(t, 1, slot.Reserve(2).Free())
	assert.Equal(t, 0, slot.Reserve(2).Take(2).Free(), "never less than none")
	assert.True(t, slot.Take(2).Refund(2).Untouched(r))
	assert.False(t, slot.Reserve(1).Untouched(r))
	token := dragonpass.PrebookingToken{ResourceID: "N00001", Date: "2025-09-04T10:30", Party: dragonpass.Party{Adults: 2}, Reserved: true}
	assert.Equal(t, slot, slot.Reserve(2).Release(token))
	token.Apart = true
	assert.Equal(t, slot, slot.Release(token), "it has places of its own")
	assert.Equal(t, slot, slot.Release(token.Released()))
	assert.True(t, token.For(slot))
	assert.False(t, token.For(r.SlotOf("2025-09-04T11:00")))
}

func TestOrder_Looked_ConfirmsAfterSoManyLooks(t *testing.T) {
	polls := dragonpass.Confirmation{Mode: dragonpass.ConfirmPolls, Polls: 2}
	o, confirms := dragonpass.Order{}.Looked(polls)
	assert.False(t, confirms)
	o, confirms = o.Looked(polls)
	assert.True(t, confirms)
	assert.Equal(t, 2, o.Polls)
	for _, c := range []dragonpass.Confirmation{{}, {Mode: dragonpass.ConfirmAfter}, {Mode: dragonpass.ConfirmNever}, {Mode: dragonpass.ConfirmFail}} {
		same, confirms := o.Looked(c)
		assert.Equal(t, o, same, c.Mode)
		assert.False(t, confirms, c.Mode)
	}
	confirmed := o.Confirm(nil)
	same, confirms := confirmed.Looked(polls)
	assert.Equal(t, confirmed, same)
	assert.False(t, confirms)
}

func TestOrder_VoucherCount(t *testing.T) {
	assert.Equal(t, 1, dragonpass.Order{Module: dragonpass.Lounge, Party: dragonpass.Party{Adults: 6}}.VoucherCount())
	assert.Equal(t, 6, dragonpass.Order{Module: dragonpass.FastTrack, Party: dragonpass.Party{Adults: 5, Children: 1}}.VoucherCount())
}

func TestConfirmation_SettlesAt(t *testing.T) {
	now := at(t, "2025-09-01T08:00:00Z")
	for mode, want := range map[dragonpass.ConfirmMode]time.Time{
		dragonpass.ConfirmNow: {}, dragonpass.ConfirmPolls: {}, dragonpass.ConfirmNever: {},
		dragonpass.ConfirmAfter: now.Add(time.Hour), dragonpass.ConfirmFail: now.Add(time.Hour),
	} {
		assert.Equal(t, want, dragonpass.Confirmation{Mode: mode, After: time.Hour}.SettlesAt(now), mode)
		assert.Equal(t, want, dragonpass.Confirmation{Mode: mode, After: time.Hour - 999*time.Millisecond}.SettlesAt(now), "%s: to the whole second", mode)
	}
}

// TestMaxGuestsNextUse_IsWhatSpendAllows holds the computed number and the rule together.
func TestMaxGuestsNextUse_IsWhatSpendAllows(t *testing.T) {
	spends := func(e dragonpass.Entitlements, persons int) bool {
		_, ok := e.Spend(dragonpass.Party{Adults: persons})
		return ok && persons-1 <= e.AllowedGuestsPerUsage
	}
	for n := range 4 * 4 * 4 * 4 {
		e := dragonpass.Entitlements{Cardholder: n % 4, Guests: n / 4 % 4, Shared: n / 16 % 4, AllowedGuestsPerUsage: n / 64}
		most := e.MaxGuestsNextUse()
		assert.Equal(t, e.Cardholder+e.Shared > 0, spends(e, 1+most), "%+v", e)
		assert.False(t, spends(e, 2+most), "%+v", e)
	}
}

func TestLives_AreThoseOfTheRegister(t *testing.T) {
	assert.Equal(t, 10*time.Minute, dragonpass.TokenLife, "A-045")
	assert.Equal(t, 5*time.Minute, dragonpass.QRCodeLife, "A-012")
}

func TestHolder_Named(t *testing.T) {
	assert.False(t, dragonpass.Holder{}.Named())
	assert.True(t, dragonpass.Holder{EPassID: "1"}.Named())
	assert.True(t, dragonpass.Holder{MembershipID: "1"}.Named())
}

func TestEPass_IssueStatus(t *testing.T) {
	pass := dragonpass.EPass{}
	assert.Equal(t, dragonpass.Confirmed, pass.IssueStatus())
	assert.Equal(t, dragonpass.Cancelled, pass.Cancel(at(t, "2025-09-01T08:00:00Z")).IssueStatus())
}

func TestOrder_Dead(t *testing.T) {
	for status, want := range map[dragonpass.OrderStatus]bool{
		dragonpass.Pending: false, dragonpass.Confirmed: false, dragonpass.Used: false, dragonpass.Cancelled: true, dragonpass.Failed: true,
	} {
		assert.Equal(t, want, dragonpass.Order{Status: status}.Dead(), status)
	}
}

func TestOrder_Redeem_TheFirstVoucherIsTheUse(t *testing.T) {
	now := at(t, "2025-09-01T08:00:00Z")
	first := dragonpass.Order{}.Confirm([]string{"v", "w"}).Redeem(1, now)
	assert.Equal(t, dragonpass.Used, first.Status)
	assert.Equal(t, now, first.UsedAt)
	second := first.Redeem(0, now.Add(time.Hour))
	assert.Equal(t, now, second.UsedAt)
	assert.Equal(t, []dragonpass.Voucher{{Code: "v", RedeemedAt: now.Add(time.Hour)}, {Code: "w", RedeemedAt: now}}, second.Vouchers)
	assert.True(t, first.Vouchers[0].RedeemedAt.IsZero(), "what was stored is not modified")
}

func TestEntitlements_Refund_NeverGivesMoreThanCanBeSet(t *testing.T) {
	full := dragonpass.Entitlements{Cardholder: dragonpass.MaxVisits, Guests: dragonpass.MaxVisits - 1, Shared: dragonpass.MaxVisits}
	got := full.Refund(dragonpass.Spent{Cardholder: 1, Guests: 1, Shared: 1})
	assert.Equal(t, dragonpass.Entitlements{Cardholder: dragonpass.MaxVisits, Guests: dragonpass.MaxVisits, Shared: dragonpass.MaxVisits}, got)
}

func TestSlot_Resized(t *testing.T) {
	before, after := &dragonpass.Resource{Capacity: 3}, &dragonpass.Resource{Capacity: 1}
	for left, want := range map[int]int{3: 1, 2: 0, 0: -2} {
		assert.Equal(t, want, dragonpass.Slot{Left: left}.Resized(before, after).Left)
		assert.Equal(t, left, dragonpass.Slot{Left: left, Filled: true}.Resized(before, after).Left, "what the author set stays")
	}
}

func TestEPass_StatusAt(t *testing.T) {
	p := dragonpass.EPass{ActivationDate: at(t, "2025-09-01T00:00:00Z"), ExpirationDate: at(t, "2025-09-02T00:00:00Z")}
	for instant, want := range map[string]dragonpass.EPassStatus{
		"2025-08-31T23:59:59Z": dragonpass.EPassStatusPending, "2025-09-01T00:00:00Z": dragonpass.EPassStatusActive,
		"2025-09-02T00:00:00Z": dragonpass.EPassStatusActive, "2025-09-02T00:00:01Z": dragonpass.EPassStatusExpired,
	} {
		assert.Equal(t, want, p.StatusAt(at(t, instant)), instant)
		assert.Equal(t, dragonpass.EPassStatusCancelled, p.Cancel(at(t, instant)).StatusAt(at(t, instant)))
	}
}

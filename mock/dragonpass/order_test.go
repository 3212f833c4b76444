package dragonpass_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
)

func TestCancelOrder(t *testing.T) {
	policy := dragonpass.CancellationPolicy{Cancellable: true, HoursBefore: 24}
	service := at(t, "2025-09-04T09:30:00Z") // 10:30 in London
	// A service on the morning after clocks went forward: the window is 24 elapsed hours, so it closes at 09:30 the day
	// before by the wall, not 10:30.
	spring, err := dragonpass.LocalTime("2025-03-30T10:30").In(zone(t, "Europe/London"))
	require.NoError(t, err)
	autumn, err := dragonpass.LocalTime("2025-10-26T10:30").In(zone(t, "Europe/London"))
	require.NoError(t, err)
	for _, row := range []struct {
		name     string
		status   dragonpass.OrderStatus
		category dragonpass.Category
		policy   dragonpass.CancellationPolicy
		service  time.Time
		now      string
		want     dragonpass.Code
	}{
		{"a second before the window closes", 1, 2, policy, service, "2025-09-03T09:29:59Z", ""},
		{"as it closes", 1, 2, policy, service, "2025-09-03T09:30:00Z", ""},
		{"a second after", 1, 2, policy, service, "2025-09-03T09:30:01Z", dragonpass.CancellationWindowClosed},
		{"pending", 0, 2, policy, service, "2025-09-03T09:30:00Z", ""},
		{"72 hours", 1, 2, dragonpass.CancellationPolicy{Cancellable: true, HoursBefore: 72}, service, "2025-09-01T09:30:01Z", dragonpass.CancellationWindowClosed},
		{"0 hours, until the service itself", 1, 2, dragonpass.CancellationPolicy{Cancellable: true}, service, "2025-09-04T09:30:00Z", ""},
		{"clocks go forward: as it closes", 1, 2, policy, spring, "2025-03-29T09:30:00Z", ""},
		{"clocks go forward: a second after", 1, 2, policy, spring, "2025-03-29T09:30:01Z", dragonpass.CancellationWindowClosed},
		{"clocks go back: as it closes", 1, 2, policy, autumn, "2025-10-25T10:30:00Z", ""},
		{"clocks go back: a second after", 1, 2, policy, autumn, "2025-10-25T10:30:01Z", dragonpass.CancellationWindowClosed},
		{"cancelled, and too late", 3, 2, policy, service, "2025-09-05T00:00:00Z", dragonpass.OrderAlreadyCancelled},
		{"used, and too late", 2, 2, policy, service, "2025-09-05T00:00:00Z", dragonpass.OrderAlreadyUsed},
		{"a walk-in", 2, 1, policy, service, "2025-09-01T00:00:00Z", dragonpass.OrderNotCancellable},
		{"failed", 4, 2, policy, service, "2025-09-01T00:00:00Z", dragonpass.OrderNotCancellable},
		{"not cancellable, and too late", 1, 2, dragonpass.CancellationPolicy{HoursBefore: 24}, service, "2025-09-05T00:00:00Z", dragonpass.OrderNotCancellable},
	} {
		t.Run(row.name, func(t *testing.T) {
			o := dragonpass.Order{OrderID: "DP1", Status: row.status, Category: row.category, ServiceAt: row.service}
			got, err := o.Cancel(row.policy, at(t, row.now))
			refused(t, row.want, err)
			if row.want == "" {
				assert.Equal(t, dragonpass.Cancelled, got.Status)
				assert.Equal(t, at(t, row.now), got.CancelledAt)
			} else {
				assert.Equal(t, o, got, "a refusal changes nothing")
			}
		})
	}
}

func TestRedeem(t *testing.T) {
	service := at(t, "2025-09-04T09:30:00Z")
	booked := dragonpass.Order{
		Module: dragonpass.Lounge, Category: dragonpass.Prebooking, Status: dragonpass.Confirmed, ServiceAt: service, Party: dragonpass.Party{Adults: 2},
		Vouchers: []dragonpass.Voucher{{Code: "v"}},
	}
	with := func(s dragonpass.OrderStatus) dragonpass.Order { o := booked; o.Status = s; return o }
	for _, row := range []struct {
		name  string
		order dragonpass.Order
		code  string
		party dragonpass.Party
		after time.Duration // of the service
		want  dragonpass.Code
	}{
		{"a second too early", booked, "v", dragonpass.Party{Adults: 2}, -time.Hour - time.Second, dragonpass.RedemptionWindowClosed},
		{"an hour before", booked, "v", dragonpass.Party{Adults: 2}, -time.Hour, ""},
		{"three hours after", booked, "v", dragonpass.Party{Adults: 2}, 3 * time.Hour, ""},
		{"a second too late", booked, "v", dragonpass.Party{Adults: 2}, 3*time.Hour + time.Second, dragonpass.RedemptionWindowClosed},
		{"fewer", booked, "v", dragonpass.Party{Adults: 1}, 0, ""},
		{"more", booked, "v", dragonpass.Party{Adults: 2, Children: 1}, 0, dragonpass.PassengersInvalid},
		{"children alone", booked, "v", dragonpass.Party{Children: 1}, 0, dragonpass.PassengersInvalid},
		{"another voucher", booked, "w", dragonpass.Party{Adults: 1}, 0, dragonpass.VoucherInvalid},
		{"of a cancelled order", with(dragonpass.Cancelled), "v", dragonpass.Party{Adults: 1}, 0, dragonpass.VoucherInvalid},
		{"of a failed order", with(dragonpass.Failed), "v", dragonpass.Party{Adults: 1}, 0, dragonpass.VoucherInvalid},
	} {
		t.Run(row.name, func(t *testing.T) {
			now := service.Add(row.after)
			got, err := row.order.Redeem(row.code, row.party, now)
			refused(t, row.want, err)
			if row.want == "" {
				assert.Equal(t, dragonpass.Used, got.Status)
				assert.Equal(t, now, got.UsedAt)
				assert.Equal(t, row.order.Persons(), got.Persons(), "fewer persons refund nothing")
				assert.True(t, row.order.Vouchers[0].RedeemedAt.IsZero(), "what was stored is not modified")
				_, err = got.Redeem(row.code, row.party, now)
				refused(t, dragonpass.OrderAlreadyUsed, err)
			}
		})
	}
}

func TestRedeemFastTrackOneByOne(t *testing.T) {
	now := at(t, "2025-09-04T09:30:00Z")
	o := dragonpass.Order{Module: dragonpass.FastTrack, Status: dragonpass.Pending, ServiceAt: now, Party: dragonpass.Party{Adults: 1, Children: 1}}
	require.Equal(t, 2, o.VoucherCount())
	o = o.Confirm([]string{"v", "w"})
	one := dragonpass.Party{Adults: 1}
	_, err := o.Redeem("v", dragonpass.Party{Adults: 2}, now)
	refused(t, dragonpass.PassengersInvalid, err)
	o, err = o.Redeem("v", one, now)
	require.NoError(t, err)
	assert.Equal(t, dragonpass.Used, o.Status)
	o, err = o.Redeem("w", one, now.Add(time.Hour))
	require.NoError(t, err)
	assert.Equal(t, now, o.UsedAt, "the first voucher is the use")
	_, err = o.Redeem("v", one, now.Add(time.Hour))
	refused(t, dragonpass.OrderAlreadyUsed, err)
	_, err = o.Redeem("w", one, now.Add(9*time.Hour))
	refused(t, dragonpass.OrderAlreadyUsed, err)
}

func TestVoucherCountOfALoungeIsOne(t *testing.T) {
	assert.Equal(t, 1, dragonpass.Order{Module: dragonpass.Lounge, Party: dragonpass.Party{Adults: 6}}.VoucherCount())
}

func TestReverse(t *testing.T) {
	now := at(t, "2025-09-04T09:30:00Z")
	for status, want := range map[dragonpass.OrderStatus]dragonpass.Code{
		dragonpass.Pending: dragonpass.OrderNotCancellable, dragonpass.Confirmed: dragonpass.OrderNotCancellable, dragonpass.Used: "",
		dragonpass.Cancelled: dragonpass.OrderAlreadyCancelled, dragonpass.Failed: dragonpass.OrderNotCancellable,
	} {
		got, err := dragonpass.Order{Status: status}.Reverse(now)
		refused(t, want, err)
		if want == "" {
			assert.Equal(t, dragonpass.Cancelled, got.Status)
		}
	}
}

func TestCheckWalkIn(t *testing.T) {
	now := at(t, "2025-09-04T09:30:00Z")
	one := dragonpass.Party{Adults: 1}
	pass := func(m dragonpass.Module) dragonpass.EPass {
		return dragonpass.EPass{Module: m, Granted: 20, ActivationDate: now, ExpirationDate: now}
	}
	lane, closed, meal := lounge(t), lounge(t), lounge(t)
	lane.Module, closed.WalkInAllowed, meal.Module = dragonpass.FastTrack, false, dragonpass.SetMeal
	refused(t, "", dragonpass.CheckWalkIn(pass(dragonpass.Lounge), lounge(t), one, now))
	refused(t, "", dragonpass.CheckWalkIn(pass(dragonpass.Lounge), lounge(t), dragonpass.Party{Adults: 20}, now))
	refused(t, "", dragonpass.CheckWalkIn(pass(dragonpass.SetMeal), meal, one, now))
	refused(t, dragonpass.EPassUsagesExhausted, dragonpass.CheckWalkIn(pass(dragonpass.Lounge), lounge(t), dragonpass.Party{Adults: 21}, now))
	refused(t, dragonpass.EPassExpired, dragonpass.CheckWalkIn(pass(dragonpass.Lounge), lounge(t), one, now.Add(time.Second)))
	refused(t, dragonpass.WalkInNotSupported, dragonpass.CheckWalkIn(pass(dragonpass.FastTrack), lane, one, now))
	refused(t, dragonpass.WalkInNotSupported, dragonpass.CheckWalkIn(pass(dragonpass.Lounge), closed, one, now))
	refused(t, dragonpass.ModuleMismatch, dragonpass.CheckWalkIn(pass(dragonpass.Lounge), meal, one, now))
	refused(t, dragonpass.PassengersInvalid, dragonpass.CheckWalkIn(pass(dragonpass.Lounge), lounge(t), dragonpass.Party{Children: 1}, now))
}

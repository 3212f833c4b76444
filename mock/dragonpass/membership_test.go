package dragonpass_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
)

// TestMembershipMoves tests all 25 cells of the vendor's table (D/v1/338664m0), once without a date and once with one.
func TestMembershipMoves(t *testing.T) {
	now := at(t, "2025-09-01T08:00:00Z")
	states := []dragonpass.MembershipStatus{0, 1, 2, 3, 9}
	const (
		same, yes, no, date = "same", "yes", "no", "date"
	)
	table := [5][5]string{
		/* 0 */ {same, yes, yes, yes, no},
		/* 1 */ {no, same, yes, yes, no},
		/* 2 */ {yes, yes, same, yes, no},
		/* 3 */ {no, no, no, same, no},
		/* 9 */ {no, date, no, yes, same},
	}
	for i, from := range states {
		for j, to := range states {
			t.Run(fmt.Sprintf("%d to %d", from, to), func(t *testing.T) {
				m := dragonpass.Membership{Status: from, ExpirationDate: now}
				if from == dragonpass.MembershipExpired {
					m.Status, m.ExpirationDate = dragonpass.MembershipActive, now.Add(-time.Second)
				}
				require.Equal(t, from, m.StatusAt(now))
				got, err := m.Update(&to, nil, now)
				switch table[i][j] {
				case same:
					refused(t, "", err)
					assert.Equal(t, m, got)
				case yes:
					refused(t, "", err)
					assert.Equal(t, to, got.StatusAt(now))
				case no:
					refused(t, dragonpass.MembershipTransitionRefused, err)
					assert.Equal(t, m, got)
				case date:
					refused(t, dragonpass.ExpirationInvalid, err)
				}
				later := now.Add(time.Hour)
				got, err = m.Update(&to, &later, now)
				switch {
				case table[i][j] == no, table[i][j] == same && (from == 3 || from == 9):
					refused(t, dragonpass.MembershipTransitionRefused, err)
				default:
					refused(t, "", err)
					assert.Equal(t, to, got.StatusAt(now))
					assert.Equal(t, later, got.ExpirationDate)
				}
				_, err = m.Update(&to, &now, now)
				assert.Error(t, err, "a date that is not after now is refused")
			})
		}
	}
}

func TestMembershipExpiresByTheClock(t *testing.T) {
	end := at(t, "2025-09-01T08:00:00Z")
	for status, after := range map[dragonpass.MembershipStatus]dragonpass.MembershipStatus{0: 9, 1: 9, 2: 9, 3: 3} {
		m := dragonpass.Membership{Status: status, ExpirationDate: end}
		assert.Equal(t, status, m.StatusAt(end))
		assert.Equal(t, after, m.StatusAt(end.Add(time.Second)))
	}
	m := dragonpass.Membership{Status: dragonpass.MembershipActive, ExpirationDate: end}
	later := end.Add(time.Hour)
	_, err := m.Update(nil, &later, end.Add(time.Second))
	refused(t, dragonpass.MembershipTransitionRefused, err)
	got, err := m.Update(nil, &later, end)
	refused(t, "", err)
	assert.Equal(t, later, got.ExpirationDate)
}

func TestMembershipCheckUse(t *testing.T) {
	now := at(t, "2025-09-01T08:00:00Z")
	m := dragonpass.Membership{Status: dragonpass.MembershipActive, ExpirationDate: now.Add(time.Hour)}.
		With(dragonpass.Entitlements{Module: dragonpass.Lounge, Cardholder: 1, AllowedGuestsPerUsage: 1})
	one := dragonpass.Party{Adults: 1}
	refused(t, "", m.CheckUse(lounge(t), one, now.Add(time.Hour), now))
	refused(t, dragonpass.EPassExpired, m.CheckUse(lounge(t), one, now.Add(time.Hour+time.Second), now))
	refused(t, dragonpass.MembershipNotActive, m.CheckUse(lounge(t), one, now, now.Add(2*time.Hour)))
	refused(t, dragonpass.GuestsExceeded, m.CheckUse(lounge(t), dragonpass.Party{Adults: 3}, now, now))
	refused(t, dragonpass.EntitlementsExhausted, m.CheckUse(lounge(t), dragonpass.Party{Adults: 2}, now, now))
	lane := lounge(t)
	lane.Module = dragonpass.FastTrack
	refused(t, dragonpass.EntitlementsExhausted, m.CheckUse(lane, one, now, now))
	for _, status := range []dragonpass.MembershipStatus{0, 2, 3} {
		m.Status = status
		refused(t, dragonpass.MembershipNotActive, m.CheckUse(lounge(t), one, now, now))
	}
}

func TestSpend(t *testing.T) {
	for _, row := range []struct {
		name       string
		have       dragonpass.Entitlements
		persons    int
		spent      dragonpass.Spent
		want       dragonpass.Code
		nextGuests int // before
	}{
		{"the cardholder alone", dragonpass.Entitlements{Cardholder: 1, Guests: 1, AllowedGuestsPerUsage: 1}, 1, dragonpass.Spent{Cardholder: 1}, "", 1},
		{"with a guest", dragonpass.Entitlements{Cardholder: 1, Guests: 1, AllowedGuestsPerUsage: 1}, 2, dragonpass.Spent{Cardholder: 1, Guests: 1}, "", 1},
		{"the guest shares", dragonpass.Entitlements{Cardholder: 1, Shared: 2, AllowedGuestsPerUsage: 2}, 2, dragonpass.Spent{Cardholder: 1, Shared: 1}, "", 2},
		{"both share", dragonpass.Entitlements{Shared: 2, AllowedGuestsPerUsage: 2}, 2, dragonpass.Spent{Shared: 2}, "", 1},
		{"a guest visit first, then a shared one", dragonpass.Entitlements{Cardholder: 1, Guests: 1, Shared: 1, AllowedGuestsPerUsage: 5}, 3, dragonpass.Spent{Cardholder: 1, Guests: 1, Shared: 1}, "", 2},
		{"a guest visit is not the cardholder's", dragonpass.Entitlements{Guests: 5, AllowedGuestsPerUsage: 5}, 1, dragonpass.Spent{}, dragonpass.EntitlementsExhausted, 0},
		{"nor a cardholder visit a guest's", dragonpass.Entitlements{Cardholder: 5, AllowedGuestsPerUsage: 5}, 2, dragonpass.Spent{}, dragonpass.EntitlementsExhausted, 0},
		{"too many guests, and too few visits", dragonpass.Entitlements{AllowedGuestsPerUsage: 1}, 3, dragonpass.Spent{}, dragonpass.GuestsExceeded, 0},
		{"none at all", dragonpass.Entitlements{}, 1, dragonpass.Spent{}, dragonpass.EntitlementsExhausted, 0},
		{"the last shared visit is the cardholder's", dragonpass.Entitlements{Shared: 1, AllowedGuestsPerUsage: 3}, 1, dragonpass.Spent{Shared: 1}, "", 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			assert.Equal(t, row.nextGuests, row.have.MaxGuestsNextUse())
			left, spent, err := row.have.Spend(dragonpass.Party{Adults: 1, Children: row.persons - 1})
			refused(t, row.want, err)
			assert.Equal(t, row.spent, spent)
			assert.Equal(t, row.have, left.Refund(spent), "a refund goes back where it came from")
		})
	}
}

// TestMaxGuestsNextUseIsWhatSpendAllows holds the computed number and the rule together.
func TestMaxGuestsNextUseIsWhatSpendAllows(t *testing.T) {
	for n := range 4 * 4 * 4 * 4 {
		e := dragonpass.Entitlements{Cardholder: n % 4, Guests: n / 4 % 4, Shared: n / 16 % 4, AllowedGuestsPerUsage: n / 64}
		most := e.MaxGuestsNextUse()
		_, _, err := e.Spend(dragonpass.Party{Adults: 1 + most})
		assert.Equal(t, e.Cardholder+e.Shared > 0, err == nil, "%+v", e)
		_, _, err = e.Spend(dragonpass.Party{Adults: 2 + most})
		assert.Error(t, err, "%+v", e)
	}
}

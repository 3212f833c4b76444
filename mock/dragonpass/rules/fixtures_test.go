package rules

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/check"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	require.NoError(t, err)
	return z
}

func at(t *testing.T, s string) time.Time {
	t.Helper()
	when, err := time.Parse(time.RFC3339, s)
	require.NoError(t, err)
	return when
}

// refusal takes the refusal out of an error.
func refusal(t *testing.T, err error) *dragonpass.Error {
	t.Helper()
	var e *dragonpass.Error
	require.True(t, errors.As(err, &e), "expected a refusal, got %v", err)
	return e
}

// refused asserts the symbol of a refusal; empty means none.
func refused(t *testing.T, want dragonpass.Code, err error) {
	t.Helper()
	if want == "" {
		require.NoError(t, err)
		return
	}
	e := refusal(t, err)
	assert.Equal(t, want, e.Code, e.Message())
	assert.NotEmpty(t, e.Message())
}

// start is when the tests begin.
const start = "2025-09-01T08:00:00Z"

// lounge is like N00001.
func lounge(t *testing.T) dragonpass.Resource {
	t.Helper()
	r := dragonpass.Resource{
		ResourceID: "N00001", Module: dragonpass.Lounge, Zone: zone(t, "Europe/London"), Name: "Lounge", Price: dragonpass.Price{Currency: "GBP", AdultRate: "28.00", ChildRate: "14.00"},
		WalkInAllowed: true, PrebookingAllowed: true, Capacity: 60, Area: 1, Tier: 1,
		Policy: dragonpass.PrebookingPolicy{
			MaxPassengersPerOrder: 6, AdvanceBookingHours: 24, MaxAdvanceDays: 365, SlotMinutes: 30,
			Cancellation: dragonpass.CancellationPolicy{Cancellable: true, HoursBefore: 24},
		},
	}
	for day := 1; day <= 7; day++ {
		r.OpeningHours = append(r.OpeningHours, dragonpass.OpeningHours{DayOfWeek: day, Open: "05:00", Close: "22:00"})
	}
	require.NoError(t, check.Resource(r))
	return r
}

// pass is a pass for lounges, good for a month from start.
func pass(t *testing.T, usages int) *dragonpass.EPass {
	now := at(t, start)
	return &dragonpass.EPass{EPassID: "1", Module: dragonpass.Lounge, Granted: usages, ActivationDate: now, ExpirationDate: now.AddDate(0, 1, 0)}
}

// member is an active membership with a visit of each kind to lounges, good for a month from start.
func member(t *testing.T) *dragonpass.Membership {
	m := dragonpass.Membership{MembershipID: "1", Status: dragonpass.MembershipActive, ExpirationDate: at(t, start).AddDate(0, 1, 0)}.
		With(dragonpass.Entitlements{Module: dragonpass.Lounge, Cardholder: 1, Guests: 1, Shared: 1, AllowedGuestsPerUsage: 1})
	return &m
}

// A wrong is one thing that can be wrong with an operation P.
type wrong[P any] struct {
	name string
	make func(*P)
	want dragonpass.Code
}

// checkOrder holds the order of checks of an operation: whatever is wrong alone is refused as what it is, and of any two
// wrongs the one that stands first in the list is named.
func checkOrder[P any](t *testing.T, good func() P, decide func(P) error, wrongs []wrong[P]) {
	t.Helper()
	refused(t, "", decide(good()))
	for i, first := range wrongs {
		p := good()
		first.make(&p)
		alone := decide(p)
		t.Run(first.name, func(t *testing.T) { refused(t, first.want, alone) })
		for _, second := range wrongs[i+1:] {
			t.Run(first.name+" before "+second.name, func(t *testing.T) {
				p := good()
				second.make(&p)
				first.make(&p)
				err := decide(p)
				refused(t, first.want, err)
				assert.Equal(t, refusal(t, alone).Complaints[0].Field, refusal(t, err).Complaints[0].Field, "it is the same rule")
			})
		}
	}
}

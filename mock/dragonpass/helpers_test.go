package dragonpass_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
)

// refused asserts the symbol of a refusal; empty means none.
func refused(t *testing.T, want dragonpass.Code, err error) {
	t.Helper()
	if want == "" {
		require.NoError(t, err)
		return
	}
	var refusal *dragonpass.Error
	require.True(t, errors.As(err, &refusal), "expected %s, got %v", want, err)
	assert.Equal(t, want, refusal.Code, refusal.Message)
	assert.NotEmpty(t, refusal.Message)
}

// lounge is like N00001.
func lounge(t *testing.T) dragonpass.Resource {
	t.Helper()
	r := dragonpass.Resource{
		ResourceID: "N00001", Module: dragonpass.Lounge, Zone: zone(t, "Europe/London"), WalkInAllowed: true, PrebookingAllowed: true, Capacity: 60,
		Policy: dragonpass.PrebookingPolicy{
			MaxPassengersPerOrder: 6, AdvanceBookingHours: 24, MaxAdvanceDays: 365, SlotMinutes: 30,
			Cancellation: dragonpass.CancellationPolicy{Cancellable: true, HoursBefore: 24},
		},
	}
	for day := 1; day <= 7; day++ {
		r.OpeningHours = append(r.OpeningHours, dragonpass.OpeningHours{DayOfWeek: day, Open: "05:00", Close: "22:00"})
	}
	require.NoError(t, r.Validate())
	return r
}

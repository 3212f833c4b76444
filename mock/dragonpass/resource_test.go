package dragonpass_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/dragonpass"
)

func TestModule_Words(t *testing.T) {
	for m, word := range map[dragonpass.Module]string{
		dragonpass.Lounge: "lounges", dragonpass.FastTrack: "fastTrack", dragonpass.SetMeal: "setMeals", dragonpass.Coupon: "coupons",
	} {
		assert.Equal(t, word, m.Word())
		assert.Equal(t, m, dragonpass.ModuleOf(word))
		assert.Equal(t, m != dragonpass.FastTrack, m.WalkIn())
		assert.Equal(t, m == dragonpass.Lounge || m == dragonpass.FastTrack, m.Prebooking())
	}
	assert.Zero(t, dragonpass.ModuleOf("spas"))
	assert.Empty(t, dragonpass.Module(9).Word())
}

func TestResource_Prebookable(t *testing.T) {
	for _, row := range []struct {
		module  dragonpass.Module
		allowed bool
		want    bool
	}{{dragonpass.Lounge, true, true}, {dragonpass.FastTrack, true, true}, {dragonpass.Lounge, false, false}, {dragonpass.SetMeal, true, false}} {
		assert.Equal(t, row.want, dragonpass.Resource{Module: row.module, PrebookingAllowed: row.allowed}.Prebookable(), "%+v", row)
	}
}

func TestPolicy_OfPassengersAndCancellation(t *testing.T) {
	for most, want := range map[int]int{0: 6, 1: 1, 6: 6, 7: 7} {
		assert.Equal(t, want, dragonpass.PrebookingPolicy{MaxPassengersPerOrder: most}.MaxPassengers())
	}
	service := at(t, "2025-09-04T09:30:00Z")
	for hours, want := range map[int]string{0: "2025-09-04T09:30:00Z", 1: "2025-09-04T08:30:00Z", 72: "2025-09-01T09:30:00Z"} {
		assert.Equal(t, at(t, want), dragonpass.CancellationPolicy{HoursBefore: hours}.Deadline(service))
	}
}

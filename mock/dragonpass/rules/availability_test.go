package rules

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
)

const date dragonpass.LocalTime = "2025-09-04T10:30"

func availability(t *testing.T) Availability {
	r := lounge(t)
	return Availability{
		AvailabilityRequest: dragonpass.AvailabilityRequest{
			Holder: dragonpass.Holder{EPassID: "1"}, Module: dragonpass.Lounge, ResourceID: "N00001", Date: date, Party: dragonpass.Party{Adults: 1},
		},
		Resource: r, Account: Account{EPass: pass(t, 9)}, Slot: r.SlotOf(date),
	}
}

func TestAvailability_OrderOfChecks(t *testing.T) {
	now := at(t, start)
	checkOrder(t, func() Availability { return availability(t) }, func(a Availability) error { _, err := a.Decide(now); return err }, []wrong[Availability]{
		{"an unknown resource", func(a *Availability) { a.Resource.ResourceID = "" }, dragonpass.ResourceNotFound},
		{"another module", func(a *Availability) { a.Module = dragonpass.FastTrack }, dragonpass.ModuleMismatch},
		{"a pass of another module", func(a *Availability) { a.Account = Account{EPass: &dragonpass.EPass{Module: dragonpass.SetMeal}} }, dragonpass.ModuleMismatch},
		{"no prebooking", func(a *Availability) { a.Resource.PrebookingAllowed = false }, dragonpass.PrebookingNotSupported},
		{"no such date", func(a *Availability) { a.Date = "2025-02-30T10:30" }, dragonpass.PrebookingDateInvalid},
		{"a date that is past", func(a *Availability) { a.Date = "2025-08-31T10:30" }, dragonpass.PrebookingDateInvalid},
		{"no adult", func(a *Availability) { a.Party = dragonpass.Party{Children: 1} }, dragonpass.PassengersInvalid},
		{"seven", func(a *Availability) { a.Party = dragonpass.Party{Adults: 7} }, dragonpass.PassengersInvalid},
		{"an unknown pass", func(a *Availability) { a.Account = Account{} }, dragonpass.EPassNotFound},
		{"a cancelled pass", func(a *Availability) {
			a.Account.EPass = &dragonpass.EPass{Module: dragonpass.Lounge, CancelledAt: now}
		}, dragonpass.EPassCancelled},
	})
}

// TestAvailability_Full_IsAnAnswer holds that only what can never be booked is refused, and a refusal comes before it.
func TestAvailability_Full_IsAnAnswer(t *testing.T) {
	now := at(t, start)
	a := availability(t)
	a.Slot.Left = 0
	got, err := a.Decide(now)
	require.NoError(t, err)
	assert.Equal(t, Offer{Reason: "full"}, got)
	a.Account = Account{}
	_, err = a.Decide(now)
	refused(t, dragonpass.EPassNotFound, err)
}

func TestAvailability_Refusals(t *testing.T) {
	now := at(t, start)
	for _, row := range []struct {
		name string
		edit func(*Availability)
		want dragonpass.Code
	}{
		{"a restaurant", func(a *Availability) {
			a.Module, a.Resource.Module, a.Account.EPass.Module = dragonpass.SetMeal, dragonpass.SetMeal, dragonpass.SetMeal
		}, dragonpass.PrebookingNotSupported},
		{"now, by the wall clock of the lounge", func(a *Availability) { a.Date = "2025-09-01T09:00" }, dragonpass.PrebookingDateInvalid},
		{"a minute from now is a date", func(a *Availability) { a.Date = "2025-09-01T09:01" }, ""},
		{"six", func(a *Availability) { a.Party = dragonpass.Party{Adults: 5, Children: 1} }, ""},
		{"seven", func(a *Availability) { a.Party = dragonpass.Party{Adults: 5, Children: 2} }, dragonpass.PassengersInvalid},
		{"fewer than no children", func(a *Availability) { a.Party = dragonpass.Party{Adults: 2, Children: -1} }, dragonpass.PassengersInvalid},
		{"more than can be counted", func(a *Availability) { a.Party = dragonpass.Party{Adults: math.MaxInt, Children: math.MaxInt} }, dragonpass.PassengersInvalid},
		{"0 means six", func(a *Availability) {
			a.Resource.Policy.MaxPassengersPerOrder, a.Party = 0, dragonpass.Party{Adults: 6}
		}, ""},
		{"0 does not mean seven", func(a *Availability) {
			a.Resource.Policy.MaxPassengersPerOrder, a.Party = 0, dragonpass.Party{Adults: 7}
		}, dragonpass.PassengersInvalid},
		{"nobody is named", func(a *Availability) { a.Holder, a.Account = dragonpass.Holder{}, Account{} }, ""},
		{"an unknown membership", func(a *Availability) {
			a.Holder, a.Account = dragonpass.Holder{MembershipID: "7"}, Account{}
		}, dragonpass.MembershipNotFound},
		{"a pass that is short", func(a *Availability) {
			a.Account, a.Party = Account{EPass: pass(t, 1)}, dragonpass.Party{Adults: 2}
		}, dragonpass.EPassUsagesExhausted},
	} {
		t.Run(row.name, func(t *testing.T) {
			a := availability(t)
			row.edit(&a)
			_, err := a.Decide(now)
			refused(t, row.want, err)
		})
	}
}

func TestAvailability_Places(t *testing.T) {
	now := at(t, start)
	held := func(edit func(*dragonpass.PrebookingToken)) dragonpass.PrebookingToken {
		h := dragonpass.PrebookingToken{ResourceID: "N00001", Date: date, Party: dragonpass.Party{Adults: 2}, Holder: dragonpass.Holder{EPassID: "1"}, Reserved: true}
		edit(&h)
		return h
	}
	same := held(func(*dragonpass.PrebookingToken) {})
	none, two := dragonpass.PrebookingToken{}, dragonpass.Party{Adults: 2}
	for _, row := range []struct {
		name           string
		left, reserved int
		party          dragonpass.Party
		held           dragonpass.PrebookingToken
		full           bool
		after          int // reserved in the slot
	}{
		{"room for all", 2, 0, two, none, false, 2},
		{"one too few", 1, 0, two, none, true, 0},
		{"others have reserved", 3, 2, two, none, true, 0},
		{"the holder's own places are free for it", 2, 2, two, same, false, 2},
		{"with more persons", 3, 2, dragonpass.Party{Adults: 3}, same, false, 3},
		{"but those of the slot are counted", 2, 2, dragonpass.Party{Adults: 3}, same, true, 0},
		{"places at another time are not here", 2, 2, two, held(func(h *dragonpass.PrebookingToken) { h.Date = "2025-09-04T11:00" }), true, 0},
		{"nor places at another resource", 2, 2, two, held(func(h *dragonpass.PrebookingToken) { h.ResourceID = "N00002" }), true, 0},
		{"nor places apart", 2, 1, two, held(func(h *dragonpass.PrebookingToken) { h.Apart = true }), true, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			a := availability(t)
			a.Slot.Left, a.Slot.Reserved, a.Party, a.Held = row.left, row.reserved, row.party, row.held
			got, err := a.Decide(now)
			require.NoError(t, err)
			if row.full {
				assert.Equal(t, Offer{Reason: "full"}, got)
				return
			}
			assert.Equal(t, dragonpass.Slot{ResourceID: "N00001", Date: date, Left: row.left, Reserved: row.after}, got.Slot)
			assert.Equal(t, dragonpass.PrebookingToken{
				Module: dragonpass.Lounge, ResourceID: "N00001", Date: date, ServiceAt: at(t, "2025-09-04T09:30:00Z"), Party: row.party,
				Holder: dragonpass.Holder{EPassID: "1"}, ValidUntil: now.Add(10 * time.Minute), Reserved: true,
			}, inUTC(got.Token))
		})
	}
	a := availability(t)
	a.Holder, a.Account = dragonpass.Holder{}, Account{}
	got, err := a.Decide(now)
	require.NoError(t, err)
	assert.False(t, got.Token.Reserved)
	assert.Equal(t, a.Slot, got.Slot, "without a holder nothing is held")
}

func inUTC(token dragonpass.PrebookingToken) dragonpass.PrebookingToken {
	token.ServiceAt = token.ServiceAt.UTC()
	return token
}

func TestClosed(t *testing.T) {
	mixed := lounge(t)
	mixed.OpeningHours = []dragonpass.OpeningHours{
		{DayOfWeek: 4, Open: "00:00", Close: "24:00"},                                                // Thursday
		{DayOfWeek: 5, Open: "05:10", Close: "09:00"}, {DayOfWeek: 5, Open: "18:00", Close: "23:59"}, // Friday
	}
	for _, row := range []struct {
		name     string
		resource dragonpass.Resource
		now      string
		date     dragonpass.LocalTime
		open     bool
	}{
		{"a day ahead to the second", lounge(t), "2025-09-03T09:30:00Z", "2025-09-04T10:30", true},
		{"a second less", lounge(t), "2025-09-03T09:30:01Z", "2025-09-04T10:30", false},
		{"365 days ahead to the second", lounge(t), "2025-09-03T09:30:00Z", "2026-09-03T10:30", true},
		{"a second more", lounge(t), "2025-09-03T09:29:59Z", "2026-09-03T10:30", false},
		{"a day ahead is 24 hours, not a wall day, when clocks go forward", lounge(t), "2025-03-29T10:30:00Z", "2025-03-30T10:30", false},
		{"an hour earlier it is", lounge(t), "2025-03-29T09:30:00Z", "2025-03-30T10:30", true},
		{"the first slot", lounge(t), "2025-09-01T08:00:00Z", "2025-09-04T05:00", true},
		{"before it", lounge(t), "2025-09-01T08:00:00Z", "2025-09-04T04:30", false},
		{"the last slot", lounge(t), "2025-09-01T08:00:00Z", "2025-09-04T21:30", true},
		{"at closing", lounge(t), "2025-09-01T08:00:00Z", "2025-09-04T22:00", false},
		{"off the grid", lounge(t), "2025-09-01T08:00:00Z", "2025-09-04T10:31", false},
		{"midnight of an all-day Thursday", mixed, "2025-09-01T08:00:00Z", "2025-09-04T00:00", true},
		{"its last slot", mixed, "2025-09-01T08:00:00Z", "2025-09-04T23:30", true},
		{"the grid counts from opening", mixed, "2025-09-01T08:00:00Z", "2025-09-05T05:40", true},
		{"and from nothing else", mixed, "2025-09-01T08:00:00Z", "2025-09-05T05:30", false},
		{"a slot that would end after closing", mixed, "2025-09-01T08:00:00Z", "2025-09-05T08:40", false},
		{"between two spans", mixed, "2025-09-01T08:00:00Z", "2025-09-05T12:00", false},
		{"in the second span", mixed, "2025-09-01T08:00:00Z", "2025-09-05T18:30", true},
		{"a closed Saturday", mixed, "2025-09-01T08:00:00Z", "2025-09-06T10:30", false},
	} {
		t.Run(row.name, func(t *testing.T) {
			service, err := row.date.In(row.resource.Zone)
			require.NoError(t, err)
			reason := Closed(&row.resource, row.date, service, at(t, row.now))
			assert.Equal(t, row.open, reason == "", reason)
		})
	}
}

// TestClosed_SaysWhy: the reason is what an author reads who wonders why there is no place.
func TestClosed_SaysWhy(t *testing.T) {
	const closed, grid = "closed at that hour", "not on the slot grid: a slot begins every 30 min from opening"
	for date, want := range map[dragonpass.LocalTime]string{
		"2025-09-04T04:59": closed, "2025-09-04T05:00": "", "2025-09-04T05:01": grid, "2025-09-04T21:59": grid, "2025-09-04T22:00": closed,
		"2025-09-01T10:00": "too late: it must be booked at least 24 h ahead", "2026-09-04T10:00": "too early: it can be booked at most 365 days ahead",
	} {
		r := lounge(t)
		service, err := date.In(r.Zone)
		require.NoError(t, err)
		assert.Equal(t, want, Closed(&r, date, service, at(t, start)), date)
	}
}

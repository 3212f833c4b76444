package vendor_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/option"
	"dragonmock/mock/dragonpass/vendor"
)

var now = time.Date(2025, 9, 1, 8, 0, 0, 0, time.UTC)

func resource() dragonpass.Resource {
	return dragonpass.Resource{
		ResourceID: "N1", Module: dragonpass.Lounge, Zone: time.UTC, WalkInAllowed: true, PrebookingAllowed: true, Capacity: 4,
		OpeningHours: []dragonpass.OpeningHours{{DayOfWeek: 1, Open: "06:00", Close: "12:00"}}, Policy: dragonpass.PrebookingPolicy{SlotMinutes: 30},
	}
}

func booking() dragonpass.Order {
	return dragonpass.Order{
		OrderID: "PB1", ResourceID: "N1", Module: dragonpass.Lounge, Category: dragonpass.Prebooking, Status: dragonpass.Confirmed,
		Date: "2025-09-01T10:00", ServiceAt: now.Add(2 * time.Hour), Party: dragonpass.Party{Adults: 2}, Vouchers: []dragonpass.Voucher{{Code: "1"}},
	}
}

// TestRemarks_AreCountedInCharacters: of both, at their bounds.
func TestRemarks_AreCountedInCharacters(t *testing.T) {
	t.Parallel()
	for remarks, want := range map[string]string{
		"": "expected 1 to 500 characters, got 0", "x": "", strings.Repeat("ü", 500): "", strings.Repeat("x", 501): "got 501",
	} {
		closing := vendor.Closing{ResourceID: "N1", Remarks: remarks, Resource: resource()}
		_, err := closing.Decide()
		move := vendor.Move{OrderID: "PB1", Date: "2025-09-01T11:00", Remarks: remarks, Order: booking(), Resource: resource(), Slot: dragonpass.Slot{Left: 4}}
		_, wrong := move.Decide(now)
		for _, err := range []error{err, wrong} {
			if want == "" {
				require.NoError(t, err)
			} else {
				require.ErrorContains(t, err, want)
			}
		}
	}
}

func TestClosing(t *testing.T) {
	t.Parallel()
	closing := vendor.Closing{ResourceID: "N1", Remarks: "x", Resource: resource()}
	r, err := closing.Decide()
	require.NoError(t, err)
	want := resource()
	want.WalkInAllowed, want.PrebookingAllowed = false, false
	assert.Equal(t, want, r)
	closing.Resource = dragonpass.Resource{}
	_, err = closing.Decide()
	assert.ErrorContains(t, err, "RESOURCE_NOT_FOUND")
}

func TestMove(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name   string
		change func(*vendor.Move)
		want   dragonpass.Code // empty: it moves
	}{
		{"to the last time of the day", func(m *vendor.Move) { m.Date = "2025-09-01T11:30" }, ""},
		{"after closing", func(m *vendor.Move) { m.Date = "2025-09-01T12:00" }, dragonpass.PrebookingDateInvalid},
		{"off the grid", func(m *vendor.Move) { m.Date = "2025-09-01T11:15" }, dragonpass.PrebookingDateInvalid},
		{"earlier", func(m *vendor.Move) { m.Date = "2025-09-01T08:30" }, ""},
		{"to now", func(m *vendor.Move) { m.Date = "2025-09-01T08:00" }, dragonpass.PrebookingDateInvalid},
		{"to no time", func(m *vendor.Move) { m.Date = "noon" }, dragonpass.PrebookingDateInvalid},
		{"to where it is", func(m *vendor.Move) { m.Date = m.Order.Date }, dragonpass.PrebookingDateInvalid},
		{"just enough places", func(m *vendor.Move) { m.Slot.Left = 2 }, ""},
		{"one place too few", func(m *vendor.Move) { m.Slot.Left = 1 }, dragonpass.SlotUnavailable},
		{"others have reserved", func(m *vendor.Move) { m.Slot.Reserved = 3 }, dragonpass.SlotUnavailable},
		{"moved before", func(m *vendor.Move) { m.Order.Status = dragonpass.Modified }, ""},
		{"pending", func(m *vendor.Move) { m.Order.Status = dragonpass.Pending }, dragonpass.OrderNotCancellable},
		{"at the last instant of its window", func(m *vendor.Move) { m.Order.ServiceAt = now.Add(-3 * time.Hour) }, ""},
		{"missed", func(m *vendor.Move) { m.Order.ServiceAt = now.Add(-3*time.Hour - time.Second) }, dragonpass.OrderNotCancellable},
		{"further ahead than clients can book", func(m *vendor.Move) { m.Resource.Policy.MaxAdvanceDays, m.Date = 1, "2026-09-07T10:00" }, ""},
		{"sooner than clients can book", func(m *vendor.Move) { m.Resource.Policy.AdvanceBookingHours, m.Date = 24, "2025-09-01T08:30" }, ""},
		{"used", func(m *vendor.Move) { m.Order.Status = dragonpass.Used }, dragonpass.OrderNotCancellable},
		{"cancelled", func(m *vendor.Move) { m.Order.Status = dragonpass.Cancelled }, dragonpass.OrderNotCancellable},
		{"a walk-in", func(m *vendor.Move) { m.Order.Category = dragonpass.WalkIn }, dragonpass.OrderNotCancellable},
		{"none", func(m *vendor.Move) { m.Order = dragonpass.Order{} }, dragonpass.OrderNotFound},
		{"the resource cannot be booked", func(m *vendor.Move) { m.Resource.PrebookingAllowed = false }, dragonpass.PrebookingNotSupported},
	} {
		move := vendor.Move{OrderID: "PB1", Date: "2025-09-01T11:00", Remarks: "x", Order: booking(), Resource: resource(), Slot: dragonpass.Slot{Left: 4}}
		row.change(&move)
		moved, err := move.Decide(now)
		if row.want != "" {
			var refused *dragonpass.Error
			require.ErrorAs(t, err, &refused, row.name)
			assert.Equal(t, row.want, refused.Code, row.name)
			continue
		}
		require.NoError(t, err, row.name)
		want := move.Order
		want.Status, want.Date, want.ModifiedAt = dragonpass.Modified, move.Date, now
		want.ServiceAt, err = move.Date.In(time.UTC)
		require.NoError(t, err)
		assert.Equal(t, want, moved, row.name)
	}
}

// TestEnds: what stands, but for an eSIM of which a top-up is used.
func TestEnds(t *testing.T) {
	t.Parallel()
	esim, bought := booking(), option.Bought{Until: now}
	esim.OptionID = "E1-01"
	for _, row := range []struct {
		name   string
		topUps []dragonpass.OrderStatus
		at     time.Time
		want   bool
	}{
		{"without top-ups", nil, now, true},
		{"with what ends too, or has", []dragonpass.OrderStatus{dragonpass.Pending, dragonpass.Confirmed, dragonpass.Modified, dragonpass.Cancelled, dragonpass.Failed}, now, true},
		{"with one that is used", []dragonpass.OrderStatus{dragonpass.Confirmed, dragonpass.Used}, now, false},
		{"a second after its end", nil, now.Add(time.Second), false},
	} {
		var topUps []dragonpass.Order
		for _, s := range row.topUps {
			topUps = append(topUps, dragonpass.Order{Status: s})
		}
		assert.Equal(t, row.want, vendor.Ends(&esim, bought, topUps, row.at), row.name)
	}
}

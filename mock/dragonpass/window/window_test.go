package window_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/option"
	"dragonmock/mock/dragonpass/window"
)

var service = time.Date(2025, 9, 1, 10, 0, 0, 0, time.UTC)

func booking(s dragonpass.OrderStatus) dragonpass.Order {
	return dragonpass.Order{Category: dragonpass.Prebooking, Status: s, ServiceAt: service}
}

func TestStands_ByStatus(t *testing.T) {
	t.Parallel()
	for status, want := range map[dragonpass.OrderStatus]bool{
		dragonpass.Pending: true, dragonpass.Confirmed: true, dragonpass.Modified: true,
		dragonpass.Used: false, dragonpass.Cancelled: false, dragonpass.Failed: false,
	} {
		o := booking(status)
		assert.Equal(t, want, window.Stands(&o, option.Bought{}, service), status)
		o.Category = dragonpass.WalkIn
		assert.False(t, window.Stands(&o, option.Bought{}, service), "a walk-in is no booking")
	}
}

// TestStands_UntilItsTimeIsOver: at the last instant it does, a second later it was missed.
func TestStands_UntilItsTimeIsOver(t *testing.T) {
	t.Parallel()
	plain, chosen := booking(dragonpass.Confirmed), booking(dragonpass.Confirmed)
	chosen.OptionID = "L1-01"
	bought := option.Bought{From: service.Add(time.Hour), Until: service.Add(48 * time.Hour)}
	for _, row := range []struct {
		name        string
		o           dragonpass.Order
		from, until time.Time
	}{
		{"around its time", plain, service.Add(-time.Hour), service.Add(3 * time.Hour)},
		{"what was bought of an option", chosen, bought.From, bought.Until},
	} {
		from, until := window.Of(&row.o, bought)
		assert.Equal(t, []time.Time{row.from, row.until}, []time.Time{from, until}, row.name)
		assert.True(t, window.Stands(&row.o, bought, from.Add(-1000*time.Hour)), row.name)
		assert.True(t, window.Stands(&row.o, bought, until), row.name)
		assert.False(t, window.Stands(&row.o, bought, until.Add(time.Second)), row.name)
	}
}

package rules

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
)

func cancel(t *testing.T) Cancel {
	return Cancel{OrderID: "DP1", Resource: lounge(t), Order: dragonpass.Order{
		OrderID: "DP1", Status: dragonpass.Confirmed, Category: dragonpass.Prebooking, ResourceID: "N00001", ServiceAt: at(t, "2025-09-04T09:30:00Z"),
	}}
}

func TestCancel_OrderOfChecks(t *testing.T) {
	edit := func(change func(*dragonpass.Order)) func(*Cancel) {
		return func(c *Cancel) { change(&c.Order) }
	}
	checkOrder(t, func() Cancel { return cancel(t) }, func(c Cancel) error { _, err := c.Decide(at(t, start)); return err }, []wrong[Cancel]{
		{"no such order", func(c *Cancel) { c.Order.OrderID = "" }, dragonpass.OrderNotFound},
		{"no such resource", func(c *Cancel) { c.Resource.ResourceID = "" }, dragonpass.ResourceNotFound},
		{"cancelled", edit(func(o *dragonpass.Order) { o.Status = dragonpass.Cancelled }), dragonpass.OrderAlreadyCancelled},
		{"a walk-in", edit(func(o *dragonpass.Order) { o.Category = dragonpass.WalkIn }), dragonpass.OrderNotCancellable},
		{"used", edit(func(o *dragonpass.Order) { o.Status = dragonpass.Used }), dragonpass.OrderAlreadyUsed},
		{"failed", edit(func(o *dragonpass.Order) { o.Status = dragonpass.Failed }), dragonpass.OrderNotCancellable},
		{"not cancellable", func(c *Cancel) { c.Resource.Policy.Cancellation.Cancellable = false }, dragonpass.OrderNotCancellable},
		{"an eSIM with a top-up", func(c *Cancel) {
			c.TopUps = []dragonpass.Order{{Status: dragonpass.Failed}, {Status: dragonpass.Pending}}
		}, dragonpass.OrderNotCancellable},
		{"too late", edit(func(o *dragonpass.Order) { o.ServiceAt = at(t, start) }), dragonpass.CancellationWindowClosed},
	})
}

func TestCancel_Order(t *testing.T) {
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
			c := Cancel{OrderID: "DP1", Order: o, Resource: dragonpass.Resource{ResourceID: "N00001", Policy: dragonpass.PrebookingPolicy{Cancellation: row.policy}}}
			got, err := c.Decide(at(t, row.now))
			refused(t, row.want, err)
			assert.Equal(t, o, c.Order, "what was looked up is not modified")
			if row.want == "" {
				assert.Equal(t, dragonpass.Cancelled, got.Order.Status)
				assert.Equal(t, at(t, row.now), got.Order.CancelledAt)
			} else {
				assert.Equal(t, Cancelled{}, got)
			}
		})
	}
}

func TestCancel_EPass(t *testing.T) {
	now := at(t, start)
	unused := dragonpass.EPass{EPassID: "1", OrderID: "DP1", Granted: 1, ExpirationDate: now.Add(-time.Hour)}
	decide := func(p dragonpass.EPass) (Cancelled, error) {
		c := Cancel{OrderID: "DP1", EPass: p}
		return c.Decide(now)
	}
	got, err := decide(unused)
	require.NoError(t, err, "an expired one too")
	assert.Equal(t, dragonpass.Cancelled, got.EPass.IssueStatus())
	_, err = decide(got.EPass)
	refused(t, dragonpass.OrderAlreadyCancelled, err)
	_, err = decide(unused.Take(1))
	refused(t, dragonpass.EPassInUse, err)
	_, err = decide(got.EPass.Take(1))
	refused(t, dragonpass.OrderAlreadyCancelled, err)
	_, err = decide(unused.Take(1).Refund(1))
	refused(t, "", err)
}

// TestESIM_EndsAfterItsTopUps: by a client and at the venue alike, while one of them has not ended.
func TestESIM_EndsAfterItsTopUps(t *testing.T) {
	for status, want := range map[dragonpass.OrderStatus]dragonpass.Code{
		dragonpass.Pending: dragonpass.OrderNotCancellable, dragonpass.Confirmed: dragonpass.OrderNotCancellable, dragonpass.Modified: dragonpass.OrderNotCancellable,
		dragonpass.Used: dragonpass.OrderNotCancellable, dragonpass.Cancelled: "", dragonpass.Failed: "",
	} {
		topUps := []dragonpass.Order{{OrderID: "DP3", Status: dragonpass.Cancelled}, {OrderID: "DP2", Status: status}}
		c := cancel(t)
		c.TopUps = topUps
		_, err := c.Decide(at(t, start))
		refused(t, want, err)
		r := Reverse{OrderID: "DP1", Order: dragonpass.Order{OrderID: "DP1", Status: dragonpass.Used}, TopUps: topUps}
		_, wrong := r.Decide(at(t, start))
		refused(t, want, wrong)
		if want != "" {
			assert.Equal(t, "the eSIM of order DP1 has a top-up, order DP2", refusal(t, err).Message())
			assert.Equal(t, refusal(t, err), refusal(t, wrong))
		}
	}
}

package booking

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

// TestSlowVenue holds which operations look at a resource for a client, so that the slow test venue slows them.
func TestSlowVenue(t *testing.T) {
	const slow = "N99913"
	p := newTown(t)
	pass := p.issue(9)
	order := p.book(pass.Holder(), p.ask(pass.Holder(), slow, date, 1).Token)
	token, cancelled := p.ask(pass.Holder(), slow, date, 1), p.book(pass.Holder(), p.ask(dragonpass.Holder{}, slow, date, 1).Token)
	r := run(p, func(tx *world.Tx) (dragonpass.Resource, error) { return ShowResource(tx, slow) })
	for _, row := range []struct {
		name string
		slow bool
		do   func(*world.Tx) error
	}{
		{"retrieveResource", true, func(tx *world.Tx) error { _, err := ShowResource(tx, slow); return err }},
		{"retrieveResource of another", false, func(tx *world.Tx) error { _, err := ShowResource(tx, "N00001"); return err }},
		{"checkPrebookingAvailability", true, func(tx *world.Tx) error {
			_, err := CheckAvailability(tx, asked(dragonpass.Holder{}, slow, date, 1))
			return err
		}},
		{"createEPassLoungePrebooking", true, func(tx *world.Tx) error { _, err := Prebook(tx, booking(pass.Holder(), token.Token)); return err }},
		{"retrieveEPassUsageOrder", true, func(tx *world.Tx) error { _, err := EPassUsageOrder(tx, order.OrderID); return err }},
		{"listEPassUsageOrders", true, func(tx *world.Tx) error {
			_, err := UsageOrders(tx, pass.Holder(), OrdersFilter{}, Page{10, 1}, whole)
			return err
		}},
		{"cancelOrder", true, func(tx *world.Tx) error { _, err := CancelOrder(tx, cancelled.OrderID); return err }},
		{"createEPass with it in scope", false, func(tx *world.Tx) error {
			request := issueRequest(1)
			request.AllowedResources = []string{slow}
			_, err := IssueEPass(tx, request)
			return err
		}},
		{"listTransportHubResources", false, func(tx *world.Tx) error {
			got, err := TransportHubResources(tx, r.Hub.TransportHubID, 0, Page{100, 1})
			assert.Greater(t, len(got.Items), 10)
			return err
		}},
		{"setSlot", false, func(tx *world.Tx) error { _, err := FillSlot(tx, slow, "", later, 3); return err }},
		{"patchResource", false, func(tx *world.Tx) error { _, err := patchResource(tx, slow, []byte(`{"capacity": 9}`)); return err }},
		{"redeem", false, func(tx *world.Tx) error {
			_, err := WalkInShown(tx, pass.EPassID, slow, dragonpass.Party{Adults: 1})
			return err
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			require.NoError(t, p.try(func(tx *world.Tx) error {
				err := row.do(tx)
				_, slow := tx.Slow()
				assert.Equal(t, row.slow, slow)
				return err
			}))
		})
	}
}

func TestResources_OfThisWorld(t *testing.T) {
	p := newTown(t)
	p.refused(dragonpass.ResourceNotFound, func(tx *world.Tx) error { _, err := ShowResource(tx, "N77777"); return err })
	p.refused(dragonpass.ResourceNotFound, func(tx *world.Tx) error { _, err := patchResource(tx, "N77777", []byte(`{}`)); return err })
	p.refused(dragonpass.InvalidRequest, func(tx *world.Tx) error {
		_, err := patchResource(tx, "N00001", []byte(`{"capacity": -1}`))
		return err
	})
	p.refused(dragonpass.InvalidRequest, func(tx *world.Tx) error {
		_, err := patchResource(tx, "N00001", []byte(`{"resourceId": "N2"}`))
		return err
	})
	p.advance(time.Hour)
	patched := run(p, func(tx *world.Tx) (dragonpass.Resource, error) {
		return patchResource(tx, "N00001", []byte(`{"capacity": 1}`))
	})
	assert.Equal(t, 1, patched.Capacity)
	assert.Equal(t, patched, run(p, func(tx *world.Tx) (dragonpass.Resource, error) { return ShowResource(tx, "N00001") }))
	p.advance(time.Hour)
	run(p, func(tx *world.Tx) (dragonpass.Resource, error) {
		return patchResource(tx, "C00001", []byte(`{"capacity": 1}`))
	})
	want := []store.ResourceUpdate{
		{ResourceID: "N00001", Module: dragonpass.Lounge, UpdatedAt: start.Add(time.Hour)},
		{ResourceID: "C00001", Module: dragonpass.FastTrack, UpdatedAt: start.Add(2 * time.Hour)},
	}
	for since, from := range map[time.Time]int{start: 0, start.Add(time.Hour): 0, start.Add(time.Hour + time.Second): 1, start.Add(3 * time.Hour): 2} {
		got := read(p, func(tx *world.Tx) Paged[store.ResourceUpdate] { return ResourceUpdates(tx, since, Page{10, 1}) })
		assert.Equal(t, len(want[from:]), got.Total)
		assert.Equal(t, append([]store.ResourceUpdate(nil), want[from:]...), append([]store.ResourceUpdate(nil), got.Items...))
	}
}

func TestTransportHubs(t *testing.T) {
	p := newTown(t)
	p.refused(dragonpass.TransportHubNotFound, func(tx *world.Tx) error { _, err := TransportHub(tx, "A7"); return err })
	p.refused(dragonpass.TransportHubNotFound, func(tx *world.Tx) error { _, err := TransportHubResources(tx, "A7", 0, Page{10, 1}); return err })
	hub := run(p, func(tx *world.Tx) (dragonpass.TransportHub, error) { return TransportHub(tx, "A00001") })
	for name, filter := range map[string]HubFilter{
		"iata": {IATA: hub.IATA}, "country": {CountryOrRegion: hub.CountryOrRegion}, "all": {IATA: hub.IATA, CountryOrRegion: hub.CountryOrRegion, Type: hub.Type},
	} {
		assert.Contains(t, read(p, func(tx *world.Tx) Paged[dragonpass.TransportHub] { return TransportHubs(tx, filter, Page{1000, 1}) }).Items, hub, name)
	}
	assert.Empty(t, read(p, func(tx *world.Tx) Paged[dragonpass.TransportHub] {
		return TransportHubs(tx, HubFilter{IATA: "???"}, Page{1000, 1})
	}).Items)
	lanes := run(p, func(tx *world.Tx) (Paged[dragonpass.Resource], error) {
		return TransportHubResources(tx, "A00001", dragonpass.FastTrack, Page{1000, 1})
	})
	for _, r := range lanes.Items {
		assert.Equal(t, dragonpass.FastTrack, r.Module)
	}
	assert.NotEmpty(t, lanes.Items)
}

// patchResource is [PatchResource], whether it changes anything or not.
func patchResource(tx *world.Tx, id string, patch []byte) (dragonpass.Resource, error) {
	r, _, err := PatchResource(tx, id, patch)
	return r, err
}

// TestPatchResource_ThatChangesNothing: the resource was not updated, whatever it is that the patch names.
func TestPatchResource_ThatChangesNothing(t *testing.T) {
	p := newTown(t)
	for id, patch := range map[string]string{
		"N00001": `{"walkInAllowed":true}`, "N00012": `{"prebookingPolicy":{}}`, "C00001": `{"resourceId":"C00001"}`, "E10401": `{"walkInAllowed":false,"prebookingAllowed":true}`,
	} {
		run(p, func(tx *world.Tx) (dragonpass.Resource, error) {
			before, _ := FindResource(tx, id)
			r, changed, err := PatchResource(tx, id, []byte(patch))
			assert.False(t, changed, id)
			assert.Equal(t, before.WalkInAllowed, r.WalkInAllowed, id)
			return r, err
		})
	}
	updates := read(p, func(tx *world.Tx) Paged[store.ResourceUpdate] {
		return ResourceUpdates(tx, start, Page{Size: 10, Number: 1})
	})
	assert.Empty(t, updates.Items)
	p.refused(dragonpass.InvalidRequest, func(tx *world.Tx) error { _, err := patchResource(tx, "N00001", []byte(`{}`)); return err })
}

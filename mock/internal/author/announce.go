package author

import (
	"errors"
	"slices"
	"strconv"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/news"
	"dragonmock/mock/dragonpass/rules"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/nearest"
	"dragonmock/mock/internal/outbox"
	"dragonmock/mock/internal/world"
)

// MaxAnnounced is how many things one announcement tells of.
const MaxAnnounced = 10_000

// Announcement has the vendor tell of things at once, whether anything changed or not: hubs, or resources.
type Announcement struct {
	Type news.Kind
	IDs  []string // of hubs for [news.HubsUpdated], of resources otherwise
}

// Announce tells those who subscribed of things, in one batch, and returns how many messages it has. Errors:
// INVALID_REQUEST for an event that is not batched or that nobody subscribed to, for none or more than [MaxAnnounced]
// ids, and for one that comes twice; RESOURCE_NOT_FOUND; TRANSPORT_HUB_NOT_FOUND.
func Announce(tx *world.Tx, a Announcement) (messages int, err error) {
	switch {
	case !a.Type.Batched():
		return 0, refuse("type", "expected an event of many things"+nearest.DidYouMean(string(a.Type), batched()))
	case len(a.IDs) < 1 || len(a.IDs) > MaxAnnounced:
		return 0, refuse("ids", "expected 1 to "+strconv.Itoa(MaxAnnounced)+" ids")
	}
	if err := CheckHeard(tx, a.Type); err != nil {
		return 0, err
	}
	var groups []news.Group
	seen := map[string]bool{}
	for i, id := range a.IDs {
		at := "ids." + strconv.Itoa(i)
		if seen[id] {
			return 0, refuse(at, "%s comes twice", id)
		}
		seen[id] = true
		m, err := Announced(tx, a.Type, id)
		if err != nil {
			return 0, rules.Renamed(err, "", at)
		}
		own := slices.IndexFunc(groups, func(g news.Group) bool { return g.Module == m })
		if own < 0 {
			own, groups = len(groups), append(groups, news.Group{Module: m})
		}
		groups[own].IDs = append(groups[own].IDs, id)
	}
	return outbox.Announce(tx, a.Type, groups...), nil
}

// CheckHeard refuses an event that nobody has subscribed to: INVALID_REQUEST.
func CheckHeard(tx *world.Tx, kind news.Kind) error {
	if tx.Receivers().Of(kind) == "" {
		return refuse("type", "nobody has subscribed to %s: give the world a URL for it", kind)
	}
	return nil
}

// batched are the names of the events that tell of many things.
func batched() (names []string) {
	for _, k := range news.Kinds() {
		if k.Batched() {
			names = append(names, string(k))
		}
	}
	return names
}

// Announced is the module of what an event tells of: that of a resource; 0 for a hub. Errors, of no field:
// RESOURCE_NOT_FOUND, TRANSPORT_HUB_NOT_FOUND.
func Announced(tx *world.Tx, kind news.Kind, id string) (dragonpass.Module, error) {
	if kind == news.HubsUpdated {
		_, err := booking.TransportHub(tx, id)
		return 0, rules.Renamed(meantHub(tx, id, err), "transportHubId", "")
	}
	r, found := booking.FindResource(tx, id)
	return r.Module, rules.Renamed(meantResource(tx, id, rules.RequireResource(id, found)), "resourceId", "")
}

// meantHub adds to the refusal of a hub that there is not which one was meant.
func meantHub(tx *world.Tx, id string, err error) error {
	if refused, ok := errors.AsType[*dragonpass.Error](err); ok {
		var known []string
		for _, h := range tx.Catalog().Hubs() {
			known = append(known, h.TransportHubID)
		}
		refused.Complaints[0].Text += nearest.DidYouMean(id, known)
	}
	return err
}

package author

import (
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

// Announce tells those who subscribed of things, in one batch, and returns how many messages it has. Errors: INVALID_REQUEST
// for an event that is not batched or that nobody subscribed to, for none or more than [MaxAnnounced] ids, and for one that comes
// twice; RESOURCE_NOT_FOUND; TRANSPORT_HUB_NOT_FOUND.
func Announce(tx *world.Tx, a Announcement) (messages int, err error) {
	switch {
	case !a.Type.Batched():
		return 0, refuse("type", "expected an event of many things"+nearest.DidYouMean(string(a.Type), batched()))
	case len(a.IDs) < 1 || len(a.IDs) > MaxAnnounced:
		return 0, refuse("ids", "expected 1 to "+strconv.Itoa(MaxAnnounced)+" ids")
	case tx.Receivers().Of(a.Type) == "":
		return 0, refuse("type", "nobody has subscribed to "+string(a.Type)+": give the world a URL for it")
	}
	var groups []news.Group
	seen := map[string]bool{}
	for i, id := range a.IDs {
		if seen[id] {
			return 0, refuse("ids/"+strconv.Itoa(i), "it comes twice")
		}
		seen[id] = true
		m, err := moduleOf(tx, a.Type, id)
		if err != nil {
			return 0, err
		}
		at := slices.IndexFunc(groups, func(g news.Group) bool { return g.Module == m })
		if at < 0 {
			at, groups = len(groups), append(groups, news.Group{Module: m})
		}
		groups[at].IDs = append(groups[at].IDs, id)
	}
	return outbox.Announce(tx, a.Type, groups...), nil
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

// moduleOf is the module of what an event tells of: that of a resource; 0 for a hub.
func moduleOf(tx *world.Tx, kind news.Kind, id string) (dragonpass.Module, error) {
	if kind == news.HubsUpdated {
		_, err := booking.TransportHub(tx, id)
		return 0, err
	}
	r, found := booking.FindResource(tx, id)
	return r.Module, meantResource(tx, id, rules.RequireResource(id, found))
}

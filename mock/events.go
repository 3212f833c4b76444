package mock

import (
	"time"

	"dragonmock/mock/dragonpass/news"
	"dragonmock/mock/internal/author"
	"dragonmock/mock/internal/keyring"
)

// EventKey is a key by which the vendor signs an event of v2 now. It is for tests alone: it follows from the seed of
// the world.
type EventKey struct {
	Event     string    // such as walkin.redemption
	KeyID     string    // the kid of its signatures
	PublicKey string    // PEM
	Until     time.Time // when it ends; zero: it is the newest
}

// EventKeys lists the keys that sign an event now, oldest first; of all events when it is empty. Errors:
// INVALID_REQUEST for an event that there is not; WORLD_ENDED.
func (w *World) EventKeys(event string) ([]EventKey, error) {
	return eventKeysOf(author.Run(w.world, "listEventKeys", author.ListEventKeys, news.Kind(event)))
}

// RotateEventKeys begins a new key set of an event, beside which the one before signs for the overlap: either, by the
// seed. It returns those that sign now. Errors: INVALID_REQUEST for an event that there is not, an overlap below 0 or
// above 365 days, and while two sets sign; WORLD_ENDED.
func (w *World) RotateEventKeys(event string, overlap time.Duration) ([]EventKey, error) {
	return eventKeysOf(author.Run(w.world, "rotateEventKeys", author.RotateEventKeys, keyring.Rotation{Event: news.Kind(event), Overlap: &overlap}))
}

// Announce has the vendor tell of hubs, or of resources, in one batch of an event of v2, whether anything has changed
// or not: transportHub.metadata.updated, resource.metadata.updated or resource.availability.changed. The ids, 1 to
// 10,000 and each once, are those of hubs for the first and of resources for the others. It returns how many messages
// the batch has: each tells of at most 100 things, of one module. Errors: INVALID_REQUEST for another event, for one
// that the world has no URL for, and for no id, too many, or one that comes twice; RESOURCE_NOT_FOUND;
// TRANSPORT_HUB_NOT_FOUND; WORLD_ENDED.
func (w *World) Announce(event string, ids ...string) (messages int, err error) {
	return author.Run(w.world, "announce", author.Announce, author.Announcement{Type: news.Kind(event), IDs: ids})
}

func eventKeysOf(sets []keyring.Set, err error) ([]EventKey, error) {
	list := make([]EventKey, len(sets))
	for i, s := range sets {
		list[i] = EventKey{Event: string(s.Event), KeyID: s.Name.KeyID(), Until: s.Until}
		if list[i].PublicKey, err = s.Name.PEM(); err != nil {
			return nil, err
		}
	}
	return list, err
}

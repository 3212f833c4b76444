package keyring

import (
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/news"
	"dragonmock/mock/internal/nearest"
	"dragonmock/mock/internal/seed"
	"dragonmock/mock/internal/signet"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

// The overlap of two key sets: one week unless it is asked for otherwise; the vendor says one to two weeks (S).
const (
	DefaultOverlap = 7 * 24 * time.Hour
	MaxOverlap     = 365 * 24 * time.Hour
)

// Set is a key set that signs an event now.
type Set struct {
	Event news.Kind
	Name  signet.Name
	Until time.Time // when it ends; zero: it is the newest
}

// sets are those of an event, as they were never changed: the first one alone.
func sets(tx *world.Tx, event news.Kind) store.KeySets {
	if s, ok := tx.KeySets.Get(string(event)); ok {
		return s
	}
	return store.KeySets{Newest: 1}
}

func name(tx *world.Tx, event news.Kind, n uint64) signet.Name {
	return signet.Name{Seed: tx.Seed(), Purpose: string(event), N: n}
}

// Of lists the sets that sign an event now, oldest first.
func Of(tx *world.Tx, event news.Kind) []Set {
	s := sets(tx, event)
	newest := Set{event, name(tx, event, s.Newest), time.Time{}}
	if tx.Now().Before(s.Until) {
		return []Set{{event, name(tx, event, s.Newest-1), s.Until}, newest}
	}
	return []Set{newest}
}

// List lists the sets that sign now, of an event, or of all when it is empty. Errors: INVALID_REQUEST for an event that
// there is not.
func List(tx *world.Tx, event news.Kind) ([]Set, error) {
	if event != "" {
		if err := check(event); err != nil {
			return nil, err
		}
		return Of(tx, event), nil
	}
	var all []Set
	for _, k := range news.Kinds() {
		all = append(all, Of(tx, k)...)
	}
	return all, nil
}

func check(event news.Kind) error {
	if event.Known() {
		return nil
	}
	return dragonpass.RefuseField(dragonpass.InvalidRequest, "event", "no event %s%s", event, nearest.DidYouMean(string(event), news.Names()))
}

// Rotation asks for a new set of an event.
type Rotation struct {
	Event   news.Kind
	Overlap *time.Duration // for which the set before signs too; nil: [DefaultOverlap]
}

// Rotate begins a new set of an event, and returns those that sign now. Errors: INVALID_REQUEST for an event that there
// is not, an overlap below 0 or above [MaxOverlap], and while two sets sign: there are at most two (S).
func Rotate(tx *world.Tx, r Rotation) ([]Set, error) {
	if err := check(r.Event); err != nil {
		return nil, err
	}
	overlap := DefaultOverlap
	if r.Overlap != nil {
		overlap = *r.Overlap
	}
	s := sets(tx, r.Event)
	switch {
	case overlap < 0 || overlap > MaxOverlap:
		return nil, dragonpass.RefuseField(dragonpass.InvalidRequest, "overlap", "expected 0s to %s, got %s", MaxOverlap, overlap)
	case tx.Now().Before(s.Until):
		return nil, dragonpass.RefuseField(dragonpass.InvalidRequest, "event", "%s has two key sets until %s, and there are at most two", r.Event, s.Until).
			Unless("a time at or after %s", s.Until)
	case s.Newest >= store.MaxKeySets:
		return nil, dragonpass.RefuseField(dragonpass.InvalidRequest, "event", "%s had %d key sets, and there are no more", r.Event, s.Newest)
	}
	s.Newest++
	s.Until = time.Time{}
	if overlap > 0 {
		s.Until = store.DueAt(tx.Now().Add(overlap), "", "").At
	}
	tx.KeySets.Put(string(r.Event), s)
	return Of(tx, r.Event), nil
}

// Choose chooses the key that signs an event now. While two sets overlap the seed decides (S).
func Choose(tx *world.Tx, event news.Kind) signet.Name {
	all := Of(tx, event)
	return all[seed.Nth(tx.Seed(), "key of "+string(event), tx.Counters.Sequence).Uint64()%uint64(len(all))].Name
}

// Retired is a key that signs an event no longer; before the first rotation one that never did in this world.
func Retired(tx *world.Tx, event news.Kind) signet.Name {
	oldest := Of(tx, event)[0].Name
	oldest.N--
	return oldest
}

// Unknown is a key that no set has, or ever will have.
func Unknown(tx *world.Tx, event news.Kind) signet.Name { return name(tx, event, store.MaxKeySets+1) }

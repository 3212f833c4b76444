package bounds

import (
	"dragonmock/mock/internal/rowkey"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

const (
	// AnswerBytes is how many bytes the answers for requests that are sent again may take together, in a world.
	AnswerBytes = 8 << 20

	// ServerBytes is how many bytes all worlds of a server may take together for the tokens, the dynamic strings, the answers
	// and the callbacks that they remember: Kinds of things, each with its part. See [memory.Pool].
	ServerBytes = 256 << 20
	Kinds       = 4

	// KeptExpired is how many tokens, dynamic strings and answers each are remembered though they have expired: who comes late
	// with one is told so, and a clock that is set back finds it.
	KeptExpired = 100
)

// Remember notes the age of something that is remembered only for so long, and returns it.
func Remember(tx *world.Tx, ages *store.Table[string], id string) uint64 {
	age := tx.Sequence()
	ages.Put(rowkey.Age(age), id)
	return age
}

// Kind is one kind of what a world remembers.
type Kind[V any] struct {
	Rows  *store.Table[V]
	Ages  *store.Table[string] // age -> key of a row
	Most  int                  // rows
	Bytes int                  // of the rows and their ages together; 0: any number, but for the bound of all worlds
	Over  func(V) bool         // its life is over, and nobody counts on it

	// Forgotten ends what hangs on a row that leaves, and says whether it was used, so that nobody counts on it either; nil:
	// nothing does.
	Forgotten func(V) (used bool)
}

// lookEvery is how many come before the oldest is looked at, whether its life is over. It lies far from what was just made, and
// to look at it costs as much as to make one.
const lookEvery = 16

// Made forgets the oldest of a kind when there is one more: what is beyond the bounds at once, and what is over soon.
func Made[V any](tx *world.Tx, k Kind[V]) {
	if k.full(tx) || k.Ages.Len()%lookEvery == 0 {
		Forget(tx, k)
	}
}

// Forget forgets the oldest of a kind: those beyond its bounds, but for the last one, and those whose life is over, but for
// [KeptExpired]. The log is told once of one that somebody may still count on.
func Forget[V any](tx *world.Tx, k Kind[V]) {
	for full := k.full(tx); full || k.Ages.Len() > KeptExpired; full = k.full(tx) {
		age, key, _ := k.Ages.First()
		row, _ := k.Rows.Get(key)
		over := k.Over(row)
		if !full && !over {
			return
		}
		used := k.Forgotten != nil && k.Forgotten(row)
		k.Rows.Remove(key)
		k.Ages.Remove(age)
		if !over && !used {
			tx.WarnOnce("what is still good is forgotten, since the world remembers only so much of "+k.Ages.Name(), "remembered", k.Ages.Len())
		}
	}
}

// full says whether there are more of a kind than may be.
func (k Kind[V]) full(tx *world.Tx) bool {
	n, bytes := k.Ages.Len(), k.Rows.Size()+k.Ages.Size()
	return n > k.Most || n > 1 && (k.Bytes > 0 && bytes > k.Bytes || tx.Crowded(bytes))
}

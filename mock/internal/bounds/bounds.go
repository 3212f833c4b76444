package bounds

import (
	"dragonmock/mock/internal/rowkey"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

const (
	// AnswerBytes is how many bytes the answers for requests that are sent again may take together, in a world.
	AnswerBytes = 8 << 20

	// EventBytes is how many bytes the callbacks of a world may take together, with their attempts; one more may go beyond it.
	EventBytes = 8 << 20

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

// ForgetOldest forgets the oldest of what is remembered, as long as there are too many. Forget says whether that is too early,
// since somebody may still count on it: then the log does.
func ForgetOldest(tx *world.Tx, ages *store.Table[string], tooMany func(oldest string) bool, forget func(oldest string) (early bool)) {
	for {
		key, oldest, ok := ages.First()
		if !ok || !tooMany(oldest) {
			return
		}
		if forget(oldest) {
			tx.WarnOnce("what is still good is forgotten, since the world remembers only so much of "+ages.Name(), "remembered", ages.Len()-1)
		}
		ages.Remove(key)
	}
}

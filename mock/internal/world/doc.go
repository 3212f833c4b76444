// Package world owns one tenant of the mock: everything that one client of the vendor has.
//
// A [World] has a state of its own (see package store), a clock that can be moved, ids that come from a seed, work that
// becomes due, checkpoints and a journal. Callbacks, fault rules and the answers that idempotency remembers are rows of
// it; packages outbox, injection and repeat know what they mean, and package host holds the worlds of a server.
//
// [Run] is one operation = one transaction = one instant: it takes the world's lock, does what has become due, runs a
// function of a [Tx], and commits all or drops all. An error or a panic changes nothing and burns no id. The answer of a
// client is rendered and held against its contract inside the transaction, because the answer that idempotency remembers
// belongs to the same commit as the state it speaks of. A commit is told as a [store.WriteSet], and [World.Apply] does on
// another machine what it tells.
//
// Three things that a world has are not its state, and are neither saved nor told: the journal, the number of requests
// that came without an id, and when it was last used.
//
// What the vendor's operations are is not known here: package booking has them, and registers what it does when
// something becomes due by its kind.
//
// There are no timers, goroutines or sleeps in here. What is done later stands in a table and is done, at its own time
// and in order, before the next operation that comes after that time; so moving the clock by days is instant.
package world

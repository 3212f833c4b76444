// Package world owns one tenant of the mock: everything that one client of the vendor has.
//
// A [World] has a state of its own (see package store), a clock that can be moved, ids that come from a seed, work that
// becomes due, answers that idempotency remembers, checkpoints and a journal. Callbacks and fault rules are rows of it;
// packages outbox and injection know what they mean, and package host holds the worlds of a server.
//
// [World.Do] and [Run] are one operation = one transaction = one instant: they take the world's lock, do what has become
// due, run a function of a [Tx], and commit all or drop all. An error or a panic changes nothing and burns no id. The
// answer of a client is rendered and held against its contract inside the transaction, because the answer that
// idempotency remembers belongs to the same commit as the state it speaks of. A commit is told as a [store.WriteSet], and
// [World.Apply] does on another machine what it tells.
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

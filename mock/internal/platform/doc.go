// Package platform owns the vendor as a machine with memory: worlds, their state, clocks and ids, and the operations
// on them.
//
// A [World] is everything that one client of the vendor has. Its state is a set of ordered maps whose copies cost nothing
// until one side writes, so reset, checkpoint and fork are copies. A transaction writes rows in place, under the world's
// lock, and takes them back when it fails. What is stored in a row is never modified.
//
// [World.Do] is one operation = one transaction = one instant: it takes the world's lock, lets happen what has become
// due, runs methods of [Tx], and commits all or drops all. An error or a panic changes nothing and burns no id. The
// answer is rendered inside the transaction, because the answer that idempotency remembers belongs to the same commit
// as the state it speaks of. A commit is a [WriteSet], a value.
//
// There are no timers, goroutines or sleeps in here. What the vendor does later stands in a queue and happens, at its
// own time and in order, before the next operation that comes after that time; so moving the clock by days is instant.
package platform

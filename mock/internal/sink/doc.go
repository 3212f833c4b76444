// Package sink owns what comes of one attempt to deliver a callback, apart from the network: what fault rules do to it,
// what acknowledges it, and the receiver that is built in.
//
// A world whose callback URL is [world.Sink] is its own receiver. Its callbacks are delivered in the very transaction
// that makes them due, so nothing waits, nothing sleeps, and what is rolled back was never sent.
package sink

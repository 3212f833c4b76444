// Package outbox owns the callbacks of a world until they are delivered: what is to be told, how far it has come, when it
// is sent again.
//
// An event is recorded in the transaction that causes it. Who delivers takes it, sends it without any lock, and tells how
// it went; package push does. Retries are due by the world's clock like everything else.
package outbox

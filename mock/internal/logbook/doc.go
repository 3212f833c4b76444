// Package logbook owns what is said of exchanges to people who are not there: operators read the log, and who wrote a test
// that failed reads an account of what its client did.
//
// Nothing of it has a query, a header or a body, which may hold secrets, and every text in it is cut to what is bearable.
// It is said without any lock of a world, and before the answer goes out: who has the answer finds it in the log.
package logbook

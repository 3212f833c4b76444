// Package intake owns how a request is read: its query and headers, so that nothing of them is lost without a word, and its
// body within a bound of size and of time, in memory that grows with what came, and as one JSON value.
package intake

// Package intake owns how the body of a request is read: within a bound of size and of time, in memory that grows with
// what came, and as one JSON value.
package intake

// Package statefile owns the file of a server's state: one server's at a time, written whole or not at all, and seen when
// somebody else has changed it.
package statefile

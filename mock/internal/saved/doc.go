// Package saved owns the form of a world in a state file: what it was made with and who its client is, and what is true of
// that whoever wrote it. Its states are bytes in here; package integrity says what is true of them.
package saved

// Package saved owns the form of a world in a state file: what it was made with and who its client is, what is true of that
// whoever wrote it, and its states, each upon the one before. Package integrity says what is true of a state.
package saved

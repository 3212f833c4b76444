// Package integrity owns what is true of every state that a world can come to: which rows point to which, what adds up,
// and within which bounds numbers, texts and instants stay.
//
// A state that comes from outside, as a snapshot or a file, is held to it before it is believed: [Check]. Each table of
// the register has its rule here, and the program does not start when one is missing. A new table brings its own.
//
// No policy is asked: a scenario's `given` and the test author may bring about what no client could.
package integrity

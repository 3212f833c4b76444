// Package lobby owns what is answered at paths that no document has: lists of what is there, for people who look around,
// and what browsers and crawlers ask for by themselves, so that no journal is filled with it.
package lobby

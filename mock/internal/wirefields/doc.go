// Package wirefields owns which members a Go value has on the wire. Tests hold wire structs, which are written by hand,
// against the members of their document with it.
package wirefields

// Package turns owns in which order large texts are judged: one after the other, since each may take much memory for a
// moment, and many may come at once. Nobody who has a turn may wait for anything but its own work.
//
// While a large text is judged, garbage is collected as early as Go does by itself, since a server may be set to let
// much more of it lie: it is a moment, and much is thrown away in it.
package turns

import "runtime/debug"

// large is the size in bytes from which a text has to wait for its turn.
const large = 32 << 10

// thrifty is Go's own choice of GOGC.
const thrifty = 100

// turn is had by whoever has put something into it. It is the process's, as its memory is.
var turn = make(chan struct{}, 1)

// Take waits for the turn of a text of so many bytes, and returns what ends it.
func Take(size int) (end func()) {
	if size < large {
		return func() {}
	}
	turn <- struct{}{}
	percent := debug.SetGCPercent(thrifty)
	if percent >= 0 && percent < thrifty {
		debug.SetGCPercent(percent)
	}
	return func() {
		debug.SetGCPercent(percent)
		<-turn
	}
}

// Package keyring owns which keys of a world sign its events now: at most two sets an event, of which the older ends
// when the overlap does.
package keyring

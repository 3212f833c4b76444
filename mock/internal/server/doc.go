// Package server owns the one list of what is wired to what: the versions that there are, the worlds, the vendor's surface
// and the control plane, and the ports that they are served on.
package server

// Package pipe owns the way to a server that needs no network: HTTP over a pipe in memory.
package pipe

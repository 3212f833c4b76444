// Package bounds owns how a world remembers what is good only for so long, and forgets the oldest of it.
package bounds

// Package serial owns how numbered ids are written: what they begin with, how many digits they have, and where a seed has
// them begin.
package serial

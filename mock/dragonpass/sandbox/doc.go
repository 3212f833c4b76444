// Package sandbox owns what the vendor's sandbox lets a client simulate: where a party is let in, and which use can be taken
// back. Like package rules it decides without a world; what a use costs, and when it is refused, is decided there.
package sandbox

// Package statefile owns how the state of a server gets into its file: whole, or not at all.
package statefile

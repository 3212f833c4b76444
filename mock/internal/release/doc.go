// Package release owns the question which version of the program this is.
package release

// Package directory owns the question which operation was meant by a path that none has.
package directory

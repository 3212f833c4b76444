// Package directory owns the question which operation is meant: by an operationId or a path that a test author writes,
// and by one that names none, for which it knows what comes nearest.
package directory

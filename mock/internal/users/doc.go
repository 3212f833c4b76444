// Package users owns what a client does with its users: makes, changes and deletes them, and looks at what is theirs.
//
// That a user comes with the first pass or membership is part of issuing it, in package booking.
package users

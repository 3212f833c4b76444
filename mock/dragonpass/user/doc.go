// Package user owns the users of a client, and what the vendor refuses of them: each has one name, which is there once, and
// stays while something of theirs is good.
//
// It is written as package rules is, see [dragonmock/mock/dragonpass/rules].
package user

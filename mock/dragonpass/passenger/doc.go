// Package passenger owns what a resource asks to know of the lead passenger of a prebooking, and what becomes of the answer.
//
// It is written as package rules is, see [dragonmock/mock/dragonpass/rules].
package passenger

// Package rules owns every rule by which the vendor refuses, and the order in which each operation checks them.
//
// An operation is a struct: what was asked for, and what was found for it, where an entity without its id is one that
// is not there. Its method Decide holds it against one rule after the other, and returns the first refusal, or what is
// to be written. So the order of checks stands in one function a rule a line, and is tested without a world. Ids, ages
// and credentials are not decided here: who writes a decision gives them out.
//
// A rule knows no clock, lock, store, JSON or HTTP, only package dragonpass and the standard library. What it refuses it
// refuses with a [dragonpass.Error], which names fields of the domain: "ePassId", "prebookingToken".
package rules

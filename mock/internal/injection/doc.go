// Package injection owns the fault rules of a world: they are added, replaced, removed, listed, and asked what happens to
// a call.
//
// What a rule is, and when it acts, is known to package fault. Rules and what they have counted are rows of the world, so
// that they are rolled back, saved and told like everything else.
package injection

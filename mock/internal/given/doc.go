// Package given owns what a world begins with: the passes, memberships, orders, tokens, slots and changed resources of a
// scenario's `given`.
//
// Members are the vendor's own, or their relative forms; what is left out is made up from the world's seed. No policy is
// asked of what is given, but nothing is given that could not be: a pass has one name, an order its usages and places.
package given

// Package news owns what the vendor tells clients by itself: the notice of a used order, which events of v2 there are and
// what they say, as data, and when what is not acknowledged is told again.
package news

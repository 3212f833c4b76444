// Package certain owns the question whether a value is certainly legal by a schema of an OpenAPI document.
//
// It never says that one is illegal. Nearly all values are legal, and package schema, which judges the rest and has the
// words, takes several times as long to say so, and a hundred times as long to be ready: what is certainly legal is
// worked out when the program is built, as lines of text. What was legal is remembered by its sum: the same text is legal again.
package certain

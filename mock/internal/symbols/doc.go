// Package symbols owns the error catalogue: which HTTP status, which dotted code and which words the symbol of a refusal has,
// in the table that is shipped and in those that users put in its place.
package symbols

// Package pattern owns the language in which test authors say what a JSON value is to look like: in the expectations of
// scenario files, and in the match of fault rules.
//
// # What is the same everywhere
//
// A pattern is a JSON value. An object has the named members, which look as they say, and may have others. A list has as
// many elements, and each looks as it says. A number is equal by value: 3 is 3.0. A string of the form /.../ is a regular
// expression, unanchored; any other string, true, false and null are themselves, and are there.
//
// # What differs, and why
//
// Expectations judge an answer, so they must be able to say that something is missing, or no more than there: absent, null
// and any are words, {contains: [...]} is a list with these elements in any order, and a regular expression is held
// against numbers and booleans as they are written ([Dialect.Words], [Dialect.Written]). A long whole number in a file may
// be meant as text or as a number, so that it fits either ([Digits]). A match chooses calls by what clients send. A client
// may well send the word "any", and a rule that was written for text must not act on a number, so there all of this is a
// plain value. The names of scenario files ($order) are replaced before a pattern is made.
package pattern

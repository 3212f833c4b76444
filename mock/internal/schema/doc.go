// Package schema owns the question whether a JSON value is legal by a schema of an OpenAPI document, and the words for what
// is wrong with it.
//
// kin-openapi's schemas do the checking, with three things of our own beside them: which members a schema does not know,
// which members may stand beside one another, and a quick way for the many values with which nothing is wrong. The
// library's messages are not used: they quote what the client sent.
package schema

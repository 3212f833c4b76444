// Package schema owns the question whether a JSON value is legal by a schema of an OpenAPI document, and the words for what
// is wrong with it.
//
// kin-openapi's schemas do the checking, with two things of our own beside them: which members a schema does not know,
// and which members may stand beside one another. Package certain is a quick way for the many values with which nothing
// is wrong. The library's messages are not used: they quote what the client sent.
package schema

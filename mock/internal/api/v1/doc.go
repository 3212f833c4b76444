// Package v1 owns the vendor's v1 wire format: the structs of its requests and answers, and the handlers that turn one
// into an operation of the platform and its result into the other.
//
// Members stand in the order of the vendor's examples. A pointer is a member that can be null; the contract knows which
// members can be absent.
//
// The structs are written by hand, since those that oapi-codegen makes of the document lose the difference between null
// and absent, turn alternatives into raw JSON and sort members by name; a test holds the members of every one of them
// against the document, both ways.
package v1

// Package api owns what is the same in every version of the vendor's API: how instants, pages, orders and passes are
// written, what their members are called, and the handlers of the operations that ask for the same in all of them. What a
// version shows in a way of its own, it hands in.
//
// Members stand in the order of the vendor's examples. A pointer is a member that can be null; the contract knows which
// members can be absent.
//
// The structs, here and in the versions, are written by hand, since those that oapi-codegen makes of a document lose the
// difference between null and absent, turn alternatives into raw JSON and sort members by name; a test of each version
// holds the members of every one of them against its document, both ways.
package api

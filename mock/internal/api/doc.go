// Package api owns the vendor-facing surface: which request is which operation, the gates a request passes, and how an
// answer is written.
//
// Routes are read from the OpenAPI document and bound to handlers by operationId; a document and a set of handlers that
// do not fit each other do not start. The gates and their order stand in pipeline.go, and only there. Package
// api/v1 holds the wire structs and the handlers.
//
// The wire structs are written by hand. Those that oapi-codegen makes of the document lose the difference between null
// and absent, turn alternatives into raw JSON and sort members by name; ours keep the vendor's order, and the contract
// check of every answer holds them to the document.
package api

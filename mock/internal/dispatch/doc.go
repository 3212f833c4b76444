// Package dispatch owns the way of a request: one pipeline for every document, the vendor's versions and the control
// plane alike.
//
// An operation is a version's name and an operationId, with its contract, its handler and the policy of its version. A
// document and a set of handlers that do not fit each other make no dispatcher. Any number of versions can be mounted on one
// Echo, by one [Dispatcher] or by several.
//
// Which gates a request passes, and in which order, stands in policy.go, and only there. A gate either lets the
// request on, or ends it with a refusal or a [Reply]. What a gate found out is in the part of [Exchange] that bears its
// name.
//
// Every answer is held against the contract before anything is committed: what a handler answers by [Call.Transact] or
// [Call.Render], and every refusal against the document's schema of failures. An answer that breaks the contract is
// logged, and under a strict policy it is an internal error and has changed nothing.
package dispatch

// Package dragonpass owns the vendor's nouns: E-passes, memberships, prebookings, orders, resources and slots of the
// DragonPass API, and the refusals it makes.
//
// Entities are plain values. What changes one returns the changed copy, and asks nothing: whether it may happen at all,
// and which refusal comes first, package [dragonmock/mock/dragonpass/rules] decides. There is no clock, lock, store, JSON
// or HTTP in here, only the standard library.
//
// A refusal is an [*Error]: a symbol of the error catalogue, complaints about fields of the domain, the source of the
// rule, and what would satisfy it. Sources are marked as [Sources] explains: D is a page of the vendor's documentation, C
// the code of a real client, A-nnn an assumption of ours that stands in openapi/assumptions.yaml.
//
// Instants have a zone and are compared as instants. Wall clock times at a resource are [LocalTime]. World time comes
// in as `now` and is whole seconds.
package dragonpass

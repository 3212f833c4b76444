// Package dragonpass owns the vendor's nouns and rules: E-passes, prebookings, redemptions and cancellations of the
// DragonPass API.
//
// Every rule is a pure function of entities and an instant. There is no clock, lock, store, JSON or HTTP in here, only
// the standard library; entities are plain values, and a rule that changes one returns the changed copy. What a rule
// refuses it refuses with an [*Error], which carries a symbol of the error catalogue and what would satisfy the rule.
//
// Sources are named the way the reference marks them: D is a page of the vendor's documentation, C the code of a real
// client, A-nnn an assumption of ours that stands in openapi/assumptions.yaml.
//
// Instants have a zone and are compared as instants. Wall clock times at a resource are [LocalTime]. World time comes
// in as `now` and is whole seconds.
package dragonpass

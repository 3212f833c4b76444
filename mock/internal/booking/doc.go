// Package booking owns the vendor's operations: what a client, a venue or a test author does to a world, and what the
// vendor does by itself when something becomes due.
//
// An operation is a function of a transaction and a request. It looks up what the request speaks of, asks package rules
// for a decision, gives out ids and writes rows. It refuses nothing of its own: every refusal, and the order in which
// they come, is decided there. A bundle is two operations in one transaction.
//
// An operation that answers a client looks at a resource by [ShowResource], which notes that a slow test venue was looked
// at. All else is looked up by [FindResource], which notes nothing.
package booking

// Package simulation owns the vendor's simulation operations: a client of the sandbox plays the venue. What happens there is
// done by package booking, as it is for a test author; here it is chosen where, and gets a transaction id by which it can be
// taken back.
package simulation

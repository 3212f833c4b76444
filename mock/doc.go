// Package mock is a DragonPass server for tests: the documented endpoints, stateful, with a clock that can be moved.
//
// A Go test starts one in its process:
//
//	srv := mock.Start(t)
//	client := yours.NewClient(srv.URL+"/api/v1", "DragonPass", "dpSecretKey12345") // the documentation's sample credentials
//
// and then plays the vendor's part through the test's own [World]: moves the clock by days, lets the traveller in, fills
// a slot, loses a reply, reads what was sent, resets. Everything else, including the dragonmock command and its container, is the same server behind a
// socket.
//
// # The house
//
// This package is the only place where the parts are wired. Imports go down:
//
//	cmd/dragonmock                    the command
//	  mock                            the public door
//	    internal/api/v1               the v1 wire format and its handlers
//	    internal/control              the test author's surface, /_mock
//	      internal/dispatch           the way of a request: which operation, which gates, in which order
//	      internal/scenario           scenario files, and how they are played; it speaks HTTP alone
//	      internal/push               callbacks on their way out
//	        internal/platform         worlds: state, transactions, clock, ids
//	          internal/contract       is this exchange legal?
//	          internal/catalog        hubs and resources
//	          internal/envelope       the one form of an answer
//	          internal/fault          which call fails, when, and how
//	          internal/journal        what arrived, what was answered, and why
//	            dragonpass/rules      every rule that refuses, and the order of checks of each operation, pure
//	            internal/strictjson   reading JSON so that all that is wrong is named
//	              dragonpass          the vendor's nouns and its refusals, pure
//	              internal/duration   how durations are written
//	              internal/nearest    which name was meant
//	              internal/pattern    how authors say what a value looks like
//	              internal/seed       random streams
//	              ../openapi, ../scenarios  the documents, handed in
//
// House tests hold the code to its laws: imports go down, rules are pure, wall time and randomness have one place each,
// every guess has a number in the register.
//
// # Where we left the drawing board
//
// A transaction ends after the answer is rendered and held against the contract, not before: the answer that idempotency
// remembers is part of the commit, and an answer that cannot be given has changed nothing. An operation is a method of
// platform.Tx, so that a bundle is two operations in one transaction. State is a set of ordered maps that can be copied
// for nothing, so that reset and checkpoint cost nothing; a transaction writes in place and takes back what it did when
// it fails. The wire structs are not generated: generators lose the difference between null and absent, which is half of
// this API.
package mock

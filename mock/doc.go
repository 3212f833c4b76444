// Package mock is a DragonPass server for tests: the documented endpoints, stateful, with a clock that can be moved.
//
// A Go test starts one in its process:
//
//	srv := mock.Start(t)
//	client := yours.NewClient(srv.URL+"/api/v1", "DragonPass", "dpSecretKey12345") // the documentation's sample credentials
//
// and then plays the vendor's part through the test's own [World]: moves the clock by days, lets the traveller in, fills
// a slot, loses a reply, reads what was sent, resets. Everything else, including the dragonmock command and its container,
// is the same server behind a socket.
//
// # The house
//
// This package is the door: what tests in Go hold in their hands. Package internal/server wires the parts, and nothing
// else does. Imports go down:
//
//	cmd/dragonmock                    the command
//	internal/mocktest                 the harness of the tests, which only they import
//	  mock                            the public door
//	  fidelity                        how sure each operation is, as people and programs read it
//	  files                           scenario files as commands handle them: listed, checked, played
//	  internal/server                 the one list of what is wired to what, and the ports
//	    internal/control              the test author's verbs over HTTP, /_mock
//	      internal/api/v1             v1 of the vendor's API: what is its own of wire format and handlers
//	      internal/api/v2             v2
//	        internal/api/v2/lifestyle  what v2 shows of eSIMs, fitness clubs and local offers
//	        internal/api              what all versions have in common
//	        internal/api/apitest      the test that holds a version's structs against its document
//	        internal/dispatch         the way of a request, for every document: which gates, in which order
//	        internal/stage            how a world is set up: options, scenario files, folders; how they are played
//	        internal/push             callbacks on their way out
//	          internal/given          what a scenario puts into a world
//	          internal/author         the test author's verbs, once
//	          internal/token          access tokens
//	          internal/simulation     the sandbox's simulations: a client plays the venue
//	          internal/search         what a client finds that knows no id
//	          internal/users          what a client does with its users
//	            internal/offers       the options of lifestyle resources, and what was bought of them
//	            internal/host         the worlds of a server: made, found, forked, saved
//	            internal/booking      the vendor's operations, a file a noun
//	              internal/stock      what is left of options, and what was bought, as rows
//	              internal/sink       what comes of an attempt to deliver a callback, and the built-in receiver
//	              internal/outbox     callbacks until they are delivered
//	              internal/keyring    which keys of a world sign its events now
//	              internal/injection  the fault rules of a world
//	              internal/repeat     what is answered to a request that is sent again
//	                internal/bounds   how a world forgets what is good only for so long
//	                internal/world    one tenant: transactions, clock, what is due, checkpoints
//	                  internal/integrity  what is true of every state that a world can come to
//	                  internal/saved  a world in a state file: what it was made with, and what is true of that
//	                  internal/store  rows in tables, ids, and what a commit changed
//	                    internal/wire   how an answer gets to its client, whole or broken
//	                    internal/fault  which call fails, when, and how
//	                      internal/directory   which operation is meant
//	                      internal/fidelity    how sure the mock is: marks, and the register of assumptions
//	                      internal/guard       who may come to the control plane
//	                      internal/lobby       what is answered at paths that no document has
//	                      internal/intake      how a request is read: query, headers and body
//	                      internal/logbook     what is said of exchanges to people who are not there
//	                      internal/meter       what operators measure
//	                        dragonpass/sandbox   what the vendor's sandbox lets a client simulate
//	                        dragonpass/vendor    what the vendor does to bookings by itself
//	                        internal/contract  is this exchange legal?
//	                        internal/symbols   which status, code and words a refusal has
//	                        internal/catalog   hubs and resources
//	                        internal/envelope  the one form of an answer
//	                        internal/journal   what arrived, what was answered, and why
//	                        internal/scenario  scenario files, and how their steps are played; it speaks HTTP alone
//	                        dragonpass/lifestyle  what the vendor refuses of eSIMs, fitness clubs and local offers
//	                        dragonpass/rules   what the vendor refuses, and in which order
//	                        internal/marks       what operations say of themselves: how sure, seen where, resting on what
//	                        internal/certain     which values are certainly legal, as the build worked it out
//	                          dragonpass/access    what the vendor refuses of any call
//	                          dragonpass/check     what is sound of the nouns as data
//	                          dragonpass/translation  their texts in other languages
//	                          dragonpass/user      the users of a client, and what the vendor refuses of them
//	                          dragonpass/news      what the vendor tells clients by itself
//	                          internal/signet      the keys of the vendor, and what it signs
//	                          internal/packed      how orders are kept: each as one text
//	                          internal/pattern     how authors say what a value looks like
//	                          internal/people      people whom nobody named
//	                          internal/rowkey      how the keys of rows are written
//	                          internal/schema      is this value legal, and in which words is it not?
//	                          internal/statefile   how state gets into its file: whole, or not at all
//	                          internal/strictjson  reading JSON so that all that is wrong with it is named
//	                          internal/yamlfile    YAML that people write, and where each member of it stands
//	                            dragonpass/passenger  what is asked of the lead passenger
//	                            dragonpass/window  when what was booked can be used
//	                            dragonpass         the vendor's nouns, pure
//	                            internal/bom         the byte order mark before text
//	                            internal/caller    how others are called over HTTP
//	                            internal/client    what a client is, and may use
//	                            internal/clock     the time of a world as a value
//	                            internal/duration  how times and durations are written
//	                            cmd/dragonmock/internal/commandline  how the program is asked: commands, flags, help
//	                            cmd/dragonmock/internal/lines  how the lines of a log get to who reads them
//	                            internal/memory    how many bytes worlds may take together, and their checkpoints
//	                            internal/nearest   which name was meant
//	                            internal/ordered   maps whose keys are in order, found by key, prefix and position
//	                            internal/panics    what becomes of a panic in what others were asked to do
//	                            internal/pipe      HTTP over a pipe in memory
//	                            internal/release   which version of the program this is
//	                            internal/rsakey    the RSA public keys of clients
//	                            internal/serial    how numbered ids are written
//	                            internal/turns     large texts are judged one after the other
//	                            internal/wirefields  which members a Go value has on the wire
//	                            ../openapi, ../scenarios  the documents, handed in
//	                              dragonpass/geo     what lies where on the Earth
//	                              dragonpass/reading  which reading is followed where pages contradict themselves
//	                              dragonpass/option  what lifestyle resources offer to be booked
//	                              internal/readfile  how files that users name are read: regular ones, of bounded size
//	                              internal/seed    random streams
//	                              internal/text    what text is: UTF-8
//	                              internal/brief     how much is said
//	                                dragonpass/calendar  days of the week, months and years
//
// House tests hold the code to its laws: imports go down, rules are pure, wall time and randomness have one place each,
// every guess has a number in the register, no package outgrows its idea.
package mock

// Package fault owns fault rules: which call fails, when, and how it looks on the wire.
//
// A [Rule] says on which calls it looks (On, Match), on which of those it acts (After, Times, Probability) and what it
// then does: exactly one action. [Parse] reads rules and names all that is wrong with them; [Add] makes them ready;
// [Matching] and [Matched.Decide] decide a call; [Decision.Write], [Drop] and [Sleep] carry a decision out. The answers
// themselves are not made here: an injected failure wears the vendor's envelope, which the surface knows.
//
// Nothing here is kept: an [Armed] rule is a value, counters and all, and counting a call gives another. A world has them
// as rows, so that whatever is true of its other rows (rollback, checkpoints, snapshots, write-sets) is true of them. A
// call is matched without the world's lock, because a body must be decoded for it, and decided with it.
//
// # Order
//
// Rules are tried in their order. A rule of delay or of slowBody acts and lets the search go on, at most one of each; the
// first other rule that acts ends it. Rules behind that one have not seen the call, so {times: 1, error: A} before
// {times: 1, error: B} fails two calls, with A and then with B. A delay thus goes before the failure that it delays.
//
// # Counting
//
// A rule has seen a call that it was tried on and that fits On and Match. Of those the first After pass, then each acts
// with Probability, until it has acted Times times. A rate limit counts every call that gets so far, but acts on those
// alone that are over the limit.
//
// # Chance
//
// What is left to chance is drawn from a stream keyed by (seed, id of the rule, how many calls it has seen). So neither
// another rule nor another call shifts it, and its position is a counter: restoring counters rewinds it.
package fault

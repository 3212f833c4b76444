// Package signet owns the keys by which the vendor signs what it tells: how they come from a seed, how they are named and
// published, and what a signature says.
//
// The keys are for tests alone. They follow from the seed of a world, so that the same world has the same keys and its state
// need not hold any; whoever knows the seed can make them.
package signet

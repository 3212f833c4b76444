// Package strictjson owns reading JSON so that all that is wrong with it is named: every problem, by its JSON pointer, in
// words for those who wrote it.
//
// The JSON library does the reading. It ends at the first mistake; [Read] takes the member with the mistake out and
// reads the rest again, until nothing is wrong any more. It is stricter than the library: a member that is not known is
// a problem, with the one that was meant, and null is no value, except for a type that takes any JSON.
package strictjson

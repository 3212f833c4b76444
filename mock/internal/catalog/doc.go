// Package catalog owns the shipped transport hubs and resources, and the form in which they are written and patched.
//
// The data file and a scenario's patches are in the shape of the vendor's own resource details, so that what a test
// author reads from the API is what they may write. A loaded catalogue never changes; worlds share it. The data file itself
// is made by the command in generate.
package catalog

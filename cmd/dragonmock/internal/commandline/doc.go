// Package commandline owns how the program is asked: its commands, their flags and environment variables, and the help
// that tells of them.
//
// The flags of a command are the fields of a struct: of type string, bool, [time.Duration], []string or
// map[string]string. Their tags are
//
//	help         what it is for; ${enum} in it becomes the values that it may have
//	name         its name, when that is not the field's with dashes
//	env          its variable, when that is not the program's prefix and its name
//	default      its value when nobody gives one
//	enum         the values that it may have, with commas between them
//	metavar      what stands for its value in the help
//	xor          a word: of the flags that have the same one, at most one may be given
//
// A field of type []string with the tag arg takes what follows the flags, at least one word; the tag says in words what
// each is.
//
// The library that reads the arguments is pflag. One that finds methods by name, as those do that fill structs and run them,
// would keep the linker from leaving out what nobody calls: a sixth of the program.
package commandline

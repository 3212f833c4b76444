// Package store owns what a world remembers: rows in tables, transactions over them, and write-sets.
//
// [Rows] is the register of tables. A new table is one field of it, with its name; copying, rolling back, reading,
// writing, comparing and telling follow from that.
//
// A [Table] is an ordered map. What is stored in a row is never modified, and copies of a table share their rows and
// nodes until one side writes, so a copy of a whole [State] costs next to nothing. A transaction writes in place and
// takes back what it did when it fails. What it changed when it succeeds is a value, a [WriteSet]: whoever applies the
// write-sets of a world in order to an empty world has the same world.
//
// There is no lock in here, no clock that runs and no rule: a state belongs to one caller at a time, which is its world.
package store

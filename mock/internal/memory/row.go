package memory

import "reflect"

// sized are rows that say how many bytes they take beside those of their type.
type sized interface{ Size() int }

// place is about how many bytes a row takes in the nodes of its table, which are half full.
const place = 64

// OfRow is about how many bytes a row takes, with its key; 0: there is none. What it points to counts only where its kind has
// a method Size that says so.
func OfRow[V any](key string, row *V) int {
	if row == nil {
		return 0
	}
	n := place + len(key) + int(reflect.TypeFor[V]().Size())
	if s, ok := any(row).(sized); ok {
		n += s.Size()
	}
	return n
}

package ordered

import (
	"sort"

	"github.com/tidwall/btree"
)

// degree makes nodes small: the first write to a node after a copy copies it.
const degree = 8

// Map is an ordered map from keys to rows. The zero Map is empty. One goroutine at a time may have it.
type Map[V any] struct {
	rows *btree.Map[string, *V] // nil: nothing was ever put
}

// Get returns the row of a key; nil is none.
func (m *Map[V]) Get(key string) *V {
	if m.rows == nil {
		return nil
	}
	row, _ := m.rows.Get(key)
	return row
}

// Len is the number of rows.
func (m *Map[V]) Len() int {
	if m.rows == nil {
		return 0
	}
	return m.rows.Len()
}

// First returns the row with the smallest key; nil is none.
func (m *Map[V]) First() (key string, row *V) {
	if m.rows == nil {
		return "", nil
	}
	key, row, _ = m.rows.Min()
	return key, row
}

// Set puts a row, which is not nil, and returns the one that was there; nil is none.
func (m *Map[V]) Set(key string, row *V) (before *V) {
	if m.rows == nil {
		m.rows = btree.NewMap[string, *V](degree)
	}
	before, _ = m.rows.Set(key, row)
	return before
}

// Delete ends a row and returns it; nil is none.
func (m *Map[V]) Delete(key string) (before *V) {
	if m.rows == nil {
		return nil
	}
	before, _ = m.rows.Delete(key)
	return before
}

// Copy is the map as it is now. Nodes are shared until one of the two writes.
func (m *Map[V]) Copy() Map[V] {
	if m.rows == nil {
		return Map[V]{}
	}
	return Map[V]{m.rows.Copy()}
}

// Each visits the rows in order of their keys until visit returns false. Nothing may be written meanwhile.
func (m *Map[V]) Each(visit func(key string, row *V) bool) {
	if m.rows != nil {
		m.rows.Scan(visit)
	}
}

// Down visits the rows whose keys begin with prefix, in falling order, until visit returns false. What follows the
// prefix is ASCII. Nothing may be written meanwhile.
func (m *Map[V]) Down(prefix string, visit func(key string, row *V) bool) {
	if m.rows != nil {
		m.rows.Descend(behind(prefix), func(key string, row *V) bool {
			return len(key) >= len(prefix) && key[:len(prefix)] == prefix && visit(key, row)
		})
	}
}

// PageDown visits what [Map.Down] does from position from to before position to, counted from 0, and returns how many
// there are in all. What is not visited is not walked: a position is found in the tree.
func (m *Map[V]) PageDown(prefix string, from, to int, visit func(key string, row *V) bool) (total int) {
	end := m.rank(behind(prefix))
	total = end - m.rank(prefix)
	if to = min(to, total); from >= to {
		return total
	}
	top, _, _ := m.rows.GetAt(end - 1 - from)
	left := to - from
	m.rows.Descend(top, func(key string, row *V) bool {
		left--
		return visit(key, row) && left > 0
	})
	return total
}

// behind is a key that comes after all that begin with prefix.
func behind(prefix string) string { return prefix + "\x7f" }

// rank is how many keys are smaller.
func (m *Map[V]) rank(key string) int {
	return sort.Search(m.Len(), func(i int) bool {
		at, _, _ := m.rows.GetAt(i)
		return at >= key
	})
}

package ordered

import (
	"cmp"

	"github.com/tidwall/btree"
)

// Differ visits the keys, in order, whose rows are not the same pointer in two maps, until visit fails; nil is no row.
// Nothing may be written meanwhile.
func Differ[V any](before, after *Map[V], visit func(key string, was, is *V) error) error {
	is, was := from(after), from(before)
	for is.row != nil || was.row != nil {
		var err error
		switch order := compare(is, was); {
		case order < 0:
			err = visit(is.key, nil, is.row)
			is.next()
		case order > 0:
			err = visit(was.key, was.row, nil)
			was.next()
		default:
			if is.row != was.row {
				err = visit(is.key, was.row, is.row)
			}
			is.next()
			was.next()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// cursor stands on a row of a map; row is nil at the end.
type cursor[V any] struct {
	rows btree.MapIter[string, *V]
	key  string
	row  *V
}

func from[V any](m *Map[V]) *cursor[V] {
	c := &cursor[V]{}
	if m.rows != nil {
		c.rows = m.rows.Iter()
		c.stand(c.rows.First())
	}
	return c
}

func (c *cursor[V]) next() { c.stand(c.rows.Next()) }

func (c *cursor[V]) stand(there bool) {
	c.key, c.row = "", nil
	if there {
		c.key, c.row = c.rows.Key(), c.rows.Value()
	}
}

// compare says which of two rows comes first; the end comes last.
func compare[V any](a, b *cursor[V]) int {
	switch {
	case a.row == nil:
		return 1
	case b.row == nil:
		return -1
	}
	return cmp.Compare(a.key, b.key)
}

package store

import (
	"bytes"
	"cmp"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/tidwall/btree"
)

// Difference is a row that is not as it was.
type Difference struct {
	Table  string         `json:"table"`
	Key    string         `json:"key"`
	Before jsontext.Value `json:"before,omitzero"` // absent: it was not there
	After  jsontext.Value `json:"after,omitzero"`  // absent: it is not there any more
}

// ClockTable is what the clock is called among the tables of differences. It has one row, of the same key.
const ClockTable = "clock"

// Since lists the rows that are not as they were in another state, by table and key, and the clock before them if it was
// moved: one that runs on is the same.
func (s *State) Since(before *State, with json.Options) ([]Difference, error) {
	differences := []Difference{}
	if s.Clock != before.Clock {
		was, err := json.Marshal(before.Clock, with)
		if err != nil {
			return nil, err
		}
		is, err := json.Marshal(s.Clock, with)
		if err != nil {
			return nil, err
		}
		differences = append(differences, Difference{ClockTable, ClockTable, was, is})
	}
	others := before.tables()
	for i, t := range s.tables() {
		found, err := t.changed(others[i], with)
		if err != nil {
			return nil, err
		}
		differences = append(differences, found...)
	}
	return differences, nil
}

// changed lists the rows that differ from those of another table of the kind.
func (t *Table[V]) changed(before anyTable, with json.Options) ([]Difference, error) {
	var differences []Difference
	err := t.differ(before.(*Table[V]), func(key string, was, is *V) error {
		d := Difference{Table: t.name, Key: key}
		for _, side := range []struct {
			v    *V
			into *jsontext.Value
		}{{was, &d.Before}, {is, &d.After}} {
			var err error
			if side.v != nil {
				*side.into, err = json.Marshal(side.v, with)
			}
			if err != nil {
				return err
			}
		}
		if !bytes.Equal(d.Before, d.After) { // a state that was read has other pointers to what may be the same
			differences = append(differences, d)
		}
		return nil
	})
	return differences, err
}

// changes lists what makes the rows of another table of the kind into those of this one.
func (t *Table[V]) changes(before anyTable) (list []Change) {
	_ = t.differ(before.(*Table[V]), func(key string, _, is *V) error {
		c := Change{Table: t.name, Key: key}
		if is != nil {
			c.Value = *is
		}
		list = append(list, c)
		return nil
	})
	return list
}

// differ visits the keys, in order, whose rows are not the same in memory as in another table of the kind; nil is no
// row. Rows are never modified in place, so the same pointer is the same row.
func (t *Table[V]) differ(before *Table[V], visit func(key string, was, is *V) error) error {
	is, was := from(t), from(before)
	for is.v != nil || was.v != nil {
		var err error
		switch order := compare(is, was); {
		case order < 0:
			err = visit(is.key, nil, is.v)
			is.next()
		case order > 0:
			err = visit(was.key, was.v, nil)
			was.next()
		default:
			if is.v != was.v {
				err = visit(is.key, was.v, is.v)
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

// cursor stands on a row of a table; v is nil at the end.
type cursor[V any] struct {
	rows btree.MapIter[string, *V]
	key  string
	v    *V
}

func from[V any](t *Table[V]) *cursor[V] {
	c := &cursor[V]{}
	if t.rows != nil {
		c.rows = t.rows.Iter()
		c.stand(c.rows.First())
	}
	return c
}

func (c *cursor[V]) next() { c.stand(c.rows.Next()) }

func (c *cursor[V]) stand(there bool) {
	c.key, c.v = "", nil
	if there {
		c.key, c.v = c.rows.Key(), c.rows.Value()
	}
}

// compare says which of two rows comes first; the end comes last.
func compare[V any](a, b *cursor[V]) int {
	switch {
	case a.v == nil:
		return 1
	case b.v == nil:
		return -1
	}
	return cmp.Compare(a.key, b.key)
}

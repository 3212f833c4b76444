package store

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
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

// changed lists the rows that differ from those of another table of the kind. Rows are never modified in place, so the
// same pointer is the same row.
func (t *Table[V]) changed(other anyTable, with json.Options) ([]Difference, error) {
	before := other.(*Table[V])
	var differences []Difference
	var failed error
	note := func(key string, was, is *V) {
		d := Difference{Table: t.name, Key: key}
		for _, side := range []struct {
			v    *V
			into *jsontext.Value
		}{{was, &d.Before}, {is, &d.After}} {
			if side.v != nil && failed == nil {
				*side.into, failed = json.Marshal(side.v, with)
			}
		}
		if !bytes.Equal(d.Before, d.After) { // a state that was loaded has other pointers to what may be the same
			differences = append(differences, d)
		}
	}
	t.pointers(func(key string, is *V) {
		if was := before.pointer(key); was != is {
			note(key, was, is)
		}
	})
	before.pointers(func(key string, was *V) {
		if t.pointer(key) == nil {
			note(key, was, nil)
		}
	})
	slices.SortFunc(differences, func(a, b Difference) int { return cmp.Compare(a.Key, b.Key) })
	return differences, failed
}

func (t *Table[V]) pointers(visit func(key string, v *V)) {
	if t.rows != nil {
		t.rows.Scan(func(key string, v *V) bool { visit(key, v); return true })
	}
}

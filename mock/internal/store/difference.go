package store

import (
	"bytes"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/internal/ordered"
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
	err := ordered.Differ(&before.(*Table[V]).rows, &t.rows, func(key string, was, is *V) error {
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
	_ = ordered.Differ(&before.(*Table[V]).rows, &t.rows, func(key string, _, is *V) error {
		c := Change{Table: t.name, Key: key}
		if is != nil {
			c.Value = *is
		}
		list = append(list, c)
		return nil
	})
	return list
}

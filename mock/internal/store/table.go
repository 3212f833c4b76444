package store

import (
	"bytes"
	"fmt"
	"reflect"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/internal/memory"
	"dragonmock/mock/internal/ordered"
	"dragonmock/mock/internal/strictjson"
)

// Table is one kind of thing in a world: an ordered map from keys to values, which are never modified in place. The
// zero Table is empty and can only be read.
type Table[V any] struct {
	name    string
	rows    ordered.Map[V]
	size    int  // about how many bytes the rows take
	written int  // and all that were ever put, here or before the table was copied
	log     *log // nil: a copy, which can only be read
}

// Size is about how many bytes the rows take together.
func (t *Table[V]) Size() int { return t.size }

func (t *Table[V]) bytes() (size, written int) { return t.size, t.written }

// Get returns the row of a key.
func (t *Table[V]) Get(key string) (V, bool) {
	if p := t.rows.Get(key); p != nil {
		return *p, true
	}
	var zero V
	return zero, false
}

// Has says whether there is a row of a key.
func (t *Table[V]) Has(key string) bool { return t.rows.Get(key) != nil }

// Len is the number of rows.
func (t *Table[V]) Len() int { return t.rows.Len() }

// First returns the row with the smallest key.
func (t *Table[V]) First() (key string, v V, ok bool) {
	key, p := t.rows.First()
	if p == nil {
		return "", v, false
	}
	return key, *p, true
}

// Each visits the rows in order of their keys until visit returns false. Nothing may be written meanwhile.
func (t *Table[V]) Each(visit func(key string, v V) bool) {
	t.rows.Each(func(key string, v *V) bool { return visit(key, *v) })
}

// EachDown visits the rows whose keys begin with prefix, in falling order, until visit returns false. What follows the
// prefix is ASCII. Nothing may be written meanwhile.
func (t *Table[V]) EachDown(prefix string, visit func(key string, v V) bool) {
	t.rows.Down(prefix, func(key string, v *V) bool { return visit(key, *v) })
}

// PageDown visits what [Table.EachDown] does from position from to before position to, counted from 0, and returns how
// many there are in all. What is not visited is not walked.
func (t *Table[V]) PageDown(prefix string, from, to int, visit func(key string, v V) bool) (total int) {
	return t.rows.PageDown(prefix, from, to, func(key string, v *V) bool { return visit(key, *v) })
}

// Put stores a row. It panics outside a transaction.
func (t *Table[V]) Put(key string, v V) {
	t.log.mustBeOpen(t.name)
	t.note(key, t.rows.Set(key, &v), &v)
}

// Add stores a row where there is none, and says whether there was none. It panics outside a transaction.
func (t *Table[V]) Add(key string, v V) bool {
	t.log.mustBeOpen(t.name)
	if before := t.rows.Set(key, &v); before != nil {
		t.rows.Set(key, before)
		return false
	}
	t.note(key, nil, &v)
	return true
}

// Remove ends a row, if it is there. It panics outside a transaction.
func (t *Table[V]) Remove(key string) {
	t.log.mustBeOpen(t.name)
	if before := t.rows.Delete(key); before != nil {
		t.note(key, before, nil)
	}
}

// note notes how a row was and is, nil for not there: in case the transaction fails, and for who watches.
func (t *Table[V]) note(key string, before, after *V) {
	size := memory.OfRow(key, after)
	grown := size - memory.OfRow(key, before)
	t.size += grown
	t.written += size
	t.log.undo = append(t.log.undo, func() {
		t.size -= grown
		t.written -= size
		if before == nil {
			t.rows.Delete(key)
		} else {
			t.rows.Set(key, before)
		}
	})
	if t.log.watched {
		c := Change{Table: t.name, Key: key}
		if after != nil {
			c.Value = *after
		}
		t.log.changes = append(t.log.changes, c)
	}
}

// anyTable is a table, whatever it holds.
type anyTable interface {
	Name() string
	bytes() (size, written int)
	bind(name string, log *log)
	// detach makes the rows the table's own. It costs nothing: nodes are copied when one of the two writes.
	detach()
	// take puts the rows of another table of the kind in place of its own.
	take(other anyTable)
	write(e *jsontext.Encoder, before anyTable) error
	read(*jsontext.Decoder) error
	decode(jsontext.Value, json.Options) (any, error)
	apply(key string, value any) error
	changed(before anyTable, with json.Options) ([]Difference, error)
	changes(before anyTable) []Change
}

// Name is what the register calls the table.
func (t *Table[V]) Name() string { return t.name }

func (t *Table[V]) bind(name string, log *log) { t.name, t.log = name, log }

func (t *Table[V]) detach() { t.rows = t.rows.Copy() }

func (t *Table[V]) take(other anyTable) {
	from := other.(*Table[V])
	t.rows, t.size, t.written = from.rows, from.size, from.written
	t.detach()
}

// record is one row of a table on paper.
type record[V any] struct {
	Key   string `json:"key"`
	Value *V     `json:"value,omitzero"` // absent: it is not there any more
}

// write writes the rows, sorted by key, that are not as they were in another table of the kind.
func (t *Table[V]) write(e *jsontext.Encoder, other anyTable) error {
	if err := e.WriteToken(jsontext.BeginArray); err != nil {
		return err
	}
	err := ordered.Differ(&other.(*Table[V]).rows, &t.rows, func(key string, was, is *V) error {
		if was != nil && is != nil {
			if same, err := equal(was, is, e.Options()); same || err != nil {
				return err
			}
		}
		return json.MarshalEncode(e, record[V]{key, is})
	})
	if err != nil {
		return err
	}
	return e.WriteToken(jsontext.EndArray)
}

// equal says whether two rows are the same on paper. A state that was read has rows of its own; those that are the same are
// sooner seen to be so in memory, where an instant has several forms and the others need not be.
func equal[V any](a, b *V, with json.Options) (bool, error) {
	if reflect.DeepEqual(a, b) {
		return true, nil
	}
	first, err := json.Marshal(a, with)
	if err != nil {
		return false, err
	}
	second, err := json.Marshal(b, with)
	return bytes.Equal(first, second), err
}

// read does upon the rows what write has written. The table is nobody's yet.
func (t *Table[V]) read(d *jsontext.Decoder) error {
	last, list := "", d.StackPointer()
	return strictjson.EachElement(d, func(i int) error {
		var row record[V]
		if d.PeekKind() == 'n' {
			return strictjson.At(strictjson.Element(list, i), "expected an object, got null")
		}
		if err := json.UnmarshalDecode(d, &row); err != nil {
			return err
		}
		if i > 0 && row.Key <= last {
			return strictjson.At(d.StackPointer()+"/key", "expected one after that of the row before, %q is not sorted, or there twice", row.Key)
		}
		last = row.Key
		if row.Value != nil {
			was := t.rows.Set(row.Key, row.Value)
			t.size += memory.OfRow(row.Key, row.Value) - memory.OfRow(row.Key, was)
			t.written += memory.OfRow(row.Key, row.Value)
			return nil
		}
		if was := t.rows.Delete(row.Key); was != nil {
			t.size -= memory.OfRow(row.Key, was)
			return nil
		}
		return strictjson.At(d.StackPointer()+"/value", "it is missing")
	})
}

// decode reads the value of a change.
func (t *Table[V]) decode(data jsontext.Value, with json.Options) (any, error) {
	var v V
	err := json.Unmarshal(data, &v, with)
	return v, err
}

// apply does one change, in a transaction.
func (t *Table[V]) apply(key string, value any) error {
	if value == nil {
		t.Remove(key)
		return nil
	}
	v, ok := value.(V)
	if !ok {
		return fmt.Errorf("table %s, key %q: expected a %T, got a %T", t.name, key, v, value)
	}
	t.Put(key, v)
	return nil
}

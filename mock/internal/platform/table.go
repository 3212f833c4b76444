package platform

import (
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/tidwall/btree"
)

// degree makes nodes small: the first write to a node after a copy copies it.
const degree = 8

// table is one kind of thing in a world: an ordered map. Values are never modified in place. Copies of the value share
// their rows; one to keep is detached.
type table[V any] struct {
	name string
	rows *btree.Map[string, *V]
}

// anyTable is a table, whatever it holds.
type anyTable interface {
	title() string
	// detach makes the rows the table's own. It costs nothing: nodes are copied when one of the two writes.
	detach()
	dump(json.Options) (jsontext.Value, error)
	load(*Tx, jsontext.Value, json.Options) error
	changed(before anyTable, with json.Options) ([]Difference, error)
}

func (t *table[V]) detach() {
	if t.rows != nil {
		t.rows = t.rows.Copy()
	}
}

func (t table[V]) get(key string) (V, bool) {
	if t.rows != nil {
		if v, ok := t.rows.Get(key); ok {
			return *v, true
		}
	}
	var zero V
	return zero, false
}

func (t table[V]) has(key string) bool { _, ok := t.get(key); return ok }

func (t table[V]) len() int {
	if t.rows == nil {
		return 0
	}
	return t.rows.Len()
}

// first answers the row with the smallest key.
func (t table[V]) first() (key string, v V, ok bool) {
	if t.rows == nil {
		return "", v, false
	}
	key, p, ok := t.rows.Min()
	if ok {
		v = *p
	}
	return key, v, ok
}

// each visits the rows in order of their keys until visit answers false.
func (t table[V]) each(visit func(key string, v V) bool) {
	if t.rows != nil {
		t.rows.Scan(func(key string, v *V) bool { return visit(key, *v) })
	}
}

// eachDown visits the rows whose keys begin with prefix, in falling order, until visit answers false. Keys are ASCII.
func (t table[V]) eachDown(prefix string, visit func(key string, v V) bool) {
	if t.rows == nil {
		return
	}
	t.rows.Descend(prefix+"\x7f", func(key string, v *V) bool {
		return len(key) >= len(prefix) && key[:len(prefix)] == prefix && visit(key, *v)
	})
}

// put stores a row.
func put[V any](tx *Tx, t *table[V], key string, v V) {
	if t.rows == nil {
		t.rows = btree.NewMap[string, *V](degree)
	}
	before, _ := t.rows.Set(key, &v)
	restoring(tx, t, key, before)
	if tx.world.observe != nil {
		tx.changes = append(tx.changes, Change{Table: t.name, Key: key, Value: v})
	}
}

// remove ends a row, if it is there.
func remove[V any](tx *Tx, t *table[V], key string) {
	if t.rows == nil {
		return
	}
	before, there := t.rows.Delete(key)
	if !there {
		return
	}
	restoring(tx, t, key, before)
	if tx.world.observe != nil {
		tx.changes = append(tx.changes, Change{Table: t.name, Key: key})
	}
}

// restoring notes how a row was, nil for not there, in case the transaction fails.
func restoring[V any](tx *Tx, t *table[V], key string, before *V) {
	rows := t.rows
	tx.undo = append(tx.undo, func() {
		if before == nil {
			rows.Delete(key)
		} else {
			rows.Set(key, before)
		}
	})
}

func (t *table[V]) title() string { return t.name }

// dump writes the rows, sorted by key.
func (t *table[V]) dump(with json.Options) (jsontext.Value, error) {
	rows := make([]record[V], 0, t.len())
	t.each(func(key string, v V) bool {
		rows = append(rows, record[V]{key, v})
		return true
	})
	return json.Marshal(rows, with)
}

// load stages rows in place of those that are there.
func (t *table[V]) load(tx *Tx, data jsontext.Value, with json.Options) error {
	var rows []record[V]
	if err := json.Unmarshal(data, &rows, with); err != nil {
		return err
	}
	var gone []string
	t.each(func(key string, _ V) bool { gone = append(gone, key); return true })
	for _, key := range gone {
		remove(tx, t, key)
	}
	for i, row := range rows {
		if i > 0 && row.Key <= rows[i-1].Key {
			return fmt.Errorf("key %q is not sorted, or there twice", row.Key)
		}
		put(tx, t, row.Key, row.Value)
	}
	return nil
}

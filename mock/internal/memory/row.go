package memory

import (
	"reflect"
	"sync"
	"time"
)

// place is about how many bytes a row takes in the nodes of its table, which are half full.
const place = 64

// OfRow is about how many bytes a row takes, with its key and all that it points to; 0: there is none. What rows share is
// counted in each of them.
func OfRow[V any](key string, row *V) int {
	if row == nil {
		return 0
	}
	t := reflect.TypeFor[V]()
	n := place + len(key) + int(t.Size())
	if h := heldBy(t); h != nil {
		n += h(reflect.ValueOf(row).Elem())
	}
	return n
}

// held says how many bytes a value of its type points to.
type held func(reflect.Value) int

var (
	known   sync.Map                             // reflect.Type -> held
	instant = reflect.TypeFor[time.Time]()       // points to a zone, which is not its own
	entry   = int(reflect.TypeFor[any]().Size()) // about what a map takes for an element, beside the two
)

// heldBy is worked out once for a type; nil: it points to nothing. No row is of a type that has lists of its own type.
func heldBy(t reflect.Type) held {
	if h, ok := known.Load(t); ok {
		return h.(held)
	}
	h := workOut(t)
	known.Store(t, h)
	return h
}

func workOut(t reflect.Type) held {
	switch t.Kind() {
	case reflect.String:
		return reflect.Value.Len
	case reflect.Slice:
		return elements(t.Elem(), int(t.Elem().Size()))
	case reflect.Array:
		if heldBy(t.Elem()) == nil {
			return nil
		}
		return elements(t.Elem(), 0)
	case reflect.Struct:
		return members(t)
	case reflect.Pointer, reflect.Interface:
		return func(v reflect.Value) int {
			if v.IsNil() {
				return 0
			}
			return whole(v.Elem())
		}
	case reflect.Map:
		return func(v reflect.Value) (n int) {
			for each := v.MapRange(); each.Next(); {
				n += entry + whole(each.Key()) + whole(each.Value())
			}
			return n
		}
	}
	return nil
}

// whole is a value with what it points to.
func whole(v reflect.Value) int {
	n := int(v.Type().Size())
	if h := heldBy(v.Type()); h != nil {
		n += h(v)
	}
	return n
}

// elements counts those of a list, each of so many bytes.
func elements(t reflect.Type, size int) held {
	of := heldBy(t)
	return func(v reflect.Value) int {
		n := v.Len() * size
		if of != nil {
			for i := range v.Len() {
				n += of(v.Index(i))
			}
		}
		return n
	}
}

// members counts those of a struct that point to something.
func members(t reflect.Type) held {
	if t == instant {
		return nil
	}
	type member struct {
		i  int
		of held
	}
	var all []member
	for i := range t.NumField() {
		if of := heldBy(t.Field(i).Type); of != nil {
			all = append(all, member{i, of})
		}
	}
	if all == nil {
		return nil
	}
	return func(v reflect.Value) (n int) {
		for _, m := range all {
			n += m.of(v.Field(m.i))
		}
		return n
	}
}

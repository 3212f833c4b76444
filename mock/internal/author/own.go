package author

import (
	"reflect"
	"time"
)

// own is a copy of a value that shares no slice, map or pointer with it. What goes to a Go caller and comes from one is
// copied: rows of a world are never modified, and a caller may do with its own values what it likes.
func own[T any](v T) T {
	copied := reflect.ValueOf(&v).Elem()
	unshare(copied)
	return v
}

// zone is shared: nobody can modify one.
var zone = reflect.TypeFor[*time.Location]()

// unshare puts copies in place of what a value shares with others. Fields that are not exported stay as they are.
func unshare(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				unshare(v.Field(i))
			}
		}
	case reflect.Array:
		for i := range v.Len() {
			unshare(v.Index(i))
		}
	case reflect.Slice:
		if v.IsNil() {
			return
		}
		list := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(list, v)
		v.Set(list)
		if plain(v.Type().Elem().Kind()) {
			return
		}
		for i := range v.Len() {
			unshare(v.Index(i))
		}
	case reflect.Map:
		if v.IsNil() {
			return
		}
		table := reflect.MakeMapWithSize(v.Type(), v.Len())
		for key, value := range v.Seq2() {
			table.SetMapIndex(key, unshared(value))
		}
		v.Set(table)
	case reflect.Pointer:
		if !v.IsNil() && v.Type() != zone {
			pointer := reflect.New(v.Type().Elem())
			pointer.Elem().Set(unshared(v.Elem()))
			v.Set(pointer)
		}
	case reflect.Interface:
		if !v.IsNil() {
			v.Set(unshared(v.Elem()))
		}
	}
}

// plain says whether values of a kind share nothing: a body is not looked at byte by byte.
func plain(k reflect.Kind) bool { return k < reflect.Array || k == reflect.String }

func unshared(v reflect.Value) reflect.Value {
	copied := reflect.New(v.Type()).Elem()
	copied.Set(v)
	unshare(copied)
	return copied
}

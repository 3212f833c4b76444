package wirefields

import (
	"encoding"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Of returns every member that values have on the wire by their json tags, as sorted JSON pointers with * for the items of
// a list. What writes itself has no members of its own; an interface has those of what is in it.
func Of(values ...any) []string {
	found := map[string]bool{}
	for _, v := range values {
		fieldsOf("", reflect.ValueOf(v), found)
	}
	return slices.Sorted(maps.Keys(found))
}

func fieldsOf(at string, v reflect.Value, found map[string]bool) {
	switch kind := v.Kind(); {
	case kind == reflect.Invalid || writesItself(v.Type()):
	case kind == reflect.Interface:
		fieldsOf(at, v.Elem(), found)
	case kind == reflect.Pointer && v.IsNil():
		fieldsOf(at, reflect.Zero(v.Type().Elem()), found)
	case kind == reflect.Pointer:
		fieldsOf(at, v.Elem(), found)
	case (kind == reflect.Slice || kind == reflect.Array) && v.Len() > 0:
		fieldsOf(at+"/*", v.Index(0), found)
	case kind == reflect.Slice || kind == reflect.Array:
		fieldsOf(at+"/*", reflect.Zero(v.Type().Elem()), found)
	case kind == reflect.Struct:
		for i := range v.NumField() {
			name, options, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			switch {
			case options == "embed" || v.Type().Field(i).Anonymous && name == "":
				fieldsOf(at, v.Field(i), found)
			case name != "" && name != "-":
				field := string(jsontext.Pointer(at).AppendToken(name))
				found[field] = true
				fieldsOf(field, v.Field(i), found)
			}
		}
	}
}

// writesItself says that a type has a form on the wire that its fields do not tell.
func writesItself(t reflect.Type) bool {
	return t.Implements(reflect.TypeFor[json.Marshaler]()) || t.Implements(reflect.TypeFor[encoding.TextMarshaler]())
}

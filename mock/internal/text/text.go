package text

import (
	"errors"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Err is what is said of a string that is no text.
var Err = errors.New("expected UTF-8")

// Check refuses words that are no text.
func Check(words ...string) error {
	for _, w := range words {
		if !utf8.ValidString(w) {
			return Err
		}
	}
	return nil
}

// maxName is how long a name may be that somebody gives a thing of the mock.
const maxName = 64 // letters

// IsName says whether a text may be the name of a thing of the mock, which stands in URLs: 1 to 64 letters, digits, dots,
// dashes and underscores, all of them ASCII.
func IsName(name string) bool {
	odd := func(c rune) bool {
		return c > unicode.MaxASCII || !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune("._-", c)
	}
	return name != "" && len(name) <= maxName && !strings.ContainsFunc(name, odd)
}

// Wrong finds the first string in a value that is no text, keys of maps and bytes included, and says where it is: the
// names of members on the way, with slashes. A value that is itself no text is at "". Members that are not exported, and
// what is behind an interface, are not looked into.
func Wrong(v any) (where string, found bool) {
	path, found := wrong(reflect.ValueOf(v))
	slices.Reverse(path)
	return strings.Join(path, "/"), found
}

// wrong returns the way to what is wrong from its end.
func wrong(v reflect.Value) (path []string, found bool) {
	switch v.Kind() {
	case reflect.String:
		return nil, !utf8.ValidString(v.String())
	case reflect.Pointer:
		return wrong(v.Elem())
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return nil, v.Kind() == reflect.Slice && !utf8.Valid(v.Bytes())
		}
		for i := range v.Len() {
			if path, found = wrong(v.Index(i)); found {
				return append(path, strconv.Itoa(i)), true
			}
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			if _, found = wrong(key); found {
				return nil, true
			}
			if path, found = wrong(v.MapIndex(key)); found {
				return append(path, key.String()), true
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() {
				if path, found = wrong(v.Field(i)); found {
					return append(path, memberName(field)), true
				}
			}
		}
	}
	return nil, false
}

// memberName is what users call a field: as it is in JSON, or with a small letter.
func memberName(f reflect.StructField) string {
	if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" && name != "-" {
		return name
	}
	name := strings.ReplaceAll(f.Name, "ID", "Id")
	return strings.ToLower(name[:1]) + name[1:]
}

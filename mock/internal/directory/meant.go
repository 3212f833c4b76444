package directory

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/nearest"
	"dragonmock/mock/internal/strictjson"
)

// Meant are the operations whose calls an author means.
type Meant []*contract.Operation

// CheckQuery adds the parameters that none of the operations has.
func (m Meant) CheckQuery(found *strictjson.Problems, query map[string]string, at jsontext.Pointer) {
	var known []string
	for _, op := range m {
		known = append(known, op.Parameters("query")...)
	}
	for _, name := range slices.Sorted(maps.Keys(query)) {
		if !slices.Contains(known, name) {
			found.Add(at.AppendToken(name), "no call that is meant has this parameter%s", nearest.DidYouMean(name, known))
		}
	}
}

// CheckBody adds the members that no body of the operations has. What is no JSON is not its business.
func (m Meant) CheckBody(found *strictjson.Problems, body jsontext.Value, at jsontext.Pointer) {
	fields := fields{}
	for _, op := range m {
		known := op.Fields()
		if op.TakesBody() && len(known) == 0 {
			return // a body that holds anything
		}
		for _, field := range known {
			fields[field] = true
		}
	}
	if value, err := contract.Decode(body); err == nil {
		fields.check(found, value, "", at)
	}
}

// fields are the members that there are, as JSON pointers in which * is any element of a list.
type fields map[string]bool

func (f fields) check(found *strictjson.Problems, v any, place string, at jsontext.Pointer) {
	switch v := v.(type) {
	case map[string]any:
		known := f.below(place)
		if place != "" && len(known) == 0 {
			return // a plain value, or an object that holds anything
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if field := string(jsontext.Pointer(place).AppendToken(name)); f[field] {
				f.check(found, v[name], field, at.AppendToken(name))
			} else {
				found.Add(at.AppendToken(name), "no call that is meant has this member%s", nearest.DidYouMean(name, known))
			}
		}
	case []any:
		for i, element := range v {
			f.check(found, element, place+"/*", at.AppendToken(strconv.Itoa(i)))
		}
	}
}

// below are the names of the members that stand in one.
func (f fields) below(place string) (names []string) {
	for _, field := range slices.Sorted(maps.Keys(f)) {
		if name, ok := strings.CutPrefix(field, place+"/"); ok && !strings.Contains(name, "/") {
			names = append(names, jsontext.Pointer("/"+name).LastToken())
		}
	}
	return names
}

package directory

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/envelope"
	"dragonmock/mock/internal/nearest"
	"dragonmock/mock/internal/pattern"
	"dragonmock/mock/internal/schema"
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
		known := op.Kinds()
		if op.TakesBody() && len(known) == 0 {
			return // a body that holds anything
		}
		for field, kind := range known {
			if before, there := fields[field]; there {
				kind = before.Or(kind)
			}
			fields[field] = kind
		}
	}
	if value, err := contract.Decode(body); err == nil {
		fields.check(found, value, "", at)
	}
}

// CheckHeaders adds the names that no header has which the operations or the mock read, and those that name a header again:
// case does not count. A name that is near none of theirs may be the client's own.
func (m Meant) CheckHeaders(found *strictjson.Problems, headers map[string]string, at jsontext.Pointer) {
	known := []string{"Authorization", "Content-Type", envelope.ExplainHeader}
	for _, op := range m {
		known = append(known, op.Parameters("header")...)
	}
	names := slices.Sorted(maps.Keys(headers))
	for i, name := range names {
		same := func(k string) bool { return strings.EqualFold(k, name) }
		switch meant := nearest.Header(name, known); {
		case !IsToken(name):
			found.Add(at.AppendToken(name), "expected the name of a header")
		case slices.ContainsFunc(names[:i], same):
			found.Add(at.AppendToken(name), "it is the header %s again", http.CanonicalHeaderKey(name))
		case slices.ContainsFunc(known, same):
		case meant != "":
			found.Add(at.AppendToken(name), "nothing reads this header, did you mean %s?", meant)
		case envelope.IsOwn(name):
			found.Add(at.AppendToken(name), "the mock reads no such header")
		}
	}
}

// fields are which values the members can be that there are, by JSON pointers in which * is any element of a list.
type fields map[string]schema.Kind

func (f fields) check(found *strictjson.Problems, v any, place string, at jsontext.Pointer) {
	switch v := v.(type) {
	case map[string]any:
		known := f.below(place)
		if place != "" && len(known) == 0 {
			return // an object that holds anything
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if found.Full() {
				return
			}
			field := string(jsontext.Pointer(place).AppendToken(name))
			if _, there := f[field]; there {
				f.value(found, v[name], field, at.AppendToken(name))
			} else {
				found.Add(at.AppendToken(name), "no call that is meant has this member%s", nearest.DidYouMean(name, known))
			}
		}
	case []any:
		for i, element := range v {
			f.value(found, element, place+"/*", at.AppendToken(strconv.Itoa(i)))
		}
	}
}

// value judges what a member, or an element, is to be.
func (f fields) value(found *strictjson.Problems, v any, place string, at jsontext.Pointer) {
	kind := f[place]
	text, _ := v.(string)
	switch _, expression := pattern.Expression(text); {
	case expression && !kind.TakesText():
		found.Add(at, "no call that is meant has text there, and an expression fits nothing else: expected %s", kind.Expected())
	case !expression && !kind.Takes(v):
		found.Add(at, "no call that is meant has this value: expected %s", kind.Expected())
	default:
		f.check(found, v, place, at)
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

package strictjson

import (
	"bytes"
	"encoding"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/internal/bom"
	"dragonmock/mock/internal/brief"
	"dragonmock/mock/internal/nearest"
)

// Bounds of reading: how many levels of nesting, and how many bytes in all when a document is read again.
const (
	maxDepth = 64
	maxRead  = 2 << 20
)

// once is said when [Document] has seen that each name is there once: to see it again takes as long as all the rest.
var once = jsontext.AllowDuplicateNames(true)

// Document holds JSON against its grammar: one value, no name twice, nested at most 64 deep. The error is an [*Error] with
// the first problem.
func Document(data []byte) (jsontext.Value, error) {
	data = bom.Skip(data)
	d := jsontext.NewDecoder(bytes.NewReader(data))
	for {
		_, err := d.ReadToken()
		switch {
		case errors.Is(err, io.EOF):
			return nil, &Error{[]Problem{{Message: "expected JSON, got nothing"}}}
		case err != nil:
			return nil, &Error{[]Problem{grammar(err)}}
		case d.StackDepth() > maxDepth:
			return nil, &Error{[]Problem{{string(d.StackPointer()), fmt.Sprintf("it is nested more than %d deep", maxDepth)}}}
		}
		if d.StackDepth() == 0 {
			break
		}
	}
	if rest := bytes.TrimSpace(data[d.InputOffset():]); len(rest) > 0 {
		return nil, &Error{[]Problem{{Message: "expected one JSON value, got more"}}}
	}
	return bytes.TrimSpace(data), nil
}

// grammar says where JSON is broken.
func grammar(err error) Problem {
	var syntax *jsontext.SyntacticError
	if !errors.As(err, &syntax) {
		return Problem{Message: "it is no JSON: " + err.Error()}
	}
	if errors.Is(err, jsontext.ErrDuplicateName) {
		return Problem{string(syntax.JSONPointer), "it is there twice"}
	}
	text := strings.TrimPrefix(syntax.Err.Error(), "jsontext: ")
	if errors.Is(err, io.ErrUnexpectedEOF) {
		text = "it ends early,"
	}
	return Problem{string(syntax.JSONPointer), fmt.Sprintf("it is no JSON: %s at byte %d", text, syntax.ByteOffset)}
}

// Read reads what [Document] returned, or a part of it that stands at a pointer, into a value. What is wrong is added to
// found, and left out of the value; of a list, the first element that is wrong is named, and the list is left out. After
// each what is left is read again, so after [brief.Most] of a small document, and after fewer of a large one, it ends. With
// reads types in a way of its own, and may be nil. Its errors, and those of a type's own methods, are the messages.
func Read[T any](found *Problems, raw jsontext.Value, at jsontext.Pointer, with *json.Unmarshalers) T {
	options := json.JoinOptions(once, json.RejectUnknownMembers(true), json.WithUnmarshalers(json.JoinUnmarshalers(with, json.UnmarshalFromFunc(checkKind))))
	for again, read := 0, len(raw); ; {
		var v T
		err := json.Unmarshal(raw, &v, options)
		if err == nil {
			return v
		}
		pointer, message := explain(err)
		if !found.within(at + pointer) { // else it lacks what was taken out
			found.Add(at+pointer, "%s", message)
		}
		again, read = again+1, read+len(raw)
		if raw = without(raw, pointer); raw == nil || again > brief.Most || read > maxRead || found.Full() {
			return *new(T)
		}
	}
}

// InWords says in our own words what the JSON library did not like, and where.
func InWords(err error) error {
	if errors.Is(err, io.EOF) {
		return &Error{[]Problem{{Message: "it is no JSON: it ends early, at byte 0"}}}
	}
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		return &Error{[]Problem{grammar(err)}}
	}
	at, message := explain(err)
	return &Error{[]Problem{{string(at), message}}}
}

// explain says in our own words what the JSON library did not like, and where.
func explain(err error) (at jsontext.Pointer, message string) {
	var wrong *json.SemanticError
	switch {
	case !errors.As(err, &wrong):
		return "", strings.TrimPrefix(err.Error(), "jsontext: read error: ") // what a reader of ours says
	case wrong.Err == json.ErrUnknownName:
		var known []string
		for _, field := range reflect.VisibleFields(wrong.GoType) {
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			known = append(known, name)
		}
		message = "unknown member" + nearest.DidYouMean(wrong.JSONPointer.LastToken(), known)
	case wrong.Err == nil && wrong.GoType != nil && !strings.ContainsRune(kindsOf(wrong.GoType), rune(wrong.JSONKind)):
		_, want := wanted(wrong.GoType)
		message = fmt.Sprintf("expected %s, got %s", want, KindName(wrong.JSONKind))
	case wrong.Err == nil, errors.Is(wrong.Err, strconv.ErrRange), errors.Is(wrong.Err, strconv.ErrSyntax):
		_, want := wanted(wrong.GoType)
		message = "expected " + want + " that fits" + whole(wrong.GoType)
	default:
		message = wrong.Err.Error()
	}
	return wrong.JSONPointer, message
}

func kindsOf(t reflect.Type) string {
	kinds, _ := wanted(t)
	return kinds
}

// whole says which numbers fit into a type of whole ones.
func whole(t reflect.Type) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t.Kind() >= reflect.Int && t.Kind() <= reflect.Int64:
		return fmt.Sprintf(": a whole one without point or exponent, from %d to %d", math.MinInt64>>(64-t.Bits()), math.MaxInt64>>(64-t.Bits()))
	case t.Kind() >= reflect.Uint && t.Kind() <= reflect.Uint64:
		return fmt.Sprintf(": a whole one without point or exponent, from 0 to %d", uint64(math.MaxUint64)>>(64-t.Bits()))
	}
	return ""
}

// checkKind says what is expected where a value of another kind stands. It reads nothing.
func checkKind(d *jsontext.Decoder, v any) error {
	t, kind := reflect.TypeOf(v).Elem(), d.PeekKind()
	kinds, want := wanted(t)
	if !strings.ContainsRune(kinds, rune(kind)) && (kind == 'n' || t.Kind() != reflect.Pointer) { // what it points to comes next
		return fmt.Errorf("expected %s, got %s", want, KindName(kind))
	}
	return errors.ErrUnsupported // go on as if we were not here
}

// wanted are the kinds of JSON that a type is read from, and their name.
func wanted(t reflect.Type) (kinds, name string) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == reflect.TypeFor[jsontext.Value]():
		return `{["0tfn`, "a value"
	case reflect.PointerTo(t).Implements(reflect.TypeFor[json.UnmarshalerFrom]()):
		return `{["0tf`, "a value"
	case t.Kind() == reflect.String, reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()):
		return `"`, "a string"
	case t.Kind() == reflect.Bool:
		return "tf", "true or false"
	case t.Kind() == reflect.Slice, t.Kind() == reflect.Array:
		return "[", "a list"
	case t.Kind() == reflect.Struct, t.Kind() == reflect.Map:
		return "{", "an object"
	}
	return "0", "a number"
}

// KindName names a kind of JSON, as in "expected a list, got a string".
func KindName(kind jsontext.Kind) string {
	switch kind {
	case '{':
		return "an object"
	case '[':
		return "a list"
	case '"':
		return "a string"
	case '0':
		return "a number"
	case 't', 'f':
		return "a boolean"
	}
	return "null"
}

// Members returns the members of an object that is valid JSON.
func Members(raw jsontext.Value) (list map[string]jsontext.Value) {
	_ = json.Unmarshal(raw, &list, once)
	return list
}

// without takes a member out of valid JSON; of an element of a list, the member that the list is, because the others'
// pointers must stay what they are. Of the whole, nothing is left.
func without(raw jsontext.Value, at jsontext.Pointer) jsontext.Value {
	for ; at != ""; at = at.Parent() {
		depth := strings.Count(string(at), "/")
		var out bytes.Buffer
		d, e, done := jsontext.NewDecoder(bytes.NewReader(raw), once), jsontext.NewEncoder(&out, once), false
		for token, err := d.ReadToken(); err == nil; token, err = d.ReadToken() {
			kind, n := d.StackIndex(d.StackDepth())
			if d.StackDepth() == depth && kind == '{' && n%2 == 1 && d.StackPointer() == at { // the token is the member's name
				done = d.SkipValue() == nil
				continue
			}
			_ = e.WriteToken(token) // what was valid stays so
		}
		if done {
			return out.Bytes()
		}
	}
	return nil
}

package strictjson_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/brief"
	"dragonmock/mock/internal/strictjson"
)

type inner struct {
	Name string    `json:"name"`
	At   time.Time `json:"at"`
}

type embedded struct {
	Left bool `json:"left"`
}

type outer struct {
	embedded
	Count *float64          `json:"count"`
	Inner inner             `json:"inner"`
	More  *inner            `json:"more"`
	List  []inner           `json:"list"`
	Texts map[string]string `json:"texts"`
	Free  jsontext.Value    `json:"free"`
	Own   own               `json:"own"`
}

// own has a reading of its own.
type own int

func (o *own) UnmarshalJSONFrom(d *jsontext.Decoder) error {
	raw, err := d.ReadValue()
	if err == nil && raw.Kind() != '{' {
		return errors.New("expected something of our own")
	}
	*o = 1
	return err
}

func read(t *testing.T, data string) (outer, string) {
	t.Helper()
	raw, err := strictjson.Document([]byte(data))
	require.NoError(t, err, data)
	var found strictjson.Problems
	v := strictjson.Read[outer](&found, raw, "/at", nil)
	if err := found.Err(); err != nil {
		return v, err.Error()
	}
	return v, ""
}

func TestRead_NamesEveryProblem(t *testing.T) {
	for data, want := range map[string]string{
		`{}`: "",
		`{"left":true,"count":1,"inner":{"name":"x","at":"2025-09-01T00:00:00Z"},"list":[],"texts":{"a":"b"},"free":null,"own":{}}`: "",
		`7`:                           "/at: expected an object, got a number",
		`null`:                        "/at: expected an object, got null",
		`{"lefd":true}`:               "/at/lefd: unknown member, did you mean left?",
		`{"innr":{},"inner":{"x":1}}`: "/at/innr: unknown member, did you mean inner?\n/at/inner/x: unknown member",
		`{"count":"1","left":1,"list":{},"texts":[],"inner":"","own":1}`: "/at/count: expected a number, got a string\n/at/left: expected true or false, got a number\n" +
			"/at/list: expected a list, got an object\n/at/texts: expected an object, got a list\n/at/inner: expected an object, got a string\n/at/own: expected something of our own",
		`{"count":null,"more":null,"own":null,"texts":{"a/b":null,"c":1}}`: "/at/count: expected a number, got null\n/at/more: expected an object, got null\n" +
			"/at/own: expected a value, got null\n/at/texts/a~1b: expected a string, got null\n/at/texts/c: expected a string, got a number",
		`{"list":[{"name":1},null,{"nane":1},7],"left":0}`: "/at/list/0/name: expected a string, got a number\n/at/list/1: expected an object, got null\n/at/left: expected true or false, got a number",
		`{"list":[{},[{}],{}],"lefd":0}`:                   "/at/list/1: expected an object, got a list\n/at/lefd: unknown member, did you mean left?",
		`{"count":1e999}`:                                  "/at/count: expected a number that fits",
		`{"inner":{"at":7}}`:                               "/at/inner/at: expected a string, got a number",
		`{"more":{"name":[]}}`:                             "/at/more/name: expected a string, got a list",
	} {
		_, got := read(t, data)
		assert.Equal(t, want, got, data)
	}
	_, got := read(t, `{"inner":{"at":"soon"}}`)
	assert.Contains(t, got, "/at/inner/at: ")
}

func TestRead_KeepsWhatIsRight(t *testing.T) {
	v, problems := read(t, `{"left":true,"wrong":1,"inner":{"name":"x","at":0},"texts":{"a":"b","c":[]},"free":[1, null]}`)
	assert.NotEmpty(t, problems)
	assert.Equal(t, outer{embedded: embedded{true}, Inner: inner{Name: "x"}, Texts: map[string]string{"a": "b"}, Free: jsontext.Value(`[1,null]`)}, v)
}

func TestRead_BeyondTheBoundOfProblems_Ends(t *testing.T) {
	members := make([]string, 10*brief.Most)
	for i := range members {
		members[i] = `"x` + strings.Repeat("y", i) + `":1`
	}
	_, problems := read(t, "{"+strings.Join(members, ",")+"}")
	assert.Len(t, strings.Split(problems, "\n"), brief.Most+1)
	assert.Contains(t, problems, "\nand 1 more")
}

func TestRead_WithUnmarshalers_TheirErrorsAreTheMessage(t *testing.T) {
	raw, err := strictjson.Document([]byte(`{"list":[{"name":"a"}],"inner":{"name":"b"}}`))
	require.NoError(t, err)
	var found strictjson.Problems
	strictjson.Read[outer](&found, raw, "", jsonv2.UnmarshalFromFunc(func(d *jsontext.Decoder, s *string) error {
		v, err := d.ReadValue()
		if string(v) == `"b"` {
			return errors.New("expected another letter")
		}
		*s = "read"
		return err
	}))
	assert.EqualError(t, found.Err(), "/inner/name: expected another letter")
	assert.True(t, found.Cover("/inner/name"))
	assert.True(t, found.Cover("/inner/name/below"))
	assert.False(t, found.Cover("/inner"))
}

func TestDocument_SaysWhereItIsBroken(t *testing.T) {
	for data, want := range map[string]string{
		``:                      "expected JSON, got nothing",
		` `:                     "expected JSON, got nothing",
		`{} {}`:                 "expected one JSON value, got more",
		`{"a":1,"a":2}`:         "/a: it is there twice",
		`{"a":[1,}`:             "/a: it is no JSON: ",
		`{"a":`:                 "it is no JSON: it ends early, at byte 5",
		strings.Repeat("[", 65): strings.Repeat("/0", 64) + ": it is nested more than 64 deep",
		"{\"a\":\"\xff\"}":      "it is no JSON",
	} {
		_, err := strictjson.Document([]byte(data))
		assert.ErrorContains(t, err, want, "%q", data)
		assert.ErrorAs(t, err, new(*strictjson.Error))
	}
	raw, err := strictjson.Document([]byte(" {\"a\": 1}\n"))
	require.NoError(t, err)
	assert.Equal(t, `{"a": 1}`, string(raw))
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"left":true,"wrong":1,"inner":{"name":"x","at":0},"texts":{"a":"b","c":[]},"free":[1, null],"list":[{"name":7},null]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		raw, err := strictjson.Document(data)
		if err != nil {
			assert.False(t, jsontext.Value(data).IsValid() && len(data) < 60, "%s: %v", data, err)
			return
		}
		assert.True(t, json.Valid(raw))
		var found strictjson.Problems
		strictjson.Read[outer](&found, raw, "", nil)
		seen := map[string]bool{}
		for _, p := range found {
			assert.False(t, seen[p.Pointer], "%s is named twice", p.Pointer)
			seen[p.Pointer] = true
			assert.NotEmpty(t, p.Message)
		}
		if len(found) == 0 {
			var v outer
			assert.NoError(t, jsonv2.Unmarshal(raw, &v, jsonv2.RejectUnknownMembers(true)), "what has no problem is what the library reads")
		}
	})
}

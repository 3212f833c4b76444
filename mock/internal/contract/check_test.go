package contract_test

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/brief"
	"dragonmock/mock/internal/contract"
)

// operation reads one operation of testdata/things.yaml.
func operation(t *testing.T, id string) *contract.Operation {
	t.Helper()
	data, err := os.ReadFile("testdata/things.yaml")
	require.NoError(t, err)
	document, err := contract.Load(data)
	require.NoError(t, err)
	for _, op := range document.Operations() {
		if op.ID == id {
			return op
		}
	}
	require.Fail(t, "no such operation", id)
	return nil
}

// good is a request for makeThing with nothing wrong.
func good() contract.Request {
	return contract.Request{
		Header: http.Header{"X-Trace": {"t"}}, Path: url.Values{"kind": {"red"}, "id": {"1234"}}, Query: url.Values{},
		Body: map[string]any{"name": "n"}, Sent: true,
	}
}

// TestBodies goes through every kind of violation of a body and the words for it.
func TestBodies(t *testing.T) {
	for _, row := range []struct{ operation, body, want string }{
		{"makeThing", `{"name":"n","word":"two","whole":-1,"from":1,"to":9,"both":0.5,"flag":false,"list":["",""],"short":[{"size":1}]}`, ""},
		{"makeThing", `{"name":"","date":"2025-09-01T09:00:00+01:00","hex":"0f","upper":"A","text":"李李李","maybe":null,"free":{"x":1}}`, ""},

		{"makeThing", `[]`, "/: expected an object, got an array"},
		{"makeThing", `"{}"`, "/: expected an object, got a string"},
		{"makeThing", `null`, "/: expected an object, got null"},
		{"makeThing", `{}`, "/name: expected a string, it is missing"},
		{"makeThing", `{"name":"n","part":{}}`, "/part/size: expected an integer, it is missing"},
		{"makeThing", `{"name":null}`, "/name: expected a string, got null"},
		{"makeThing", `{"name":1}`, "/name: expected a string, got the number 1"},
		{"makeThing", `{"name":true}`, "/name: expected a string, got a boolean"},
		{"makeThing", `{"name":{}}`, "/name: expected a string, got an object"},

		{"makeThing", `{"name":"n","word":"three"}`, "/word: expected one of one, two"},
		{"makeThing", `{"name":"n","whole":1.5}`, "/whole: expected an integer, got the number 1.5"},
		{"makeThing", `{"name":"n","whole":"1"}`, "/whole: expected an integer, got a string"},
		{"makeThing", `{"name":"n","from":0}`, "/from: expected an integer of 1 or more"},
		{"makeThing", `{"name":"n","to":10}`, "/to: expected an integer of 9 or less"},
		{"makeThing", `{"name":"n","small":2147483647}`, ""},
		{"makeThing", `{"name":"n","small":2147483648}`, "/small: expected an integer of 0 or more that fits in 32 bits"},
		{"makeThing", `{"name":"n","small":-1}`, "/small: expected an integer of 0 or more"},
		{"makeThing", `{"name":"n","both":2}`, "/both: expected a number from 0.5 to 1.5"},
		{"makeThing", `{"name":"n","flag":"yes"}`, "/flag: expected true or false, got a string"},
		{"makeThing", `{"name":"n","list":{}}`, "/list: expected an array, got an object"},
		{"makeThing", `{"name":"n","list":["",2]}`, "/list/1: expected a string, got the number 2"},
		{"makeThing", `{"name":"n","short":[{"size":1},{"size":1}]}`, "/short: expected an array of at most 1 element"},
		{"makeThing", `{"name":"n","date":"2025-09-01"}`, "/date: expected a date and time with offset, such as 2028-12-31T23:59:59+00:00"},
		{"makeThing", `{"name":"n","hex":"x"}`, "/hex: expected a string such as 1f, that matches ^[0-9a-f]+$"},
		{"makeThing", `{"name":"n","upper":"x"}`, "/upper: expected a string that matches ^[A-Z]+$"},
		{"makeThing", `{"name":"n","text":""}`, "/text: expected a string of 1 to 3 characters"},
		{"makeThing", `{"name":"n","text":"李李李李"}`, "/text: expected a string of 1 to 3 characters"},
		{"makeThing", `{"name":"n","maybe":1}`, "/maybe: expected a string, got the number 1"},
		{"makeThing", `{"name":"n","a/b~c":1}`, "/a~1b~0c: expected a string, got the number 1"},

		{"choose", `{"a":""}`, ""},
		{"choose", `{"b":"","c":""}`, ""},
		{"choose", `{}`, "/: expected exactly one of a, b + c"},
		{"choose", `{"a":"","b":"","c":""}`, "/: expected exactly one of a, b + c"},
		{"chooseSome", `{"a":"","b":""}`, ""},
		{"chooseSome", `{}`, "/: expected at least one of a, b"},
		{"chooseOne", `{}`, ""},
		{"chooseOne", `{"a":""}`, ""},
		{"chooseOne", `{"a":"","b":""}`, "/: expected only one of a, b"},
		{"choose", `{"a":"","b":""}`, ""},
		{"choose", `{"b":""}`, "/: expected exactly one of a, b + c"},
		{"choose", `{"a":1,"b":"","c":""}`, "/a: expected a string, got the number 1; /: expected exactly one of a, b + c"},
		{"choose", `[]`, "/: expected an object, got an array"},
		{"chooseAll", `{"row":{},"rows":[{"a":"","b":"","c":"","d":""},{"a":"","b":null,"c":""}]}`, ""},
		{"chooseAll", `{"rows":[{},{"a":"","c":""}]}`, "/rows/1: expected all or none of a, b, c"},
		{"chooseAll", `{"row":{"b":"","d":"","e":""}}`, "/row: expected only one of d, e; /row: expected all or none of a, b, c"},
	} {
		body, err := contract.Decode([]byte(row.body))
		require.NoError(t, err)
		request := good()
		request.Body = body
		violations, unread := operation(t, row.operation).CheckRequest(request)
		assert.Equal(t, row.want, contract.Join(violations), row.body)
		assert.Empty(t, unread, row.body)
	}
}

// TestSecrets: what a client sent is never quoted, for it may be a secret.
func TestSecrets(t *testing.T) {
	request := good()
	request.Body = map[string]any{"name": []any{"hunter2"}, "word": "hunter2", "hex": "hunter2", "date": "hunter2", "text": "hunter2"}
	request.Path, request.Query = url.Values{"kind": {"hunter2"}, "id": {"hunter2"}}, url.Values{"size": {"hunter2"}, "code": {"hunter2"}}
	request.Header = http.Header{"X-Trace": {"hunter2hunter2"}}
	violations, _ := operation(t, "makeThing").CheckRequest(request)
	assert.Len(t, violations, 10)
	assert.NotContains(t, contract.Join(violations), "hunter2")
}

func TestParameters(t *testing.T) {
	op := operation(t, "makeThing")
	for _, row := range []struct {
		change func(*contract.Request)
		want   string
	}{
		{func(*contract.Request) {}, ""},
		{func(r *contract.Request) { r.Query["size"] = []string{"100"} }, ""},
		{func(r *contract.Request) { r.Header.Del("X-Trace") }, "header X-Trace: expected a string of 1 to 8 characters, it is missing"},
		{func(r *contract.Request) { r.Header["X-Trace"] = []string{"a", "b"} }, "header X-Trace: expected one value, got 2"},
		{func(r *contract.Request) { r.Header.Set("X-Trace", "") }, "header X-Trace: expected a string of 1 to 8 characters"},
		{func(r *contract.Request) { r.Path.Set("kind", "green") }, "path kind: expected one of red, blue"},
		{func(r *contract.Request) { r.Path.Set("id", "12345") }, "path id: expected a string of 2 to 4 characters"},
		{func(r *contract.Request) { r.Query["size"] = []string{"1", "2"} }, "query size: expected one value, got 2"},
		{func(r *contract.Request) { r.Query.Set("size", "0") }, "query size: expected an integer from 1 to 100"},
		{func(r *contract.Request) { r.Query.Set("size", "ten") }, "query size: expected an integer from 1 to 100, got something else"},
		{func(r *contract.Request) { r.Query.Set("size", "1.0") }, "query size: expected an integer from 1 to 100, got something else"},
		{func(r *contract.Request) { r.Query.Set("size", "99999999999999999999") }, "query size: expected an integer from 1 to 100, got something else"},
		{func(r *contract.Request) { r.Query.Set("size", "") }, "query size: expected an integer from 1 to 100, got something else"},
		{func(r *contract.Request) { r.Query.Set("code", "EN") }, "query code: expected a string that matches ^[a-z]{2}$"},
		{func(r *contract.Request) { r.Body, r.Sent = nil, false }, "/: expected an object, the body is empty"},
		{func(r *contract.Request) { r.Query.Set("size", "0"); r.Body = map[string]any{} },
			"query size: expected an integer from 1 to 100; /name: expected a string, it is missing"},
	} {
		request := good()
		row.change(&request)
		violations, unread := op.CheckRequest(request)
		assert.Equal(t, row.want, contract.Join(violations))
		assert.Empty(t, unread)
	}
}

// TestParameters_DecodedByKin: lists, numbers and booleans.
func TestParameters_DecodedByKin(t *testing.T) {
	op := operation(t, "filterThings")
	for _, row := range []struct {
		name string
		sent []string
		want string
	}{
		{"module", nil, ""},
		{"module", []string{"1"}, ""},
		{"module", []string{"1", "2"}, ""},
		{"module", []string{"1", "2", "3"}, "query module: expected at most 2 values, got 3"},
		{"module", []string{"1", "7"}, "query module: expected one or more values, each of them one of 1, 2, 3"},
		{"module", []string{"lounge"}, "query module: expected one or more values, each of them one of 1, 2, 3, got something else"},
		{"module", []string{"1,2"}, "query module: expected one or more values, each of them one of 1, 2, 3, got something else"},
		{"tag", []string{"a", "b", "c"}, ""},
		{"tag", []string{"a", "hunter2"}, "query tag: expected one or more values, each of them a string of at most 3 characters"},
		{"pair", []string{"a"}, "query pair: expected at least 2 values, got 1"},
		{"pair", []string{"a", "a"}, "query pair: expected an array of at least 2 elements, all different"},
		{"pair", []string{"a", "b"}, ""},
		{"page", []string{"2147483648"}, "query page: expected an integer of 1 or more that fits in 32 bits"},
		{"page", []string{"0"}, "query page: expected an integer of 1 or more"},
		{"code", []string{"abc"}, "query code: expected a string of at most 2 characters"},
		{"code", []string{"A"}, "query code: expected a string such as ab, that matches ^[a-z]*$"},
		{"latitude", []string{"51.5"}, ""},
		{"latitude", []string{"-0.5e1"}, ""},
		{"latitude", []string{"91"}, "query latitude: expected a number from -90 to 90"},
		{"latitude", []string{"0x10"}, "query latitude: expected a number from -90 to 90, got something else"},
		{"latitude", []string{""}, "query latitude: expected a number from -90 to 90, got something else"},
		{"latitude", []string{"1", "2"}, "query latitude: expected one value, got 2"},
		{"open", []string{"true"}, ""},
		{"open", []string{"perhaps"}, "query open: expected true or false, got something else"},
	} {
		query := url.Values{"open": {"true"}}
		if row.sent != nil {
			query[row.name] = row.sent
		}
		violations, unread := op.CheckRequest(contract.Request{Query: query})
		assert.Equal(t, row.want, contract.Join(violations), "%s %q", row.name, row.sent)
		assert.Empty(t, unread)
	}
	violations, _ := op.CheckRequest(contract.Request{})
	assert.Equal(t, "query open: expected true or false, it is missing", contract.Join(violations))
}

// TestUnread: what the document does not know is named, and no violation.
func TestUnread(t *testing.T) {
	request := good()
	request.Query = url.Values{"pagesize": {"1"}, "size": {"1"}}
	request.Body = map[string]any{
		"n/m~e": 1.0, "nmae": 1.0, "name": "n", "part": map[string]any{"size": 1.0, "colour": 1.0}, "free": map[string]any{"x": 1.0},
		"short": []any{map[string]any{"size": 1.0, "weight": nil}},
	}
	violations, unread := operation(t, "makeThing").CheckRequest(request)
	assert.Empty(t, violations)
	assert.Equal(t, []string{"/nmae", "/n~1m~0e", "/part/colour", "/short/0/weight", "query pagesize"}, unread)
}

// TestAnswers: an unknown member of an answer is a violation.
func TestAnswers(t *testing.T) {
	for _, row := range []struct {
		operation string
		status    int
		body      string
		want      []string
	}{
		{"makeThing", 200, `{"rows":[]}`, nil},
		{"makeThing", 200, `{"rows":[{"left":{"x":"","y":""}},{"right":""}],"free":{"x":[{}]},"loose":[{"x":1}]}`, nil},
		{"makeThing", 200, `{"rows":[{"left":{"x":"","z":""}},{"right":"","up":1}]}`, []string{"/rows/0/left/z: expected no such member", "/rows/1/up: expected no such member"}},
		{"makeThing", 200, `{"rows":[{}]}`, []string{"/rows/0: expected at least one of left, right"}},
		{"makeThing", 200, `{}`, []string{"/rows: expected an array, it is missing"}},
		{"makeThing", 200, `{"rows":[]} {}`, []string{"/: expected JSON"}},
		{"makeThing", 200, `{"rows":[],"rows":[]}`, []string{"/: expected JSON"}},
		{"makeThing", 200, ``, []string{"/: expected JSON"}},
		{"makeThing", 409, `{"message":"no"}`, nil}, // by default
		{"makeThing", 409, `{"rows":[]}`, []string{"/message: expected a string, it is missing", "/rows: expected no such member"}},
		{"readMerged", 200, `{"a":"","b":""}`, nil},
		{"readMerged", 200, `{"b":1}`, []string{"/a: expected a string, it is missing", "/b: expected a string, got the number 1"}},
		{"readMerged", 200, `{"a":"","b":"","c":""}`, []string{"/c: expected no such member"}},
	} {
		violations := operation(t, row.operation).CheckAnswer(row.status, []byte(row.body))
		var got []string
		for _, v := range violations {
			text := v.String()
			if strings.HasPrefix(text, "/: expected JSON: ") {
				text = "/: expected JSON" // the rest is the library's
			}
			got = append(got, text)
		}
		assert.ElementsMatch(t, row.want, got, fmt.Sprint(row.status, row.body))
	}
}

func TestKnownPath(t *testing.T) {
	op := operation(t, "makeThing")
	assert.True(t, op.KnownPath(url.Values{"kind": {"blue"}, "id": {"too long for an id"}}), "an id is judged later")
	assert.False(t, op.KnownPath(url.Values{"kind": {"green"}, "id": {"12"}}))
	assert.False(t, op.KnownPath(url.Values{"id": {"12"}}))
}

// TestCheckRequest_WrongInManyPlaces_EndsSoon: a megabyte may be wrong in half a million places.
func TestCheckRequest_WrongInManyPlaces_EndsSoon(t *testing.T) {
	request := good()
	many := map[string]any{"name": "n", "list": slices.Repeat([]any{1.0}, 100_000)}
	for i := range 1000 {
		many[fmt.Sprintf("a%04d", i)] = 1.0
	}
	many[strings.Repeat("x", 5000)] = 1.0
	request.Body = many
	violations, unread := operation(t, "makeThing").CheckRequest(request)
	assert.Len(t, violations, brief.Enough)
	assert.Len(t, unread, brief.Enough)
	assert.Equal(t, "/a0000", unread[0], "they are the same each time")
	said := contract.Join(violations)
	assert.True(t, strings.HasPrefix(said, "/list/0: expected a string, got the number 1; /list/1: "), said)
	assert.True(t, strings.HasSuffix(said, "; and 80 more at least"), said)
	request.Body = map[string]any{"name": "n", "part": map[string]any{strings.Repeat("x", 5000): 1.0, "size": 1.0}}
	_, unread = operation(t, "makeThing").CheckRequest(request)
	assert.Equal(t, []string{"/part/" + strings.Repeat("x", 100) + "..."}, unread)
}

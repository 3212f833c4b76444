package scenario

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/yamlfile"
)

// yamlValue reads a value as a scenario file has it.
func yamlValue(t *testing.T, text string) any {
	t.Helper()
	v, _, problem := yamlfile.Read([]byte(text), "scenario")
	require.Nil(t, problem)
	return v
}

func TestMatching(t *testing.T) {
	const came = `{"id":"1788000066668888","n":1,"x":1.50,"on":true,"none":null,"list":[{"a":1,"b":2},{"a":3}],"empty":[],"word":"any"}`
	for _, row := range []struct{ want, mismatch string }{
		{"{}", ""},
		{"{id: 1788000066668888, n: 1, on: true}", ""},
		{"{n: 2}", "n: expected 2, got 1"},
		{"{n: '1'}", `n: expected "1", got 1`},
		{"{x: 1.5}", ""},
		{"{n: 1.0}", ""},
		{"{id: '/^1788\\d{12}$/'}", ""},
		{"{n: '/^\\d$/'}", ""},
		{"{id: '/^2/'}", `id: expected /^2/, got "1788000066668888"`},
		{"{list: '/a/'}", "list: expected /a/, got [{"},
		{"{none: null}", ""},
		{"{none: 'null'}", ""},
		{"{gone: null}", "gone: expected null, got nothing"},
		{"{gone: absent}", ""},
		{"{none: absent}", "none: expected absent, got null"},
		{"{none: any, id: any}", ""},
		{"{gone: any}", "gone: expected any, got nothing"},
		{"{word: '/^any$/'}", ""},
		{"{list: [{a: 1}, any]}", ""},
		{"{list: [{a: 1}]}", "list: expected [{"},
		{"{list: [{a: 1}, {a: 4}]}", "list.1.a: expected 4, got 3"},
		{"{list: {contains: [{a: 3}, {a: 1, b: 2}]}}", ""},
		{"{list: {contains: [{a: 4}]}}", `list.contains: expected {"a":4}, got [`},
		{"{empty: []}", ""},
		{"{empty: {contains: []}}", ""},
		{"{gone: {contains: [1]}}", "gone.contains: expected 1"},
		{"{list: {a: 1}}", `list: expected {"a":1}, got [`},
	} {
		got, err := decode([]byte(came))
		require.NoError(t, err)
		misses := compare(expectation(yamlValue(t, row.want), false), got, true, "", "/expect")
		if row.mismatch == "" {
			assert.Empty(t, misses, row.want)
			continue
		}
		if assert.Len(t, misses, 1, row.want) {
			assert.Contains(t, misses[0].String(), row.mismatch)
			assert.Regexp(t, "^/expect/", misses[0].pointer)
		}
	}
}

func TestExactlyHasNoOtherMembers(t *testing.T) {
	got, err := decode([]byte(`{"a":{"b":1,"c":2}}`))
	require.NoError(t, err)
	for want, fine := range map[string]bool{"{a: {b: 1, c: 2}}": true, "{a: {b: any, c: '/2/'}}": true, "{a: {b: 1}}": false, "{a: {b: 1, c: 2, d: absent}}": true} {
		assert.Equal(t, fine, expectation(yamlValue(t, want), true).Fits(got), want)
	}
}

func TestNames(t *testing.T) {
	n := names{values: map[string]any{"order": "DP1", "pass": map[string]any{"id": "17", "list": []any{"a", "b"}}, "n": number(7), "dot": "a.b"}}
	for text, want := range map[string]any{
		"$order": "DP1", "$n": number(7), "$pass.list.1": "b", "x${pass.id}y$order": "x17y$order", "n=${n}": "n=7", "$5": "$5", "/^${dot}$/": `/^a\.b$/`,
		"${in 3d}": "0001-01-04", "costs $": "costs $",
	} {
		got, err := n.fill(text)
		require.NoError(t, err)
		assert.Equal(t, want, got, text)
	}
	for text, want := range map[string]string{
		"$ordr": "there is no $ordr, did you mean order?", "$pass.idd": "$pass: there is no idd, did you mean id?",
		"$pass.list.2": "expected an index below 2, got 2", "${order.x}": "$order: there is nothing below it",
	} {
		_, err := n.fill(map[string]any{"a": []any{text}})
		assert.ErrorContains(t, err, want)
	}
}

func TestUpdateCutsWhatItFinds(t *testing.T) {
	for _, row := range []struct{ file, pointer, got, want string }{
		{"a: 1 # one\nb: 2\n", "/a", "3", "a: 3 # one\nb: 2\n"},
		{"a: {b: 'it''s', c: 2}\n", "/a/b", `"x: y"`, "a: {b: \"x: y\", c: 2}\n"},
		{"a: {b: \"q\\\"}\", c: 2}\n", "/a/b", "true", "a: {b: true, c: 2}\n"},
		{"a:\n  - [1, '}']   # list\n  - 2\n", "/a/0", `["x"]`, "a:\n  - [\"x\"]   # list\n  - 2\n"},
		{"é: {ü: ö, x: 1}\n", "/é/x", "2", "é: {ü: ö, x: 2}\n"},
		{"a: x\n", "/a", `"1"`, "a: \"1\"\n"},
		{"a: {b: 1}\n", "/a/b", "32212254720", "a: {b: !!int 32212254720}\n"},
		{"a: {b: !!int 32212254720, c: 2}\n", "/a/b", "3", "a: {b: 3, c: 2}\n"},
		{"a: x\n", "/a", `"absent"`, "a: \"absent\"\n"},
	} {
		got, err := decode([]byte(row.got))
		require.NoError(t, err)
		report := FileReport{Steps: []StepReport{{mismatches: []mismatch{{pointer: row.pointer, got: got, present: true}}}}}
		updated, changed, left := Update([]byte(row.file), report)
		assert.Empty(t, left)
		assert.Equal(t, 1, changed)
		assert.Equal(t, row.want, string(updated))
	}
	for file, why := range map[string]string{
		"a: &x 1\nb: *x\n": "shared", "b: *x\n": "", "a: |\n  text\n": "by hand", "a:\n  b: 1\n": "by hand", "c: 1\n": "does not name it",
	} {
		report := FileReport{Steps: []StepReport{{mismatches: []mismatch{{pointer: "/a", got: "x", present: true}}}}}
		updated, changed, left := Update([]byte(file), report)
		assert.Zero(t, changed, file)
		assert.Equal(t, file, string(updated))
		if why != "" && assert.Len(t, left, 1, file) {
			assert.Contains(t, left[0], why)
		}
	}
}

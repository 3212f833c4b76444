package pattern_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/brief"
	"dragonmock/mock/internal/pattern"
)

// The dialects of the two users.
var (
	faults    = pattern.Dialect{}
	scenarios = pattern.Dialect{Words: true, Written: true}
	exactly   = pattern.Dialect{Words: true, Written: true, Exact: true}
)

const came = `{"id":"1788000066668888","n":1,"x":1.50,"on":true,"none":null,"list":[{"a":1,"b":2},{"a":3}],"empty":[],"word":"any"}`

// decode reads a value with its numbers as they are written.
func decode(t *testing.T, data string) (v any) {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(data))
	d.UseNumber()
	require.NoError(t, d.Decode(&v), data)
	return v
}

func TestFits_ByDialect(t *testing.T) {
	for want, fits := range map[string][3]bool{ // faults, scenarios, exactly
		`{}`:                              {true, true, false},
		`{"n":1}`:                         {true, true, false},
		`{"n":2}`:                         {false, false, false},
		`{"n":1.0,"x":1.5}`:               {true, true, false},
		`{"n":"1"}`:                       {false, false, false},
		`{"on":true}`:                     {true, true, false},
		`{"on":false}`:                    {false, false, false},
		`{"id":"/^1788\\d{12}$/"}`:        {true, true, false},
		`{"id":"/^2/"}`:                   {false, false, false},
		`{"id":"//"}`:                     {true, true, false},
		`{"id":"/(/"}`:                    {false, false, false},
		`{"n":"/^1$/","on":"/true/"}`:     {false, true, false},
		`{"list":"/a/"}`:                  {false, false, false},
		`{"none":null}`:                   {true, true, false},
		`{"gone":null}`:                   {false, false, false},
		`{"none":"null"}`:                 {false, true, false},
		`{"gone":"absent"}`:               {false, true, false},
		`{"none":"absent"}`:               {false, false, false},
		`{"none":"any","id":"any"}`:       {false, true, false},
		`{"word":"any"}`:                  {true, true, false},
		`{"gone":"any"}`:                  {false, false, false},
		`{"list":[{"a":1},{}]}`:           {true, true, false},
		`{"list":[{"a":1}]}`:              {false, false, false},
		`{"list":[{"a":1},{"a":4}]}`:      {false, false, false},
		`{"list":{"a":1}}`:                {false, false, false},
		`{"empty":[]}`:                    {true, true, false},
		`{"list":{"contains":[{"a":3}]}}`: {false, true, false},
		`{"list":{"contains":[{"a":4}]}}`: {false, false, false},
		`{"empty":{"contains":[]}}`:       {false, true, false},
		`{"gone":{"contains":[1]}}`:       {false, false, false},
		came:                              {true, true, true},
		`[]`:                              {false, false, false},
		`"x"`:                             {false, false, false},
		`null`:                            {false, false, false},
	} {
		for i, dialect := range []pattern.Dialect{faults, scenarios, exactly} {
			p, _ := pattern.Parse([]byte(want), dialect)
			assert.Equal(t, fits[i], p.Fits(decode(t, came)), "%s, %+v", want, dialect)
			assert.Equal(t, fits[i], len(p.Mismatches(decode(t, came), true)) == 0, "%s, %+v: what fits has no mismatch", want, dialect)
		}
	}
}

func TestFits_ExactlyInside_NamesAllMembers(t *testing.T) {
	for want, fits := range map[string]bool{
		`{"a":{"b":1,"c":2}}`: true, `{"a":{"b":"any","c":"/2/"}}`: true, `{"a":{"b":1,"c":2,"d":"absent"}}`: true, `{"a":{"b":1}}`: false, `{"a":{}}`: false,
	} {
		p, problems := pattern.Parse([]byte(want), exactly)
		assert.Empty(t, problems)
		assert.Equal(t, fits, p.Fits(decode(t, `{"a":{"b":1,"c":2}}`)), want)
	}
}

func TestMismatches_NamePathAndPointer(t *testing.T) {
	want := `{"a":{"x/y":1},"list":[1,"absent",{"b":null}],"some":{"contains":[1,{"c":2},3]},"gone":"any","text":"/^z/"}`
	p, problems := pattern.Parse([]byte(want), scenarios)
	require.Empty(t, problems)
	got := p.Mismatches(decode(t, `{"a":{"x/y":2},"list":[1,2,{"b":0}],"some":[1,{"c":3}],"text":"abc"}`), true)
	assert.Equal(t, []pattern.Mismatch{
		{"a.x/y", "/a/x~1y", json.Number("1"), json.Number("2"), true},
		{"gone", "/gone", "any", nil, false},
		{"list.1", "/list/1", "absent", json.Number("2"), true},
		{"list.2.b", "/list/2/b", nil, json.Number("0"), true},
		{"some.contains", "/some/contains/1", decode(t, `{"c":2}`), decode(t, `[1,{"c":3}]`), true},
		{"some.contains", "/some/contains/2", json.Number("3"), decode(t, `[1,{"c":3}]`), true},
		{"text", "/text", "/^z/", "abc", true},
	}, got)

	whole, _ := pattern.Parse([]byte(`"absent"`), scenarios)
	assert.Empty(t, whole.Mismatches(nil, false))
	assert.Equal(t, []pattern.Mismatch{{"", "", "absent", "x", true}}, whole.Mismatches("x", true))
}

func TestParse_NamesEveryBrokenExpression(t *testing.T) {
	_, problems := pattern.Parse([]byte(`{"a":["/(/",{"b/c":"/[/"}],"fine":"/x/","plain":"("}`), faults)
	require.Len(t, problems, 2)
	assert.Equal(t, "/a/0", string(problems[0].Pointer))
	assert.ErrorContains(t, problems[0].Err, "missing closing )")
	assert.Equal(t, "/a/1/b~1c", string(problems[1].Pointer))
	assert.ErrorContains(t, problems[1].Err, "missing closing ]")
}

func TestWish_ShowsWhatWasWantedInItsPlace(t *testing.T) {
	for _, row := range []struct {
		want, came, wish string
		dialect          pattern.Dialect
	}{
		{`{"a":1}`, `{"a":2,"b":3}`, `{"a":1,"b":3}`, scenarios},
		{`{"a":1}`, `{"a":2,"b":3}`, `{"a":1}`, exactly},
		{`{"a":"absent","b":"/3/"}`, `{"a":2,"b":3}`, `{"b":3}`, scenarios},
		{`{"a":[1,"any"]}`, `{"a":[2,3]}`, `{"a":[1,3]}`, scenarios},
		{`{"a":[1]}`, `{"a":[2,3]}`, `{"a":[1]}`, scenarios},
		{`{"a":{"contains":[3,4]}}`, `{"a":[2,3]}`, `{"a":[2,3,4]}`, scenarios},
		{`{"a":{"b":1}}`, `{"a":7}`, `{"a":{"b":1}}`, scenarios},
		{`{"c":"any"}`, `{}`, `{"c":"any"}`, scenarios},
	} {
		p, problems := pattern.Parse([]byte(row.want), row.dialect)
		require.Empty(t, problems)
		got := decode(t, row.came)
		assert.Equal(t, decode(t, row.wish), p.Wish(got, true), row.want)
		assert.Equal(t, decode(t, row.came), got, "what came is left alone")
	}
}

// TestNumbers_InAnyForm holds that a number fits in whatever form a decoder left it.
func TestNumbers_InAnyForm(t *testing.T) {
	three, _ := pattern.Parse([]byte(`3`), faults)
	for _, n := range []any{3, int64(3), uint64(3), 3.0, json.Number("3"), json.Number("3.0"), json.Number("30e-1")} {
		assert.True(t, three.Fits(n), "%T %v", n, n)
	}
	for _, n := range []any{"3", 4, 3.1, json.Number("3.0000000000000000001"), true, nil, json.Number("1e999")} {
		assert.False(t, three.Fits(n), "%T %v", n, n)
	}
	long, _ := pattern.Parse([]byte(`12345678901234567890`), faults)
	assert.True(t, long.Fits(json.Number("12345678901234567890.0")))
	assert.False(t, long.Fits(json.Number("12345678901234567891")), "digits count that 64 bits would lose")
	tenth, _ := pattern.Parse([]byte(`0.1`), faults)
	assert.True(t, tenth.Fits(0.1))
	assert.True(t, tenth.Fits(json.Number("0.10")))
}

// TestNumbers_WithHugeExponents_CostNothing holds that a client cannot make the comparison take all memory.
func TestNumbers_WithHugeExponents_CostNothing(t *testing.T) {
	began := time.Now()
	for _, want := range []string{`0`, `1`, `1e300`} {
		p, _ := pattern.Parse([]byte(want), faults)
		for _, n := range []json.Number{"1e999999999", "1e-999999999", "-1e999999999", json.Number("0." + strings.Repeat("0", 100_000) + "1e100001")} {
			p.Fits(n)
		}
	}
	assert.Less(t, time.Since(began), 5*time.Second)
}

func FuzzPattern(f *testing.F) {
	f.Add(`{"a":[1,"/x/",{"contains":[null]}],"b":"absent"}`, came)
	f.Add(came, came)
	f.Fuzz(func(t *testing.T, want, got string) {
		if !json.Valid([]byte(want)) || !json.Valid([]byte(got)) {
			t.Skip()
		}
		value := decode(t, got)
		for _, dialect := range []pattern.Dialect{faults, scenarios, exactly} {
			p, _ := pattern.Parse([]byte(want), dialect)
			assert.Equal(t, p.Fits(value), len(p.Mismatches(value, true)) == 0)
			p.Wish(value, true)
		}
		self, problems := pattern.Compile(value, faults)
		if len(problems) == 0 && !strings.Contains(got, "/") {
			assert.True(t, self.Fits(value), "a value without expressions fits itself")
		}
	})
}

// TestCompile_Expressions_AreBounded: a few bytes of an expression may be many steps.
func TestCompile_Expressions_AreBounded(t *testing.T) {
	for _, row := range []struct{ expression, want string }{
		{"a{1000}", ""},
		{strings.Repeat("a", 1000), ""},
		{strings.Repeat("a", 1001), "expected a regular expression of at most 1000 bytes, got 1001"},
		{"(a{100}){9}", ""},
		{strings.Repeat("a{1000}", 9), ""},
		{strings.Repeat("a{1000}", 10), "repeat less"},
		{strings.Repeat("(aa|bb){1000}", 5), "repeat less"},
		{"(", "missing closing )"},
	} {
		err := pattern.CheckExpression(row.expression)
		if row.want == "" {
			assert.NoError(t, err, row.expression)
		} else {
			assert.ErrorContains(t, err, row.want, row.expression)
		}
	}
	p, problems := pattern.Compile(append(slices.Repeat([]any{"/a{1000}/"}, 10), "/b/"), faults)
	require.Len(t, problems, 1, "together they take too many steps")
	assert.Equal(t, jsontext.Pointer("/10"), problems[0].Pointer)
	assert.LessOrEqual(t, p.Steps(), pattern.Most)

	_, problems = pattern.Compile(slices.Repeat([]any{"/(/"}, 500), faults)
	assert.Len(t, problems, brief.Enough)
}

// TestDigits_FitTextAndNumbers: whatever they were meant as.
func TestDigits_FitTextAndNumbers(t *testing.T) {
	p, problems := pattern.Compile(map[string]any{"n": pattern.Digits("12345678901")}, scenarios)
	require.Empty(t, problems)
	for got, fits := range map[string]bool{
		`{"n":12345678901}`: true, `{"n":12345678901.0}`: true, `{"n":"12345678901"}`: true, `{"n":"12345678901.0"}`: false, `{"n":12345678902}`: false,
		`{"n":"012345678901"}`: false, `{"n":null}`: false, `{}`: false, `{"n":true}`: false, `{"n":[12345678901]}`: false,
	} {
		assert.Equal(t, fits, p.Fits(decode(t, got)), got)
	}
	wish, err := json.Marshal(p.Wish(decode(t, `{"n":7}`), true))
	require.NoError(t, err)
	assert.Equal(t, `{"n":12345678901}`, string(wish), "it is shown as it was written")
}

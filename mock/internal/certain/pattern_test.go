package certain

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPattern_NeverTakesWhatTheExpressionRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		expression  string
		runs        bool // read as runs
		good, wrong []string
	}{
		{`^\d{16}$`, true, []string{"1788000066668888"}, []string{"", "178800006666888", "17880000666688881", "178800006666888a", "178800006666888é"}},
		{`^[A-Z]{1,2}\d{5,}$`, true, []string{"N00001", "GR0000331"}, []string{"N0001", "00001", "NGR00001", "N00001 ", "n00001"}},
		{`^-?\d{1,3}\.\d+$`, true, []string{"-2.233", "121.5"}, []string{"--2.2", "2", "2.", ".2", "2,2"}},
		{`^[A-Z]{0,4}\d{6,16}$`, true, []string{"668800008888", "IGC668800"}, []string{"IGC66880", "IGCXX668800"}},
		{`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$`, true, []string{"2025-10-01T10:30"}, []string{"2025-10-01 10:30", "2025-10-01T10:30:00"}},
		{`^a*ab$`, true, nil, []string{"b"}}, // it would have to go back: kin-openapi is asked
		{`^(a|b)c$`, true, []string{"ac", "bc"}, []string{"c", "abc"}},
		{`^(ab|c)d$`, true, []string{"abd", "cd"}, []string{"abcd"}},
		{`^(\d{2})?$`, true, []string{"", "12"}, []string{"1", "123"}},
		{`^(\d{2})+a$`, false, []string{"12a", "1234a"}, []string{"123a"}},
		{`^[^@\s]+@[^@\s]+$`, false, []string{"zoë@example.com"}, []string{"example.com", "a b@c"}},
		{`(?i)^ab$`, false, []string{"aB"}, []string{"a"}},
		{`^é$`, false, []string{"é"}, []string{"e"}},
		{`\+00:00$`, true, []string{"2025-10-01T10:30:00+00:00"}, []string{"+00:00Z"}},
		{`^([01]\d|2[0-3]):[0-5]\d$`, true, []string{"00:00", "19:59", "23:30"}, []string{"24:00", "3:00", "23:60", "23:300", ""}},
		{`^(([01]\d|2[0-3]):[0-5]\d|24:00)$`, true, []string{"23:30", "24:00"}, []string{"24:01"}},
		{`^x?(ab)?y$`, true, []string{"y", "xy", "aby", "xaby"}, []string{"", "xaby ", "xxy"}},
		{`^(a|b)(a|b)(a|b)(a|b)$`, true, []string{"abba"}, []string{"abb"}},
		{`^(a?|bc)(a?|bc)(a?|bc)(a?|bc)$`, false, []string{"", "abca"}, []string{"b"}}, // too many ways
		{`Z$`, true, []string{"Z", "10:30Z"}, []string{"", "Z0"}},
		{`(a|bc)$`, true, []string{"a", "xbc", "éa"}, []string{"b", "c", "x"}},
		{`a+$`, false, []string{"a", "baa"}, []string{"", "ab"}},
		{`^ab`, false, []string{"ab", "abc"}, []string{"a"}},
		{`(?m)^a$`, false, []string{"a", "b\na"}, []string{"b"}},
		{`^a|b$`, false, []string{"ac", "cb"}, []string{"c"}},
		{`^$`, true, []string{""}, []string{"a"}},
	} {
		p, err := newPattern(tt.expression)
		require.NoError(t, err)
		assert.Equal(t, tt.runs, p.ways != nil, "%s is read as runs", tt.expression)
		for _, text := range tt.good {
			assert.True(t, p.whole.MatchString(text), "%s and %q", tt.expression, text)
			assert.True(t, p.holds([]byte(text)), "%s holds %q", tt.expression, text)
		}
		for _, text := range tt.wrong {
			assert.False(t, p.whole.MatchString(text), "%s and %q", tt.expression, text)
			assert.False(t, p.holds([]byte(text)), "%s holds %q", tt.expression, text)
		}
	}
	_, err := newPattern("(")
	assert.Error(t, err)
}

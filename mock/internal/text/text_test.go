package text_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/internal/text"
)

func TestWrong_SaysWhere(t *testing.T) {
	t.Parallel()
	type inner struct {
		ClientUserID string
		Tagged       string `json:"asTold"`
		hidden       string
	}
	bad := "Zo\xeb"
	for _, row := range []struct {
		name  string
		value any
		where string
		found bool
	}{
		{"nothing", nil, "", false},
		{"text", "Zoë", "", false},
		{"empty", "", "", false},
		{"itself", bad, "", true},
		{"cut in a character", "Zo\xc3", "", true},
		{"half of a pair, as three bytes", "\xed\xa0\x80", "", true},
		{"bytes", []byte(bad), "", true},
		{"bytes that are text", []byte("Zoë"), "", false},
		{"a digest is no text", [2]byte{0xff, 0xff}, "", false},
		{"field", inner{ClientUserID: bad}, "clientUserId", true},
		{"tagged field", &inner{Tagged: bad}, "asTold", true},
		{"hidden field", inner{hidden: bad}, "", false},
		{"item", []inner{{}, {Tagged: bad}}, "1/asTold", true},
		{"key", map[string]int{bad: 1}, "", true},
		{"value", map[string][]string{"a": {bad}}, "a/0", true},
		{"nil pointer", (*inner)(nil), "", false},
	} {
		where, found := text.Wrong(row.value)
		assert.Equal(t, row.found, found, row.name)
		assert.Equal(t, row.where, where, row.name)
	}
	assert.NoError(t, text.Check("", "Zoë"))
	assert.Equal(t, text.Err, text.Check("a", bad))
}

func TestIsName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"a": true, "Z9": true, "a.b-c_d": true, strings.Repeat("x", 64): true, strings.Repeat("x", 65): false,
		"": false, "a b": false, "a/b": false, "é": false, "٣": false, "a\n": false, "\xff": false, "a%2F": false,
	} {
		assert.Equal(t, want, text.IsName(name), "%q", name)
	}
}

package brief_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/internal/brief"
)

func TestJoinAll(t *testing.T) {
	t.Parallel()
	many := func(n int, text string) []string {
		texts := make([]string, n)
		for i := range texts {
			texts[i] = text
		}
		return texts
	}
	for _, row := range []struct {
		texts []string
		want  string
	}{
		{nil, ""},
		{many(1, "a"), "a"},
		{many(20, "a"), strings.Repeat("a; ", 19) + "a"},
		{many(21, "a"), strings.Repeat("a; ", 20) + "and 1 more"},
		{many(99, "a"), strings.Repeat("a; ", 20) + "and 79 more"},
		{many(100, "a"), strings.Repeat("a; ", 20) + "and 80 more at least"},
		{many(1, strings.Repeat("a", 8193)), strings.Repeat("a", 8192) + "..."},
		{many(7, strings.Repeat("a", 2000)), strings.Repeat(strings.Repeat("a", 2000)+"; ", 5) + "and 2 more"},
	} {
		assert.Equal(t, row.want, brief.JoinAll(row.texts, "; "))
	}
}

func TestClip_CutsBetweenLetters(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "Zoë", brief.Clip("Zoë", 4))
	assert.Equal(t, "Zo...", brief.Clip("Zoë", 3))
}

package nearest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/internal/nearest"
)

func TestWord(t *testing.T) {
	known := []string{"model", "module", "clientId", "e"}
	for word, want := range map[string]string{
		"modules":                "module",
		"MODULE":                 "module",
		"clientid":               "clientId",
		"mod":                    "", // two of three letters would have to change
		"modu":                   "model",
		"CLIE":                   "clientId", // it begins so
		"lient":                  "",
		"éodul":                  "model",
		"":                       "",
		"zzzzzzzz":               "",
		strings.Repeat("e", 101): "",
	} {
		assert.Equal(t, want, nearest.Word(word, known), word)
	}
	assert.Empty(t, nearest.Word("modul", nil))
	assert.Equal(t, "b", nearest.Word("bx", []string{"b", "bd"}), "the first of several")
}

func TestDidYouMean(t *testing.T) {
	assert.Equal(t, ", did you mean module?", nearest.DidYouMean("modul", []string{"module"}))
	assert.Empty(t, nearest.DidYouMean("x", []string{"module"}))
}

package certain

import (
	"fmt"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/assert"
)

// TestSchema_RemembersWhatWasLegal: more bodies than are remembered, each asked for twice, and others like them.
func TestSchema_RemembersWhatWasLegal(t *testing.T) {
	t.Parallel()
	s := certain(openapi3.NewStringSchema().WithMinLength(3).WithMaxLength(5))
	for range 2 {
		for i := range 4 * sums {
			assert.Equal(t, i >= 100 && i < 100_000, s.Legal(fmt.Appendf(nil, `"%d"`, i)), i)
		}
	}
	assert.False(t, s.Legal(nil))
}

func TestSchema_TakesAWordForIt(t *testing.T) {
	t.Parallel()
	odd, other := []byte(`"\ud83d\ude00"`), []byte(`"\ud83d\ude01"`)
	for name, s := range map[string]*Schema{
		"not understood": {}, "understood": certain(openapi3.NewStringSchema()),
	} {
		assert.False(t, s.Legal(odd), name)
		s.Vouch(odd)
		assert.True(t, s.Legal(odd), name)
		assert.False(t, s.Legal(other), name)
	}
	var none *Schema
	none.Vouch(odd)
	assert.False(t, none.Legal(odd))
}

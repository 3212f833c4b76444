package memory_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/internal/memory"
)

type flat struct {
	A, B int64
	At   time.Time
}

type deep struct {
	Text     string
	secret   string
	List     []string
	Flat     []flat
	Array    [2]string
	Inner    struct{ Text string }
	Pointer  *flat
	Some     any
	Members  map[string]string
	Instants []time.Time
}

func TestOfRow_CountsWhatItPointsTo(t *testing.T) {
	t.Parallel()
	assert.Zero(t, memory.OfRow[deep]("key", nil))
	empty := memory.OfRow("key", &deep{})
	assert.Equal(t, empty+1, memory.OfRow("keys", &deep{}))
	const header, ofFlat = 16, 40 // bytes of a string, and of a flat
	text := strings.Repeat("x", 1000)
	for name, row := range map[string]struct {
		row  deep
		more int
	}{
		"a text":                        {deep{Text: text}, 1000},
		"one that no other package has": {deep{secret: text}, 1000},
		"texts":                         {deep{List: []string{text, text, ""}}, 2000 + 3*header},
		"what points to nothing":        {deep{Flat: make([]flat, 3)}, 3 * ofFlat},
		"an array":                      {deep{Array: [2]string{text, "x"}}, 1001},
		"a struct within":               {deep{Inner: struct{ Text string }{text}}, 1000},
		"behind a pointer":              {deep{Pointer: &flat{At: time.Now()}}, ofFlat},
		"any":                           {deep{Some: []string{text}}, 24 + header + 1000},
		"any that is flat":              {deep{Some: int64(1)}, 8},
		"a map":                         {deep{Members: map[string]string{"a": text}}, 16 + 2*header + 1001},
		"instants":                      {deep{Instants: []time.Time{time.Now()}}, 24},
	} {
		assert.Equal(t, empty+row.more, memory.OfRow("key", &row.row), name)
	}
	packed := "packed"
	assert.Equal(t, memory.OfRow("key", new(string))+6, memory.OfRow("key", &packed))
}

func TestOfRow_MakesNoGarbage(t *testing.T) {
	row := &deep{Text: "a", List: []string{"b"}, Flat: make([]flat, 2)}
	assert.Zero(t, testing.AllocsPerRun(100, func() { memory.OfRow("key", row) }))
}

package certain

import (
	"fmt"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/go-json-experiment/json"
)

// Lines are what is certainly legal by the schemas of a document, as text, a line for each schema that is part of them. It
// is worked out when the program is built, and read in no time: kin-openapi takes a hundred times as long for the document.
// Lines are safe for concurrent use.
type Lines struct {
	line func(number int) string
	mu   sync.Mutex
	made map[int]*known
}

// WriteLines writes what is certainly legal by a schema, through add, which keeps a line and returns its number: the same
// for the same line, and never 0. It returns the number of the whole.
func WriteLines(s *openapi3.Schema, add func(line string) int) int {
	return nodes(s, func(n node) int {
		text, err := json.Marshal(n, json.Deterministic(true))
		if err != nil {
			panic(err) // a node is plain data
		}
		return add(string(text))
	})
}

// NewLines reads lines that [WriteLines] wrote by their numbers, each when it is asked for.
func NewLines(line func(number int) string) *Lines {
	return &Lines{line: line, made: map[int]*known{}}
}

// Schema is what is certainly legal by the schema of a number.
func (l *Lines) Schema(number int) *Schema {
	l.mu.Lock()
	defer l.mu.Unlock()
	return &Schema{root: ready(number, func(number int) (n node) {
		if err := json.Unmarshal([]byte(l.line(number)), &n); err != nil {
			panic(fmt.Sprintf("line %d: %s", number, err)) // a test rules that out
		}
		return n
	}, l.made)}
}

package contract

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/go-json-experiment/json"

	"dragonmock/mock/internal/certain"
	"dragonmock/mock/internal/schema"
)

// The digest of a document is a text of lines, worked out when the program is built. The first has the numbers of those
// that have an operation each. All others have what operations name by their numbers, each once: what is certainly legal,
// and lists of members.

// head is the first line.
type head struct {
	Operations []int `json:"operations"`
	Callbacks  []int `json:"callbacks,omitzero"`
}

// Digest works out the digest of a document. It fails where [Load] does.
func Digest(data []byte) ([]byte, error) {
	s, err := judge(data, validate)
	if err != nil {
		return nil, err
	}
	return s.digest()
}

// Load reads a document without its digest. It fails on anything it could not hold an exchange against later: an invalid
// document, an operation without an id, a parameter that is no plain value, a body that is not JSON.
func Load(data []byte) (*Document, error) {
	s, err := judge(data, validate)
	if err != nil {
		return nil, err
	}
	text, err := s.digest()
	if err != nil {
		return nil, err
	}
	operations, callbacks, err := open(string(text), func() source { return s })
	if err != nil {
		return nil, err
	}
	return &Document{func() ([]*Operation, []*Operation) { return operations, callbacks }}, nil
}

// Open is a document that is known by its digest, which is read when somebody first asks for an operation. The document itself
// is read when somebody needs words of it, or a judgement that the digest is not sure of. What is wrong with either is a
// panic: a test says that the digest is of the document, and that nothing is wrong with it.
func Open(digest string, document func() ([]byte, error)) *Document {
	whole := sync.OnceValue(func() source {
		data, err := document()
		if err != nil {
			panic(err)
		}
		s, err := judge(data, func(*openapi3.T) error { return nil })
		if err != nil {
			panic(err)
		}
		return s
	})
	return &Document{sync.OnceValues(func() (operations, callbacks []*Operation) {
		operations, callbacks, err := open(digest, whole)
		if err != nil {
			panic(err)
		}
		return operations, callbacks
	})}
}

// open reads the digest of a document.
func open(text string, whole func() source) (operations, callbacks []*Operation, err error) {
	lines := strings.Split(text, "\n")
	at := func(number int, into any) error {
		if number < 0 || number >= len(lines) {
			return fmt.Errorf("contract: the digest has no line %d", number)
		}
		if err := json.Unmarshal([]byte(lines[number]), into); err != nil {
			return fmt.Errorf("contract: line %d of the digest: %w", number, err)
		}
		return nil
	}
	var first head
	if err := at(0, &first); err != nil {
		return nil, nil, err
	}
	legal := certain.NewLines(func(number int) string { return lines[number] })
	list := func(number int) (fields []string) {
		if number == 0 {
			return nil
		}
		if err := at(number, &fields); err != nil {
			panic(err) // a test rules that out
		}
		return fields
	}
	bound := func(callbacks bool, numbers []int) ([]*Operation, error) {
		var operations []*Operation
		for _, number := range numbers {
			op := new(Operation)
			if err := at(number, op); err != nil {
				return nil, err
			}
			op.bind(legal, list, sync.OnceValue(func() *judged { return whole().find(callbacks, op.ID) }))
			operations = append(operations, op)
		}
		return operations, nil
	}
	if operations, err = bound(false, first.Operations); err != nil {
		return nil, nil, err
	}
	callbacks, err = bound(true, first.Callbacks)
	return operations, callbacks, err
}

// digest writes the digest.
func (s source) digest() ([]byte, error) {
	lines, known := []string{""}, map[string]int{}
	add := func(line string) int {
		if known[line] == 0 {
			known[line] = len(lines)
			lines = append(lines, line)
		}
		return known[line]
	}
	line := func(value any) int {
		text, err := json.Marshal(value, json.Deterministic(true))
		if err != nil {
			panic(err) // all of it is plain data
		}
		return add(string(text))
	}
	var first head
	for _, op := range s.operations {
		first.Operations = append(first.Operations, line(op.digested(add, line)))
	}
	for _, op := range s.callbacks {
		first.Callbacks = append(first.Callbacks, line(op.digested(add, line)))
	}
	text, err := json.Marshal(first)
	lines[0] = string(text)
	return []byte(strings.Join(lines, "\n")), err
}

// digested is an operation with its digest.
func (r read) digested(add func(line string) int, line func(value any) int) *Operation {
	op, j := r.told, r.judged
	pack := func(s *schema.Schema, fields []string) parcel {
		p := parcel{Certain: certain.WriteLines(s.Source(), add)}
		if len(fields) > 0 {
			p.Fields = line(fields)
		}
		return p
	}
	for _, p := range j.params {
		op.Digest.Params = append(op.Digest.Params, param{Name: p.name, In: p.in, Required: p.required, Words: p.words(), Certain: certain.WriteLines(p.schema, add)})
	}
	if j.body != nil {
		body := pack(j.body, j.fields)
		op.Digest.Body = &body
	}
	for _, status := range slices.Sorted(maps.Keys(j.answers)) {
		answer := j.answers[status]
		if op.Digest.Answers == nil {
			op.Digest.Answers = map[int]parcel{}
		}
		op.Digest.Answers[status] = pack(answer, answer.Fields())
	}
	if j.failure != nil {
		failures := pack(j.failure, j.failure.Fields())
		op.Digest.Failures = &failures
	}
	return &op
}

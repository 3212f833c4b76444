package strictjson

import (
	"fmt"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/internal/brief"
)

// Problem is one thing that is wrong.
type Problem struct {
	Pointer string `json:"pointer"` // JSON pointer of the member, such as /faults/0/error; empty: the whole
	Message string `json:"message"`
}

// Error is all that is wrong, at least one problem.
type Error struct {
	Problems []Problem
}

// Error lists the problems, one a line; of very many the first.
func (e *Error) Error() string {
	return brief.Join(len(e.Problems), "\n", func(i int) string {
		return strings.TrimPrefix(e.Problems[i].Pointer+": "+e.Problems[i].Message, ": ")
	})
}

// Problems collects what is wrong, up to [brief.Enough].
type Problems []Problem

// Add adds a problem.
func (p *Problems) Add(at jsontext.Pointer, format string, args ...any) {
	if !p.Full() {
		*p = append(*p, Problem{string(at), fmt.Sprintf(format, args...)})
	}
}

// Full says that nobody need look for more.
func (p *Problems) Full() bool { return len(*p) >= brief.Enough }

// Err returns an [*Error], or nil when there are no problems.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return &Error{p}
}

// Cover says whether a member, or one that it stands in, has a problem already.
func (p Problems) Cover(pointer string) bool {
	for _, have := range p {
		if jsontext.Pointer(have.Pointer).Contains(jsontext.Pointer(pointer)) {
			return true
		}
	}
	return false
}

// within says whether a member, or one that stands in it, has a problem already.
func (p Problems) within(at jsontext.Pointer) bool {
	for _, have := range p {
		if at.Contains(jsontext.Pointer(have.Pointer)) {
			return true
		}
	}
	return false
}

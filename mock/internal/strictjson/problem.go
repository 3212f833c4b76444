package strictjson

import (
	"fmt"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
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

// Error lists the problems, one a line.
func (e *Error) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = strings.TrimPrefix(p.Pointer+": "+p.Message, ": ")
	}
	return strings.Join(lines, "\n")
}

// MaxProblems is how many problems are named, since after each what is left is read again.
const MaxProblems = 100

// Problems collects what is wrong.
type Problems []Problem

// Add adds a problem.
func (p *Problems) Add(at jsontext.Pointer, format string, args ...any) {
	*p = append(*p, Problem{string(at), fmt.Sprintf(format, args...)})
}

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

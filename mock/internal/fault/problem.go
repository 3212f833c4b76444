package fault

import (
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/go-json-experiment/json/jsontext"
)

// Problem is one thing that is wrong with rules.
type Problem struct {
	Pointer string `json:"pointer"` // JSON pointer of the member, such as /faults/0/error
	Message string `json:"message"`
}

// Error is all that is wrong with rules.
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

// problems collects.
type problems []Problem

func (p *problems) add(at jsontext.Pointer, format string, args ...any) {
	*p = append(*p, Problem{string(at), fmt.Sprintf(format, args...)})
}

// err is an [*Error], or nil when there are no problems.
func (p problems) err() error {
	if len(p) == 0 {
		return nil
	}
	return &Error{p}
}

// covers says whether a member, or one that it stands in, has a problem already.
func (p problems) covers(pointer string) bool {
	for _, have := range p {
		if jsontext.Pointer(have.Pointer).Contains(jsontext.Pointer(pointer)) {
			return true
		}
	}
	return false
}

// suggest names the word that was meant, where one is near.
func suggest(word string, known []string) string {
	if len(word) > 100 {
		return "" // no name is so long, and the distance would cost
	}
	best, least := "", len(word)/2+1
	for _, k := range known {
		if d := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(k)); d < least {
			best, least = k, d
		}
	}
	if best == "" {
		return ""
	}
	return ", did you mean " + best + "?"
}

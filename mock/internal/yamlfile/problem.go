package yamlfile

import (
	"fmt"

	"dragonmock/mock/internal/brief"
)

// Problem is one thing that is wrong with a file.
type Problem struct {
	Line, Column int    // from 1; 0 when it is not known
	Pointer      string // JSON pointer of the member
	Message      string
}

// Error is all that is wrong with a file.
type Error struct {
	Path     string
	Problems []Problem
}

// Error lists the problems, one a line; of very many the first.
func (e *Error) Error() string {
	return brief.Join(len(e.Problems), "\n", func(i int) string {
		p, at := e.Problems[i], e.Path
		if p.Line > 0 {
			at = fmt.Sprintf("%s:%d:%d", e.Path, p.Line, p.Column)
		}
		if p.Pointer != "" {
			at += ": " + p.Pointer
		}
		return at + ": " + p.Message
	})
}

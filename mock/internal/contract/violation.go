package contract

import "strings"

// Violation is one place where an exchange breaks the contract.
type Violation struct {
	Where    string // a JSON pointer into the body, or "query pageSize", "header X-Request-ID"
	Expected string // "expected an integer from 1 to 100, got a string"
}

func (v Violation) String() string { return v.Where + ": " + v.Expected }

// Join writes violations as one message.
func Join(violations []Violation) string {
	parts := make([]string, len(violations))
	for i, v := range violations {
		parts[i] = v.String()
	}
	return strings.Join(parts, "; ")
}

package contract

import (
	"strings"

	"dragonmock/mock/internal/schema"
)

// Violation is one place where an exchange breaks the contract.
type Violation = schema.Violation

// Join writes violations as one message.
func Join(violations []Violation) string {
	parts := make([]string, len(violations))
	for i, v := range violations {
		parts[i] = v.String()
	}
	return strings.Join(parts, "; ")
}

package contract

import (
	"dragonmock/mock/internal/brief"
	"dragonmock/mock/internal/schema"
)

// Violation is one place where an exchange breaks the contract.
type Violation = schema.Violation

// Join writes violations as one message, which is brief.
func Join(violations []Violation) string {
	return brief.Join(len(violations), "; ", func(i int) string { return violations[i].String() })
}

package fidelity

import (
	"fmt"

	"dragonmock/mock/internal/contract"
)

// The marks of operations, from the surest to the least sure.
const (
	Documented = "documented"
	Observed   = "observed"
	SecondHand = "second-hand"
	Assumed    = "assumed"
)

// CountMarks counts operations by their mark. An unknown mark is an error.
func CountMarks(operations []*contract.Operation) (map[string]int, error) {
	count := map[string]int{}
	for _, op := range operations {
		switch op.Fidelity {
		case Documented, Observed, SecondHand, Assumed:
			count[op.Fidelity]++
		default:
			return nil, fmt.Errorf("%s: x-fidelity: expected documented, observed, second-hand or assumed, got %q", op.ID, op.Fidelity)
		}
	}
	return count, nil
}

// CountStatuses counts assumptions by how far they have come.
func CountStatuses(register []Assumption) map[AssumptionStatus]int {
	count := map[AssumptionStatus]int{}
	for _, row := range register {
		count[row.Status]++
	}
	return count
}

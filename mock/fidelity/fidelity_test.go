package fidelity_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/fidelity"
)

func TestRead_CountsEveryOperation(t *testing.T) {
	t.Parallel()
	report, err := fidelity.Read()
	require.NoError(t, err)
	totals := report.Totals
	assert.Equal(t, len(report.Operations), totals.Documented+totals.Observed+totals.SecondHand+totals.Assumed)
	assert.NotZero(t, report.Assumptions.Coded)
	byID := map[string]fidelity.Operation{}
	for i, op := range report.Operations {
		byID[op.Version+" "+op.ID] = op
		assert.Subset(t, op.Assumptions, report.Common(), op.ID)
		if i > 0 {
			assert.LessOrEqual(t, report.Operations[i-1].Path, op.Path)
		}
	}
	assert.Contains(t, report.Common(), "A-002", "every operation can be refused")
	book := byID["v1 createEPassLoungePrebooking"]
	assert.Equal(t, "POST", book.Method)
	assert.Equal(t, "/orders/lounges/ePasses/prebooking", book.Path)
	assert.Equal(t, "documented", book.Fidelity)
	assert.NotEmpty(t, book.Source)
	assert.Contains(t, book.Assumptions, "A-021", "by the schema of a member of its answer")

	assert.Equal(t, "second-hand", byID["v2 createEPassLoungePrebooking"].Fidelity, "the page is of v1")

	assert.Empty(t, fidelity.Report{}.Common())
}

package mock_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
)

func TestFidelity_CountsEveryOperation(t *testing.T) {
	t.Parallel()
	report, err := mock.Fidelity()
	require.NoError(t, err)
	totals := report.Totals
	assert.Equal(t, len(report.Operations), totals.Documented+totals.Observed+totals.SecondHand+totals.Assumed)
	assert.NotZero(t, report.Assumptions.Coded)
	byID := map[string]mock.OperationFidelity{}
	for i, op := range report.Operations {
		byID[op.ID] = op
		assert.Subset(t, op.Assumptions, report.Common(), op.ID)
		if i > 0 {
			assert.LessOrEqual(t, report.Operations[i-1].Path, op.Path)
		}
	}
	assert.Contains(t, report.Common(), "A-002", "every operation can be refused")
	book := byID["createEPassLoungePrebooking"]
	assert.Equal(t, "POST", book.Method)
	assert.Equal(t, "/orders/lounges/ePasses/prebooking", book.Path)
	assert.Equal(t, "documented", book.Fidelity)
	assert.NotEmpty(t, book.Source)
	assert.Contains(t, book.Assumptions, "A-021", "by the schema of a member of its answer")

	assert.Empty(t, mock.FidelityReport{}.Common())
}

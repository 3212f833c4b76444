package fidelity_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/fidelity"
)

func TestLoadAssumptions(t *testing.T) {
	const planned = "  - {number: A-002, claim: c, surface: v2, status: planned, ask: a}\n"
	rows, err := fidelity.LoadAssumptions([]byte("assumptions:\n  - {number: A-001, claim: c, surface: v1, status: coded, where: f.go, ask: a}\n" + planned))
	require.NoError(t, err)
	assert.Equal(t, []fidelity.Assumption{
		{Number: "A-001", Claim: "c", Surface: "v1", Status: fidelity.Coded, Where: "f.go", Ask: "a"},
		{Number: "A-002", Claim: "c", Surface: "v2", Status: fidelity.Planned, Ask: "a"},
	}, rows)

	for _, row := range []struct{ rows, want string }{
		{planned + planned, "assumptions/1/number: A-002 is there twice"},
		{"  - {number: A-2, status: coded}\n", `assumptions/0/number: expected A and three digits, such as A-001, got "A-2"`},
		{"  - {number: A-002, status: done}\n", `assumptions/0/status: expected coded or planned for A-002, got "done"`},
		{"  - {number: A-002, state: coded}\n", "state"},
	} {
		_, err := fidelity.LoadAssumptions([]byte("assumptions:\n" + row.rows))
		assert.ErrorContains(t, err, row.want)
	}
}

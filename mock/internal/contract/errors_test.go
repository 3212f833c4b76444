package contract_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/contract"
)

const catalogue = `errors:
  - {symbol: INTERNAL_ERROR, status: 500, code: 500.000.001, reach: [v1], when: 'something broke'}
  - {symbol: SLOT_UNAVAILABLE, status: 409, code: 409.001.001, reach: [v1], when: 'no place'}
`

func TestErrorsWith(t *testing.T) {
	shipped, err := contract.LoadErrors([]byte(catalogue))
	require.NoError(t, err)
	merged, err := shipped.With([]byte("errors:\n  - {symbol: SLOT_UNAVAILABLE, status: 422, code: 422.010.001}\n"))
	require.NoError(t, err)
	assert.Equal(t, contract.ErrorRow{Symbol: "SLOT_UNAVAILABLE", Status: 422, Code: "422.010.001"}, merged.Row("SLOT_UNAVAILABLE"), "the whole row")
	assert.Equal(t, shipped.Row(dragonpass.InternalError), merged.Row(dragonpass.InternalError), "other rows stay")
	assert.Equal(t, 409, shipped.Row("SLOT_UNAVAILABLE").Status, "the shipped catalogue stays as it was")
	assert.Equal(t, []string{"INTERNAL_ERROR", "SLOT_UNAVAILABLE"}, merged.Symbols())
	assert.Equal(t, dragonpass.InternalError, merged.Row("NOBODY_KNOWS").Symbol)

	for _, row := range []struct{ file, want string }{
		{"errors:\n  - {symbol: SLOT_UNAVAILABEL, status: 409, code: 409.1}\n", "errors: symbol SLOT_UNAVAILABEL is unknown, did you mean SLOT_UNAVAILABLE?"},
		{"errors:\n  - {symbol: SLOT_UNAVAILABLE, status: 200, code: 200.1}\n", "errors/0/status: expected 400 to 599 for SLOT_UNAVAILABLE, got 200"},
		{"errors:\n  - {symbol: SLOT_UNAVAILABLE, status: 600, code: 600.1}\n", "errors/0/status: expected 400 to 599 for SLOT_UNAVAILABLE, got 600"},
		{"errors:\n  - {symbol: SLOT_UNAVAILABLE, status: 409}\n", "errors/0/code: SLOT_UNAVAILABLE has none"},
		{catalogue + "  - {symbol: SLOT_UNAVAILABLE, status: 409, code: 409.2}\n", "errors/2/symbol: SLOT_UNAVAILABLE is there twice"},
		{"errors:\n  - {symbol: SLOT_UNAVAILABLE, status: 409, cod: 409.1}\n", "cod"},
		{"errors: [", "errors: "},
	} {
		_, err := shipped.With([]byte(row.file))
		assert.ErrorContains(t, err, row.want, row.file)
	}
}

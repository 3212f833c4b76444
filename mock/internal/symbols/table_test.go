package symbols_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/symbols"
)

const catalogue = `errors:
  - {symbol: INTERNAL_ERROR, status: 500, code: 500.000.001, reach: [v1], when: 'something broke'}
  - {symbol: SLOT_UNAVAILABLE, status: 409, code: 409.001.001, reach: [v1], when: 'no place'}
`

func TestTableWith(t *testing.T) {
	shipped, err := symbols.Load([]byte(catalogue))
	require.NoError(t, err)
	merged, err := shipped.With("own.yaml", []byte("errors:\n  - {symbol: SLOT_UNAVAILABLE, status: 422, code: 422.010.001}\n"))
	require.NoError(t, err)
	assert.Equal(t, symbols.Row{Symbol: "SLOT_UNAVAILABLE", Status: 422, Code: "422.010.001"}, merged.Row("SLOT_UNAVAILABLE"), "the whole row")
	assert.Equal(t, shipped.Row(dragonpass.InternalError), merged.Row(dragonpass.InternalError), "other rows stay")
	assert.Equal(t, 409, shipped.Row("SLOT_UNAVAILABLE").Status, "the shipped catalogue stays as it was")
	assert.Equal(t, []string{"INTERNAL_ERROR", "SLOT_UNAVAILABLE"}, merged.Symbols())
	assert.Equal(t, dragonpass.InternalError, merged.Row("NOBODY_KNOWS").Symbol)

	for _, row := range []struct{ file, want string }{
		{"errors:\n  - {symbol: SLOT_UNAVAILABEL, status: 409, code: 409.1}\n", "own.yaml:2:14: /errors/0/symbol: no error SLOT_UNAVAILABEL, did you mean SLOT_UNAVAILABLE?"},
		{"errors:\n  - {symbol: SLOT_UNAVAILABLE, status: 200, code: 200.1}\n", "own.yaml:2:40: /errors/0/status: expected 400 to 599 for SLOT_UNAVAILABLE, got 200"},
		{"errors:\n  - {symbol: SLOT_UNAVAILABLE, status: 600, code: 600.1}\n", "own.yaml:2:40: /errors/0/status: expected 400 to 599 for SLOT_UNAVAILABLE, got 600"},
		{"errors:\n  - {symbol: SLOT_UNAVAILABLE, status: x, code: 600.1}\n", "own.yaml:2:40: /errors/0/status: expected an integer, got a string"},
		{"errors:\n  - {symbol: SLOT_UNAVAILABLE, code: 600.1}\n", "own.yaml:2:5: /errors/0/status: expected an integer, got nothing"},
		{"errors:\n  - {symbol: SLOT_UNAVAILABLE, status: 409}\n", "own.yaml:2:5: /errors/0/code: SLOT_UNAVAILABLE has none"},
		{"errors:\n  - {symbol: SLOT_UNAVAILABLE, status: 409, code: true}\n", "own.yaml:2:51: /errors/0/code: expected a string, got a boolean"},
		{"errors:\n  - {symbol: SLOT_UNAVAILABLE, status: 409, code: x, reach: v1}\n", "own.yaml:2:61: /errors/0/reach: expected a list of strings, got a string"},
		{"errors:\n  - {status: 409, code: x}\n", "own.yaml:2:5: /errors/0/symbol: expected the symbol of an error"},
		{catalogue + "  - {symbol: SLOT_UNAVAILABLE, status: 409, code: 409.2}\n", "own.yaml:4:14: /errors/2/symbol: SLOT_UNAVAILABLE is there twice"},
		{"errors:\n  - {symbol: SLOT_UNAVAILABLE, status: 409, cod: 409.1}\n", "own.yaml:2:45: /errors/0/cod: unknown key, did you mean code?"},
		{"errors:\n  - {symbl: SLOT_UNAVAILABLE, status: 409, code: 409.1}\n", "own.yaml:2:6: /errors/0/symbl: unknown key, did you mean symbol?"},
		{"eror:\n  - {symbol: SLOT_UNAVAILABLE, status: 409, code: 409.1}\n", "own.yaml:1:1: /eror: unknown key, did you mean errors?"},
		{"errors: [a]\n", "own.yaml:1:10: /errors/0: expected an object with symbol, status, code, reach, when, got a string"},
		{"errors:\n", "own.yaml:1:8: /errors: expected a list of rows, got nothing"},
		{"- a\n", "own.yaml:1:1: expected an object with errors, got a list"},
		{"", "own.yaml:1:1: the file is empty"},
		{"# none\n", "own.yaml:1:1: the file is empty"},
		{"errors: []\n---\nerrors: []\n", "a second document begins here: expected one catalogue of errors a file"},
		{"errors: [", "own.yaml:2:1: "},
	} {
		_, err := shipped.With("own.yaml", []byte(row.file))
		assert.ErrorContains(t, err, row.want, row.file)
	}
}

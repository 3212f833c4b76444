package main

import (
	"bytes"
	"flag"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
)

var update = flag.Bool("update", false, "write the table of the README anew")

func TestFidelity_EachForm_IsWritten(t *testing.T) {
	t.Parallel()
	report := mock.FidelityReport{
		Operations: []mock.OperationFidelity{
			{ID: "look", Method: "GET", Path: "/things", Fidelity: "documented", Source: "a page", Assumptions: []string{"A-001"}},
			{ID: "make", Method: "POST", Path: "/things/{id}", Fidelity: "assumed", Assumptions: []string{"A-001", "A-002", "A-003"}},
		},
		Totals:      mock.FidelityTotals{Documented: 1, Assumed: 1},
		Assumptions: mock.AssumptionTotals{Coded: 2, Planned: 1},
	}
	const sums = `
2 operations: 1 documented, 0 observed, 0 second-hand, 1 assumed.
3 assumptions: 2 coded, 1 planned.
Every operation also rests on A-001.
`
	for _, test := range []struct {
		name string
		form fidelity
		want string
	}{
		{"text", fidelity{}, `OPERATION          FIDELITY    ASSUMPTIONS   SOURCE
GET /things        documented  -             a page
POST /things/{id}  assumed     A-002, A-003  -
` + sums},
		{"markdown", fidelity{Markdown: true}, "| operation | fidelity | source | assumptions |\n|---|---|---|---|\n" +
			"| `GET /things` | documented | a page | - |\n| `POST /things/{id}` | assumed | - | A-002, A-003 |\n" + sums},
		{"JSON", fidelity{JSON: true}, `{
  "operations": [
    {
      "id": "look",
      "method": "GET",
      "path": "/things",
      "fidelity": "documented",
      "source": "a page",
      "assumptions": [
        "A-001"
      ]
    },
    {
      "id": "make",
      "method": "POST",
      "path": "/things/{id}",
      "fidelity": "assumed",
      "assumptions": [
        "A-001",
        "A-002",
        "A-003"
      ]
    }
  ],
  "totals": {
    "documented": 1,
    "observed": 0,
    "second-hand": 0,
    "assumed": 1
  },
  "assumptions": {
    "coded": 2,
    "planned": 1
  }
}
`},
	} {
		var got bytes.Buffer
		require.NoError(t, test.form.write(&got, report), test.name)
		assert.Equal(t, test.want, got.String(), test.name)
	}
}

// TestReadme holds the README's table to what the command prints.
func TestReadme(t *testing.T) {
	const (
		path  = "../../README.md"
		begin = "<!-- fidelity: made by `go test ./cmd/dragonmock -run TestReadme -update` -->\n"
		end   = "<!-- /fidelity -->\n"
	)
	readme := read(t, path)
	before, rest, ok := strings.Cut(readme, begin)
	_, after, ended := strings.Cut(rest, end)
	require.True(t, ok && ended, "%s has no section between %q and %q", path, begin, end)
	report, err := mock.Fidelity()
	require.NoError(t, err)
	var table bytes.Buffer
	require.NoError(t, fidelity{Markdown: true}.write(&table, report))
	want := before + begin + table.String() + end + after
	if *update {
		write(t, path, want) // it keeps the mode of a file that is there
		return
	}
	assert.Equal(t, want, readme, "the README's table of fidelity is stale: run go test ./cmd/dragonmock -run TestReadme -update and commit README.md")
}

package main

import (
	"bytes"
	"flag"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	sure "dragonmock/mock/fidelity"
)

var update = flag.Bool("update", false, "write the table of the README anew")

func TestFidelity_EachForm_IsWritten(t *testing.T) {
	t.Parallel()
	report := sure.Report{
		Operations: []sure.Operation{
			{ID: "look", Version: "v1", Method: "GET", Path: "/things", Fidelity: "documented", Source: "a page", Assumptions: []string{"A-001"}},
			{ID: "look", Version: "v2", Method: "GET", Path: "/things", Fidelity: "observed", Assumptions: []string{"A-001", "A-004"}},
			{ID: "make", Version: "v2", Method: "POST", Path: "/things/{id}", Fidelity: "assumed", Assumptions: []string{"A-001", "A-002", "A-003"}},
		},
		Totals:      sure.Totals{Documented: 1, Observed: 1, Assumed: 1},
		Assumptions: sure.Assumptions{Coded: 2, Planned: 1},
	}
	const sums = `
3 operations: 1 documented, 1 observed, 0 second-hand, 1 assumed.
3 assumptions: 2 coded, 1 planned.
Every operation also rests on A-001.
`
	for _, test := range []struct {
		name string
		form fidelity
		want string
	}{
		{"text", fidelity{}, `OPERATION          V1          V2        ASSUMPTIONS   SOURCE
GET /things        documented  observed  A-004         v1: a page; v2: -
POST /things/{id}  -           assumed   A-002, A-003  -
` + sums},
		{"markdown", fidelity{Markdown: true}, "| operation | v1 | v2 | source | assumptions |\n|---|---|---|---|---|\n" +
			"| `GET /things` | documented | observed | v1: a page; v2: - | A-004 |\n| `POST /things/{id}` | - | assumed | - | A-002, A-003 |\n" + sums},
		{"JSON", fidelity{JSON: true}, `{
  "operations": [
    {
      "id": "look",
      "version": "v1",
      "method": "GET",
      "path": "/things",
      "fidelity": "documented",
      "source": "a page",
      "assumptions": [
        "A-001"
      ]
    },
    {
      "id": "look",
      "version": "v2",
      "method": "GET",
      "path": "/things",
      "fidelity": "observed",
      "assumptions": [
        "A-001",
        "A-004"
      ]
    },
    {
      "id": "make",
      "version": "v2",
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
    "observed": 1,
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
	report, err := sure.Read()
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

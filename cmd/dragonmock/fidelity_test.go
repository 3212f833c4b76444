package main

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"dragonmock/mock"
)

var update = flag.Bool("update", false, "write the table of the README anew")

func TestFidelityForms(t *testing.T) {
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
		if err := test.form.write(&got, report); err != nil || got.String() != test.want {
			t.Errorf("%s: %v\n%s\nwant\n%s", test.name, err, got.String(), test.want)
		}
	}
}

// TestReadme holds the README's table to what the command prints.
func TestReadme(t *testing.T) {
	const (
		path  = "../../README.md"
		begin = "<!-- fidelity: made by `go test ./cmd/dragonmock -run TestReadme -update` -->\n"
		end   = "<!-- /fidelity -->\n"
	)
	readme, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(readme), begin)
	_, after, ended := strings.Cut(rest, end)
	if !ok || !ended {
		t.Fatalf("%s has no section between %q and %q", path, begin, end)
	}
	report, err := mock.Fidelity()
	if err != nil {
		t.Fatal(err)
	}
	var table bytes.Buffer
	if err := (fidelity{Markdown: true}).write(&table, report); err != nil {
		t.Fatal(err)
	}
	want := before + begin + table.String() + end + after
	if string(readme) == want {
		return
	}
	if !*update {
		t.Fatal("the README's table of fidelity is stale: run go test ./cmd/dragonmock -run TestReadme -update and commit README.md")
	}
	if err := os.WriteFile(path, []byte(want), 0o600); err != nil { // keeps the mode of a file that is there
		t.Fatal(err)
	}
}

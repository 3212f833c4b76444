package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock"
)

// fidelity prints what the OpenAPI document and the register of assumptions say about themselves.
type fidelity struct {
	JSON     bool `xor:"form" help:"For programs."`
	Markdown bool `xor:"form" help:"For the README."`
}

func (f fidelity) Run() error {
	report, err := mock.Fidelity()
	if err != nil {
		return err
	}
	return f.write(os.Stdout, report)
}

func (f fidelity) write(w io.Writer, report mock.FidelityReport) error {
	switch {
	case f.JSON:
		if err := json.MarshalWrite(w, report, jsontext.WithIndent("  ")); err != nil {
			return err
		}
		_, err := fmt.Fprintln(w)
		return err
	case f.Markdown:
		return writeMarkdown(w, report)
	default:
		return writeText(w, report)
	}
}

func writeText(w io.Writer, report mock.FidelityReport) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "OPERATION\tFIDELITY\tASSUMPTIONS\tSOURCE")
	for _, row := range rows(report) {
		fmt.Fprintln(table, strings.Join([]string{row.operation, row.fidelity, row.assumptions, row.source}, "\t"))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\n%s\n", strings.Join(totals(report), "\n"))
	return err
}

// writeMarkdown needs no escapes: neither paths nor sources have a bar.
func writeMarkdown(w io.Writer, report mock.FidelityReport) error {
	var b strings.Builder
	b.WriteString("| operation | fidelity | source | assumptions |\n|---|---|---|---|\n")
	for _, row := range rows(report) {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", row.operation, row.fidelity, row.source, row.assumptions)
	}
	fmt.Fprintf(&b, "\n%s\n", strings.Join(totals(report), "\n"))
	_, err := io.WriteString(w, b.String())
	return err
}

// row is one operation as people read it.
type row struct{ operation, fidelity, source, assumptions string }

// rows leaves out what every operation rests on: totals says it once.
func rows(report mock.FidelityReport) []row {
	common := report.Common()
	var rows []row
	for _, op := range report.Operations {
		var own []string
		for _, number := range op.Assumptions {
			if !slices.Contains(common, number) {
				own = append(own, number)
			}
		}
		rows = append(rows, row{
			op.Method + " " + op.Path, op.Fidelity, cmp.Or(op.Source, "-"), cmp.Or(strings.Join(own, ", "), "-"),
		})
	}
	return rows
}

// totals are the sentences under the table.
func totals(report mock.FidelityReport) []string {
	t, a := report.Totals, report.Assumptions
	sentences := []string{
		fmt.Sprintf("%d operations: %d documented, %d observed, %d second-hand, %d assumed.",
			len(report.Operations), t.Documented, t.Observed, t.SecondHand, t.Assumed),
		fmt.Sprintf("%d assumptions: %d coded, %d planned.", a.Coded+a.Planned, a.Coded, a.Planned),
	}
	if common := report.Common(); len(common) > 0 {
		sentences = append(sentences, "Every operation also rests on "+strings.Join(common, ", ")+".")
	}
	return sentences
}

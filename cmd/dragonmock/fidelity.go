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

	"dragonmock/cmd/dragonmock/internal/commandline"
	sure "dragonmock/mock/fidelity"
)

// fidelity prints what the OpenAPI document and the register of assumptions say about themselves.
type fidelity struct {
	JSON     bool `xor:"form" help:"For programs."`
	Markdown bool `xor:"form" help:"For the README."`
}

func (f fidelity) Run(*commandline.Line) error {
	report, err := sure.Read()
	if err != nil {
		return err
	}
	return f.write(os.Stdout, report)
}

func (f fidelity) write(w io.Writer, report sure.Report) error {
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

func writeText(w io.Writer, report sure.Report) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "OPERATION\tV1\tV2\tASSUMPTIONS\tSOURCE")
	for _, row := range rows(report) {
		fmt.Fprintln(table, strings.Join([]string{row.operation, row.fidelity["v1"], row.fidelity["v2"], row.assumptions, row.source}, "\t"))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\n%s\n", strings.Join(totals(report), "\n"))
	return err
}

// writeMarkdown needs no escapes: neither paths nor sources have a bar.
func writeMarkdown(w io.Writer, report sure.Report) error {
	var b strings.Builder
	b.WriteString("| operation | v1 | v2 | source | assumptions |\n|---|---|---|---|---|\n")
	for _, row := range rows(report) {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", row.operation, row.fidelity["v1"], row.fidelity["v2"], row.source, row.assumptions)
	}
	fmt.Fprintf(&b, "\n%s\n", strings.Join(totals(report), "\n"))
	_, err := io.WriteString(w, b.String())
	return err
}

// row is one operation of all versions as people read it.
type row struct {
	operation, source, assumptions string
	fidelity                       map[string]string // by version; "-": it does not have the operation
}

// rows leaves out what every operation rests on: totals says it once. A source stands behind its version where another
// version has another.
func rows(report sure.Report) []row {
	common := report.Common()
	var rows []row
	for rest := report.Operations; len(rest) > 0; {
		one := rest[0]
		n := slices.IndexFunc(rest, func(op sure.Operation) bool { return op.Path != one.Path || op.Method != one.Method })
		if n < 0 {
			n = len(rest)
		}
		differs := slices.ContainsFunc(rest[:n], func(op sure.Operation) bool { return op.Source != one.Source })
		r, sources, numbers := row{operation: one.Method + " " + one.Path, fidelity: map[string]string{"v1": "-", "v2": "-"}}, []string{}, []string{}
		for _, op := range rest[:n] {
			r.fidelity[op.Version] = op.Fidelity
			source := cmp.Or(op.Source, "-")
			if differs {
				source = op.Version + ": " + source
			}
			sources, numbers = append(sources, source), append(numbers, op.Assumptions...)
		}
		slices.Sort(numbers)
		numbers = slices.DeleteFunc(slices.Compact(numbers), func(number string) bool { return slices.Contains(common, number) })
		r.source, r.assumptions = strings.Join(slices.Compact(sources), "; "), cmp.Or(strings.Join(numbers, ", "), "-")
		rows, rest = append(rows, r), rest[n:]
	}
	return rows
}

// totals are the sentences under the table.
func totals(report sure.Report) []string {
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

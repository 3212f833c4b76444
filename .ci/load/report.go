package main

import (
	"errors"
	"fmt"
	"strings"
)

// report is the tables of what was measured, printed as they come.
type report struct {
	lenient bool // no budget is held
	tables  [][][]string
	title   string // of the last table
	against string // what its figures are held against
	broken  []error
}

// table begins a table, whose first column is what was measured.
func (r *report) table(title string, columns ...string) {
	r.title = title
	r.tables = append(r.tables, [][]string{append([]string{title}, columns...)})
	fmt.Printf("\n%s\n%s\n", title, line("", columns))
}

// row prints a row and keeps it.
func (r *report) row(what string, cells ...string) {
	last := &r.tables[len(r.tables)-1]
	*last = append(*last, append([]string{what}, cells...))
	fmt.Println(line(what, cells))
}

func line(what string, cells []string) string {
	line := fmt.Sprintf("  %-38s", what)
	for _, cell := range cells {
		line += fmt.Sprintf("  %-32s", cell)
	}
	return strings.TrimRight(line, " ")
}

// budget is the last cell of a row: what the limit asks, and whether v holds it.
func (r *report) budget(what string, v float64, limit limit, unit string) string {
	cell := strings.TrimSpace(limit.String() + " " + unit)
	if limit.none() {
		return ""
	}
	if r.lenient || limit.holds(v) {
		return cell
	}
	r.broken = append(r.broken, fmt.Errorf("%s: %s: %s, budget %s", r.title, what, number(v), cell))
	return cell + ", not held"
}

// verdict is the budgets that are not held.
func (r *report) verdict() error { return errors.Join(r.broken...) }

// markdown is the README's tables.
func (r *report) markdown() string {
	var b strings.Builder
	for _, table := range r.tables {
		b.WriteString("\n")
		for i, cells := range table {
			fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | "))
			if i == 0 {
				b.WriteString(strings.Repeat("|---", len(cells)) + "|\n")
			}
		}
	}
	return b.String()
}

// figures begins a table of figures, which are held against something; "": each stands for itself.
func (r *report) figures(title, against string) {
	r.against = against
	if against == "" {
		r.table(title, "dragonmock", "budget")
		return
	}
	r.table(title, "ratio", "dragonmock", against, "budget")
}

// figure is a row of such a table.
type figure struct {
	what       string
	unit       string
	ours, bare spread // bare: of what ours is held against; it may be empty
	limit      limit
}

func (r *report) add(f figure) {
	ratio, judged, unit := f.ours.over(f.bare), f.ours.median(), f.unit
	if !f.limit.value {
		judged, unit = ratio.median(), ""
	}
	budget := r.budget(f.what, judged, f.limit, unit)
	if r.against == "" {
		r.row(f.what, f.cell(f.ours), budget)
		return
	}
	r.row(f.what, ratio.String(), f.cell(f.ours), f.cell(f.bare), budget)
}

func (f figure) cell(measured spread) string {
	if len(measured) == 0 {
		return ""
	}
	return measured.String() + " " + f.unit
}

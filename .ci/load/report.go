package main

import (
	"errors"
	"fmt"
	"strings"
)

// figure is one line of the report.
type figure struct {
	what       string
	unit       string
	ours, bare spread    // bare: of what ours is held against
	p99        [2]spread // of ours and of bare, in ms, where the figure is a throughput
	limit      limit
}

func (f figure) ratio() spread { return f.ours.over(f.bare) }

// judged is what the limit is of.
func (f figure) judged() float64 {
	if f.limit.value {
		return f.ours.median()
	}
	return f.ratio().median()
}

func (f figure) held() bool { return f.limit == limit{} || f.limit.holds(f.judged()) }

// section is a table of figures.
type section struct {
	title, against string // against: what bare is
	figures        []figure
}

// report collects what was measured.
type report struct {
	lenient  bool // no budget is held
	sections []*section
	broken   []error
}

// section begins a table.
func (r *report) section(title, against string) {
	r.sections = append(r.sections, &section{title: title, against: against})
	fmt.Printf("\n%s\n", title)
}

// add prints a figure and keeps it.
func (r *report) add(f figure) {
	at := r.sections[len(r.sections)-1]
	at.figures = append(at.figures, f)
	line := fmt.Sprintf("  %-44s %s %s", f.what, f.ours, f.unit)
	if len(f.bare) > 0 {
		line = fmt.Sprintf("  %-44s %-18s %s %s, %s %s", f.what, f.ratio(), f.ours, f.unit, at.against, f.bare)
	}
	if len(f.p99[0]) > 0 {
		line += fmt.Sprintf("; p99 %s ms", f.p99[0])
		if len(f.p99[1]) > 0 {
			line += fmt.Sprintf(" and %s", f.p99[1])
		}
	}
	if !r.lenient && !f.held() {
		line += "  BROKEN: " + f.limit.String()
		r.broken = append(r.broken, fmt.Errorf("%s, %s: %s, budget %s", at.title, f.what, number(f.judged()), f.limit))
	}
	fmt.Println(line)
}

// markdown is the README's tables.
func (r *report) markdown() string {
	var b strings.Builder
	for _, s := range r.sections {
		fmt.Fprintf(&b, "\n| %s | ratio | dragonmock | %s | budget |\n|---|---|---|---|---|\n", s.title, s.against)
		for _, f := range s.figures {
			bare, p99 := cell(f.bare, f.unit), ""
			if len(f.p99[0]) > 0 {
				p99 = ", p99 " + number(f.p99[0].median()) + " ms"
			}
			if len(f.p99[1]) > 0 {
				bare += ", p99 " + number(f.p99[1].median()) + " ms"
			}
			fmt.Fprintf(&b, "| %s | %s | %s%s | %s | %s |\n",
				f.what, cell(f.ratio(), ""), cell(f.ours, f.unit), p99, bare, f.budget())
		}
	}
	return b.String()
}

// budget says the limit, with the unit where it is of the value.
func (f figure) budget() string {
	if f.limit.value && f.unit != "" {
		return f.limit.String() + " " + f.unit
	}
	return f.limit.String()
}

func cell(s spread, unit string) string {
	if len(s) == 0 {
		return ""
	}
	return strings.TrimSpace(s.String() + " " + unit)
}

// verdict is the budgets that are not held.
func (r *report) verdict() error { return errors.Join(r.broken...) }

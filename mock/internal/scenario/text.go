package scenario

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// Text writes what is played for people: every file as it ends on a terminal, only what failed elsewhere.
type Text struct {
	Out   io.Writer
	Quiet bool // only failures and a summary
	Color bool
}

// The colours of a terminal.
const (
	red    = "\x1b[31m"
	green  = "\x1b[32m"
	yellow = "\x1b[33m"
	plain  = "\x1b[0m"
)

func (t Text) paint(color, s string) string {
	if !t.Color {
		return s
	}
	return color + s + plain
}

// File writes what came of one file.
func (t Text) File(f FileReport) error {
	var b strings.Builder
	switch f.Outcome {
	case Held:
		if t.Quiet {
			return nil
		}
		fmt.Fprintf(&b, "%s %s: %s (%d steps, %s)\n", t.paint(green, "held"), f.Path, f.Name, len(f.Steps), rounded(f.Duration))
	case Skipped: // said even when quiet: it has proved nothing
		fmt.Fprintf(&b, "%s %s: %s: %s\n", t.paint(yellow, "skipped"), f.Path, f.Name, f.Reason)
	case Failed:
		fmt.Fprintf(&b, "%s %s: %s\n", t.paint(red, "FAILED"), f.Path, f.Name)
		if f.Reason != "" {
			fmt.Fprintf(&b, "  %s\n", f.Reason)
		}
		for _, s := range f.Steps {
			if s.Outcome == Failed {
				t.step(&b, f, s)
			}
		}
	}
	_, err := io.WriteString(t.Out, b.String())
	return err
}

// step writes a step that failed: where it stands, what is wrong, what was sent and what came.
func (t Text) step(b *strings.Builder, f FileReport, s StepReport) {
	fmt.Fprintf(b, "  %s:%d: %s\n", f.Path, s.Line, s.Name)
	for _, problem := range s.Problems {
		fmt.Fprintf(b, "    %s\n", t.paint(red, problem))
	}
	if len(s.Asks) > 0 {
		fmt.Fprintf(b, "    it asks about %s\n", strings.Join(s.Asks, ", "))
	}
	for _, part := range []struct{ title, text string }{{"sent", s.Sent}, {"came", s.Came}} {
		if part.text != "" {
			fmt.Fprintf(b, "    %s %s\n", part.title, indented(part.text, "      "))
		}
	}
	if s.Diff == "" {
		return
	}
	b.WriteString("    diff\n")
	for line := range strings.Lines(s.Diff) {
		line = strings.TrimSuffix(line, "\n")
		color := ""
		switch {
		case strings.HasPrefix(line, "-"):
			color = green
		case strings.HasPrefix(line, "+"):
			color = red
		}
		if color != "" {
			line = t.paint(color, line)
		}
		fmt.Fprintf(b, "      %s\n", line)
	}
}

// Summary writes the last lines.
func (t Text) Summary(r Report) error {
	files, steps := r.count()
	var b strings.Builder
	if !t.Quiet {
		for _, outcome := range []Outcome{Held, Failed, Skipped} {
			if numbers := r.asked(outcome); len(numbers) > 0 {
				fmt.Fprintf(&b, "assumptions %s: %s\n", outcome, strings.Join(numbers, ", "))
			}
		}
	}
	fmt.Fprintf(&b, "files: %s; steps: %s; %s", counted(files), counted(steps), rounded(r.Duration))
	if numbers := r.asked(Failed); t.Quiet && len(numbers) > 0 {
		fmt.Fprintf(&b, "; assumptions that did not hold: %s", strings.Join(numbers, ", "))
	}
	_, err := fmt.Fprintln(t.Out, b.String())
	return err
}

func counted(n map[Outcome]int) string {
	return fmt.Sprintf("%d held, %d failed, %d skipped", n[Held], n[Failed], n[Skipped])
}

func rounded(d time.Duration) time.Duration { return d.Round(100 * time.Microsecond) }

// indented puts an indent before every line but the first.
func indented(s, indent string) string {
	return strings.ReplaceAll(strings.TrimSuffix(s, "\n"), "\n", "\n"+indent)
}

package commandline

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// width is how wide help is, in letters.
const width = 80

// help is that of the program. It ends with that of the command that is meant when none is named, whose flags need no
// command.
func (p Program) help(common ...*flag) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Usage: %s <command> [flags]\n\n%s\n\nFlags:\n", p.Name, p.About)
	columns(&b, p.rows(common))
	b.WriteString("\nCommands:\n")
	var commands [][2]string
	for _, c := range p.Commands {
		commands = append(commands, [2]string{c.Name, c.Help})
	}
	columns(&b, commands)
	fmt.Fprintf(&b, "\nRun \"%s <command> --help\" for more information on a command.\n\n%s", p.Name, p.helpOf(p.Commands[0], common...))
	return b.String()
}

// helpOf is the help of a command.
func (p Program) helpOf(c Command, common ...*flag) string {
	var b strings.Builder
	takes, usage := argumentsOf(c.Do), ""
	if takes != nil {
		usage = fmt.Sprintf(" <%s> ...", takes.name)
	}
	fmt.Fprintf(&b, "Usage: %s %s%s [flags]\n\n%s\n", p.Name, c.Name, usage, c.Help)
	if takes != nil {
		b.WriteString("\nArguments:\n")
		columns(&b, [][2]string{{strings.TrimSpace(usage), "Each is " + takes.each + "."}})
	}
	b.WriteString("\nFlags:\n")
	rows := p.rows(common)
	if own := p.rows(p.flags(c)); len(own) > 0 {
		rows = append(append(rows, [2]string{}), own...)
	}
	columns(&b, rows)
	return b.String()
}

// rows are flags and what they are for.
func (p Program) rows(flags []*flag) (rows [][2]string) {
	for _, f := range flags {
		left := "    --" + f.name
		if f.short != "" {
			left = "-" + f.short + ", --" + f.name
		}
		switch {
		case f.metavar != "":
			left += "=" + f.metavar
		case f.value != "" && f.isString():
			left += fmt.Sprintf("=%q", f.value)
		case f.value != "":
			left += "=" + f.value
		}
		right := f.help
		if f.variable != "" {
			right = strings.TrimSuffix(right, ".") + " ($" + f.variable + ")."
		}
		rows = append(rows, [2]string{left, right})
	}
	return rows
}

// columns writes rows of two columns, the second in lines that are no wider than help is.
func columns(b *strings.Builder, rows [][2]string) {
	indent := 0
	for _, row := range rows {
		indent = max(indent, 2+len(row[0])+4)
	}
	for _, row := range rows {
		line := "  " + row[0]
		at := utf8.RuneCountInString(line)
		for word := range strings.FieldsSeq(row[1]) {
			switch {
			case at < indent:
				line += strings.Repeat(" ", indent-at)
				at = indent
			case at+1+utf8.RuneCountInString(word) > width:
				line += "\n" + strings.Repeat(" ", indent)
				at = indent
			default:
				line += " "
				at++
			}
			line += word
			at += utf8.RuneCountInString(word)
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}

package commandline

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

// Parse reads arguments, without the name of the program, and the environment, as [os.Environ] gives it. Its errors are in
// the words of who typed the line.
func (p Program) Parse(args, environ []string) (*Line, error) {
	variables, err := p.variables(environ)
	if err != nil {
		return nil, err
	}
	asked := len(args) > 0 && args[0] == "help" // as people ask who know other programs: help, help play
	if asked {
		args = args[1:]
	}
	command := p.Commands[0]
	named := len(args) > 0 && !strings.HasPrefix(args[0], "-")
	if named {
		if command, err = p.command(args[0]); err != nil {
			return nil, err
		}
		args = args[1:]
	}
	line := &Line{Command: command, typed: map[string]bool{}}
	flags := p.flags(command)
	for _, f := range flags {
		if err := f.begin(); err != nil {
			return nil, fmt.Errorf("the program is wrong: %w", err)
		}
	}
	version := &flag{name: "version", help: "Print the version.", into: new(bool)}
	help := &flag{name: "help", short: "h", help: "Show context-sensitive help.", into: &asked}
	words, err := readFlags(append([]*flag{help, version}, flags...), args)
	switch {
	case err != nil:
		return nil, err
	case *version.into.(*bool):
		line.Text = p.Name + " " + p.Version + "\n"
		return line, nil
	case asked && named:
		line.Text = p.helpOf(command, help, version)
		return line, nil
	case asked:
		line.Text = p.help(help, version)
		return line, nil
	}
	for _, f := range flags {
		line.typed[f.name] = f.typed
	}
	if err := take(command.Do, words); err != nil {
		return nil, err
	}
	if err := fromEnvironment(flags, variables); err != nil {
		return nil, err
	}
	line.Doubts = p.strangers(environ)
	return line, together(flags)
}

// command is the command of a name.
func (p Program) command(name string) (Command, error) {
	var known []string
	for _, c := range p.Commands {
		if c.Name == name {
			return c, nil
		}
		known = append(known, c.Name)
	}
	return Command{}, errors.New("unexpected argument " + name + meant(name, "", known))
}

// readFlags sets flags as arguments say, and returns what else they have. A flag that has one value is given once: the
// first of two would be lost in silence. So would one that is empty, as from a shell variable that nobody set.
func readFlags(flags []*flag, args []string) (words []string, err error) {
	set := pflag.NewFlagSet("", pflag.ContinueOnError)
	set.Usage = func() {} // nothing is said but by the error
	var names []string
	for _, f := range flags {
		known := set.VarPF(f, f.name, f.short, "")
		if f.isBool() {
			known.NoOptDefVal = "true"
		}
		names = append(names, f.name)
	}
	if err := swallowed(set, args); err != nil {
		return nil, err
	}
	err = set.ParseAll(args, func(known *pflag.Flag, value string) error {
		f := known.Value.(*flag)
		switch {
		case f.typed && !f.several():
			return f.wrong("expected it once, it is given twice")
		case value == "" && f.isString():
			return f.wrong("expected a value, got an empty one")
		}
		f.typed = true
		return f.Set(value)
	})
	if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok {
		name, dashes := unknown.GetSpecifiedName(), "--"
		if short := unknown.GetSpecifiedShortnames(); short != "" {
			name, dashes = short, "-"
		}
		return nil, errors.New("unknown flag " + dashes + name + meant(name, "--", names))
	}
	if lone, ok := errors.AsType[*pflag.ValueRequiredError](err); ok {
		return nil, lone.GetFlag().Value.(*flag).wrong("expected a value, got none")
	}
	return set.Args(), err
}

// swallowed refuses a flag that would take the next one for its value.
func swallowed(set *pflag.FlagSet, args []string) error {
	for i, arg := range args {
		name, long := strings.CutPrefix(arg, "--")
		if long && name == "" { // what follows is no flag
			return nil
		}
		if f := set.Lookup(name); long && f != nil && f.NoOptDefVal == "" && i+1 < len(args) && len(args[i+1]) > 1 && args[i+1][0] == '-' {
			return f.Value.(*flag).wrong(fmt.Sprintf("expected a value, got %s; if that is the value, write --%s=%s", args[i+1], name, args[i+1]))
		}
	}
	return nil
}

// take gives a command the words of its line.
func take(do Doer, words []string) error {
	takes := argumentsOf(do)
	switch {
	case takes == nil && len(words) > 0:
		return errors.New("unexpected argument " + words[0])
	case takes == nil:
	case len(words) == 0:
		return fmt.Errorf("expected %s, got none", takes.each)
	case slices.Contains(words, ""):
		return fmt.Errorf("expected %s, got an empty one", takes.each)
	default:
		*takes.list = words
	}
	return nil
}

// together refuses flags that do not go together, wherever they come from.
func together(flags []*flag) error {
	for i, f := range flags {
		for _, other := range flags[:i] {
			if f.xor != "" && f.xor == other.xor && f.given && other.given {
				return fmt.Errorf("--%s and --%s cannot be used together", other.name, f.name)
			}
		}
	}
	return nil
}

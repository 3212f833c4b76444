package commandline

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// variables are those that begin like ours and have a value. Compose files and CI templates pass on variables that nobody
// gave one, and an empty address would be a random port on all interfaces. Those that guard a server no slip may take
// away: empty, they are refused.
func (p Program) variables(environ []string) (map[string]string, error) {
	set := map[string]string{}
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		own, ours := strings.CutPrefix(name, p.Prefix+"_")
		switch {
		case !ours:
		case value != "":
			set[name] = value
		case slices.Contains(p.Guards, own):
			return nil, fmt.Errorf("%s is empty: give it a value, or take it away", name)
		}
	}
	return set, nil
}

// fromEnvironment sets the flags that were not typed and have a variable.
func fromEnvironment(flags []*flag, variables map[string]string) error {
	for _, f := range flags {
		value, ok := variables[f.variable]
		if f.typed || !ok {
			continue
		}
		if err := f.Set(value); err != nil {
			return fmt.Errorf("%w (from %s)", err, f.variable)
		}
	}
	return nil
}

// Variables are the names of the environment variables of all commands.
func (p Program) Variables() (variables []string) {
	for _, c := range p.Commands {
		for _, f := range p.flags(c) {
			variables = append(variables, f.variable)
		}
	}
	return variables
}

// Flags are the names of the flags of all commands, without dashes.
func (p Program) Flags() []string {
	names := []string{"help", "version"}
	for _, c := range p.Commands {
		for _, f := range p.flags(c) {
			names = append(names, f.name)
		}
	}
	return names
}

// strangers are the variables that begin like ours and are none of ours, each in words with the one that may be meant: a
// misspelt name would otherwise be a flag that nobody set, and a program that does not do what its operator believes.
func (p Program) strangers(environ []string) (found []string) {
	var known []string
	for _, name := range p.Variables() {
		known = append(known, strings.TrimPrefix(name, p.Prefix+"_"))
	}
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		own, ours := strings.CutPrefix(name, p.Prefix+"_")
		if !ours || value == "" || slices.Contains(known, own) || p.orchestrated(entry) {
			continue
		}
		hint := meant(own, p.Prefix+"_", known)
		if hint == "" {
			hint = "; the help of each command has those that are"
		}
		found = append(found, name+" is no variable of this program"+hint)
	}
	slices.Sort(found)
	return found
}

// orchestrated says whether Kubernetes or Docker links make such a variable for a service that is called like the program,
// or program-web.
func (p Program) orchestrated(entry string) bool {
	return regexp.MustCompile(`^` + p.Prefix + `_(.+_)?(SERVICE_HOST=|SERVICE_PORT(_.+)?=|PORT_\d+_[A-Z]+(_[A-Z]+)?=|PORT=[a-z]+://|NAME=/|ENV_)`).MatchString(entry)
}

// meant asks for the known name that is most likely meant: half of the letters may be others, or the rest of it is missing.
// It is "" when there is none.
func meant(name, before string, known []string) string {
	distance := func(of string) int {
		if name != "" && strings.HasPrefix(of, name) {
			return 0
		}
		return levenshtein.ComputeDistance(name, of)
	}
	best := slices.MinFunc(known, func(a, b string) int { return distance(a) - distance(b) })
	if distance(best) > len(name)/2 {
		return ""
	}
	return ", did you mean " + before + best + "?"
}

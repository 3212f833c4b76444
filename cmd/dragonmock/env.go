package main

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/alecthomas/kong"
)

// dropEmptyEnv makes an empty variable one that is not set. Compose files and CI templates pass on variables that nobody
// gave a value, and an empty address would be a random port on all interfaces. Those that guard a server no slip may take
// away: empty, they are refused.
func dropEmptyEnv() error {
	for _, entry := range os.Environ() {
		name, value, _ := strings.Cut(entry, "=")
		switch {
		case value != "" || !strings.HasPrefix(name, envPrefix+"_"):
		case slices.Contains(guards, strings.TrimPrefix(name, envPrefix+"_")):
			return fmt.Errorf("%s is empty: give it a value, or take it away", name)
		default:
			os.Unsetenv(name)
		}
	}
	return nil
}

// guards are the variables, without their prefix, that say who may come, by which way, and who may listen.
var guards = []string{"CONTROL", "CONTROL_ADDR", "CONTROL_TOKEN", "TLS_CERT", "TLS_KEY"}

// refuseEmpty refuses flags and arguments that were given and are empty, as from a shell variable that nobody set: as not
// given, a server without a token or one that saves nothing would be taken for what was asked for.
func refuseEmpty(command *kong.Context) error {
	for _, part := range command.Path {
		switch {
		case part.Flag != nil && part.Flag.Target.Kind() == reflect.String && part.Flag.Target.String() == "":
			return fmt.Errorf("--%s: expected a value, got an empty one", part.Flag.Name)
		case part.Positional != nil && slices.Contains(part.Positional.Target.Interface().([]string), ""):
			return errors.New("expected the name of a file or scenario, got an empty one")
		}
	}
	return nil
}

// refuseTwice refuses a flag that is given twice and has one value: the first would be lost in silence. A variable beside its
// flag is no second one.
func refuseTwice(command *kong.Context) error {
	given := map[*kong.Flag]bool{}
	for _, part := range command.Path {
		if part.Flag == nil || part.Resolved || part.Flag.IsCumulative() {
			continue
		}
		if given[part.Flag] {
			return fmt.Errorf("--%s: expected it once, it is given twice", part.Flag.Name)
		}
		given[part.Flag] = true
	}
	return nil
}

// meantCommand adds to an error about the first word which command was meant; what was meant by a flag the parser says.
func meantCommand(err error, args []string, app *kong.Application) error {
	if len(args) == 0 || err.Error() != "unexpected argument "+args[0] {
		return err
	}
	var known []string
	for _, node := range app.Children {
		known = append(known, node.Name)
	}
	if word := nearestTo(args[0], known); word != "" {
		return fmt.Errorf("%w, did you mean %s?", err, word)
	}
	return err
}

// orchestrated are the variables that Kubernetes and Docker links make for a service called dragonmock, or dragonmock-web.
var orchestrated = regexp.MustCompile(`^` + envPrefix + `_(.+_)?(SERVICE_HOST=|SERVICE_PORT(_.+)?=|PORT_\d+_[A-Z]+(_[A-Z]+)?=|PORT=[a-z]+://|NAME=/|ENV_)`)

// strangers are the variables that begin like ours and are none of ours, each in words with the one that may be meant: a
// misspelt name would otherwise be a flag that nobody set, and a server that does not do what its operator believes.
func strangers(environ []string, app *kong.Application) []string {
	var known, found []string
	_ = kong.Visit(app, func(node kong.Visitable, next kong.Next) error { // the visitor returns no error
		if flag, ok := node.(*kong.Flag); ok {
			for _, name := range flag.Envs {
				known = append(known, strings.TrimPrefix(name, envPrefix+"_"))
			}
		}
		return next(nil)
	})
	for _, entry := range environ {
		name, _, _ := strings.Cut(entry, "=")
		own, ours := strings.CutPrefix(name, envPrefix+"_")
		if !ours || slices.Contains(known, own) || orchestrated.MatchString(entry) {
			continue
		}
		hint := "; the help of each command has those that are"
		if word := nearestTo(own, known); word != "" {
			hint = ", did you mean " + envPrefix + "_" + word + "?"
		}
		found = append(found, name+" is no variable of this program"+hint)
	}
	slices.Sort(found)
	return found
}

// nearestTo is the known name that is most likely meant: half of the letters may be others; "" when there is none.
func nearestTo(name string, known []string) string {
	best := slices.MinFunc(known, func(a, b string) int {
		return levenshtein.ComputeDistance(name, a) - levenshtein.ComputeDistance(name, b)
	})
	if levenshtein.ComputeDistance(name, best) > len(name)/2 {
		return ""
	}
	return best
}

// doubts are what is not wrong enough to end the program, a line each.
type doubts []string

// warn says doubts on standard error.
func warn(lines doubts) {
	for _, line := range lines {
		say("dragonmock: warning: " + line)
	}
}

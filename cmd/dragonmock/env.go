package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/alecthomas/kong"
)

// orchestrated are the variables that Kubernetes and Docker links make for a service called dragonmock, or dragonmock-web.
var orchestrated = regexp.MustCompile(`^` + envPrefix + `_(.+_)?(SERVICE_HOST=|SERVICE_PORT(_.+)?=|PORT_\d+_[A-Z]+(_[A-Z]+)?=|PORT=[a-z]+://|NAME=/|ENV_)`)

// strangers are the variables that begin like ours and are none of ours, each in words with the one that may be meant: a
// misspelt name would otherwise be a flag that nobody set, and a server that does not do what its operator believes.
func strangers(environ []string, app *kong.Application) []string {
	var known, found []string
	_ = kong.Visit(app, func(node kong.Visitable, next kong.Next) error { // the visitor returns no error
		if flag, ok := node.(*kong.Flag); ok {
			known = append(known, flag.Envs...)
		}
		return next(nil)
	})
	for _, entry := range environ {
		name, _, _ := strings.Cut(entry, "=")
		if strings.HasPrefix(name, envPrefix+"_") && !slices.Contains(known, name) && !orchestrated.MatchString(entry) {
			found = append(found, fmt.Sprintf("%s is no variable of this program, did you mean %s?", name, nearestTo(name, known)))
		}
	}
	slices.Sort(found)
	return found
}

func nearestTo(name string, known []string) string {
	return slices.MinFunc(known, func(a, b string) int {
		return levenshtein.ComputeDistance(name, a) - levenshtein.ComputeDistance(name, b)
	})
}

// warn says on standard error what is not wrong enough to end the program.
func warn(lines []string) {
	for _, line := range lines {
		say("dragonmock: warning: " + line)
	}
}

// Command dragonmock is a mock DragonPass server: see the README.
package main

import (
	"errors"
	"fmt"
	"os"
	_ "time/tzdata" // a scratch image has no time zones

	"dragonmock/cmd/dragonmock/internal/commandline"
	"dragonmock/mock"
)

// Exit codes, stable: 0 all is well, 1 what was asked for does not hold, 2 it was asked for in a way that cannot be
// carried out.
const (
	exitFailed   = 1
	exitUnusable = 2
)

// envPrefix begins the names of the environment variables.
const envPrefix = "DRAGONMOCK"

// program is the command line. Each flag has an environment variable, DRAGONMOCK_ and its name; the flag wins.
func program() commandline.Program {
	return commandline.Program{
		Name: "dragonmock", About: "A high-fidelity mock DragonPass server.", Version: mock.Version(), Prefix: envPrefix,
		// They say who may come, by which way, and who may listen.
		Guards: []string{"CONTROL", "CONTROL_ADDR", "CONTROL_TOKEN", "TLS_CERT", "TLS_KEY"},
		Commands: []commandline.Command{
			{Name: "serve", Help: "Serve the mock (the default command).", Do: new(serve)},
			{Name: "play", Help: "Play scenario files and check what comes; exit 0 if all held, 1 if not.", Do: new(play)},
			{Name: "check", Help: "Check scenario files without playing them; exit 2 if one is wrong.", Do: new(check)},
			{Name: "scenarios", Help: "List the shipped scenarios, a line each.", Do: new(scenarios)},
			{Name: "schema", Help: "Print the JSON Schema of scenario files, by which editors complete them.", Do: new(schema)},
			{Name: "health", Help: "Ask a running server whether it is healthy; exit 0 if it is.", Do: new(health)},
			{Name: "fidelity", Help: "Print how sure each operation is, what it was seen on and what it rests on.", Do: new(fidelity)},
			{Name: "version", Help: "Print the version.", Do: new(version)},
		},
	}
}

type version struct{}

func (version) Run(*commandline.Line) error {
	fmt.Println("dragonmock", mock.Version())
	return nil
}

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	line, err := program().Parse(args, os.Environ())
	if err != nil {
		return fail(err, exitUnusable)
	}
	if line.Text != "" {
		fmt.Print(line.Text)
		return 0
	}
	if _, serves := line.Command.Do.(*serve); !serves { // whose log has a form, and a first line
		for _, doubt := range line.Doubts {
			say("dragonmock: warning: " + doubt)
		}
	}
	err = line.Command.Do.Run(line)
	if err == nil {
		return 0
	}
	if _, ok := errors.AsType[failed](err); ok { // it may be one of several
		return fail(err, exitFailed)
	}
	return fail(err, exitUnusable)
}

// failed is an error that says that something does not hold, rather than that it could not be tried.
type failed struct{ error }

func (f failed) Unwrap() error { return f.error }

func fail(err error, code int) int {
	say("dragonmock: " + err.Error())
	return code
}

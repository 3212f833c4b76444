// Command dragonmock is a mock DragonPass server: see the README.
package main

import (
	"fmt"
	"os"
	_ "time/tzdata" // a scratch image has no time zones

	"github.com/alecthomas/kong"

	"dragonmock/mock"
)

// Exit codes, stable: 0 all is well, 1 what was asked for does not hold, 2 it was asked for in a way that cannot be
// carried out.
const (
	exitFailed   = 1
	exitUnusable = 2
)

// commands is the command line. Each flag has an environment variable, DRAGONMOCK_ and its name; the flag wins.
type commands struct {
	Serve   serve   `cmd:"" default:"withargs" help:"Serve the mock (the default command)."`
	Health  health  `cmd:"" help:"Ask a running server whether it is healthy; exit 0 if it is."`
	Version version `cmd:"" help:"Print the version."`
}

type version struct{}

func (version) Run() error {
	fmt.Println("dragonmock", mock.Version)
	return nil
}

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	var c commands
	parser, err := kong.New(&c, kong.Name("dragonmock"), kong.Description("A high-fidelity mock DragonPass server."),
		kong.DefaultEnvars("DRAGONMOCK"), kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		return fail(err, exitUnusable)
	}
	command, err := parser.Parse(args)
	if err != nil {
		return fail(err, exitUnusable)
	}
	switch err := command.Run().(type) {
	case nil:
		return 0
	case failed:
		return fail(err, exitFailed)
	default:
		return fail(err, exitUnusable)
	}
}

// failed is an error that says that something does not hold, rather than that it could not be tried.
type failed struct{ error }

func fail(err error, code int) int {
	fmt.Fprintln(os.Stderr, "dragonmock:", err)
	return code
}

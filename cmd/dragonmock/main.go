// Command dragonmock is a mock DragonPass server: see the README.
package main

import (
	"errors"
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

// envPrefix begins the names of the environment variables.
const envPrefix = "DRAGONMOCK"

// commands is the command line. Each flag has an environment variable, DRAGONMOCK_ and its name; the flag wins.
type commands struct {
	Serve     serve     `cmd:"" default:"withargs" help:"Serve the mock (the default command)."`
	Play      play      `cmd:"" help:"Play scenario files and check what comes; exit 0 if all held, 1 if not."`
	Check     check     `cmd:"" help:"Check scenario files without playing them; exit 2 if one is wrong."`
	Scenarios scenarios `cmd:"" help:"List the shipped scenarios, a line each."`
	Schema    schema    `cmd:"" help:"Print the JSON Schema of scenario files, by which editors complete them."`
	Health    health    `cmd:"" help:"Ask a running server whether it is healthy; exit 0 if it is."`
	Fidelity  fidelity  `cmd:"" help:"Print how sure each operation is, what it was seen on and what it rests on."`
	Version   version   `cmd:"" help:"Print the version."`

	Print kong.VersionFlag `name:"version" env:"-" help:"Print the version."`
}

type version struct{}

func (version) Run() error {
	fmt.Println("dragonmock", mock.Version())
	return nil
}

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	if err := dropEmptyEnv(); err != nil {
		return fail(err, exitUnusable)
	}
	if len(args) > 0 && args[0] == "help" { // as people ask who know other programs: help, help play
		args = append(args[1:len(args):len(args)], "--help")
	}
	var c commands
	parser, err := kong.New(&c, kong.Name("dragonmock"), kong.Description("A high-fidelity mock DragonPass server."),
		kong.DefaultEnvars(envPrefix), kong.Vars{"version": "dragonmock " + mock.Version()}, kong.ConfigureHelp(kong.HelpOptions{Compact: true}), kong.Help(help))
	if err != nil {
		return fail(err, exitUnusable)
	}
	command, err := parser.Parse(args)
	if err != nil {
		return fail(meantCommand(err, args, parser.Model), exitUnusable)
	}
	if err := refuseTwice(command); err != nil {
		return fail(err, exitUnusable)
	}
	if err := refuseEmpty(command); err != nil {
		return fail(err, exitUnusable)
	}
	found := doubts(strangers(os.Environ(), parser.Model))
	if command.Selected() == nil || command.Selected().Name != "serve" { // whose log has a form, and a first line
		warn(found)
		found = nil
	}
	err = command.Run(found)
	if err == nil {
		return 0
	}
	if _, ok := errors.AsType[failed](err); ok { // kong wraps it
		return fail(err, exitFailed)
	}
	return fail(err, exitUnusable)
}

// help prints the help of a command. That of the program ends with that of serve, whose flags need no command.
func help(options kong.HelpOptions, ctx *kong.Context) error {
	if err := kong.DefaultHelpPrinter(options, ctx); err != nil || ctx.Selected() != nil {
		return err
	}
	served, err := kong.Trace(ctx.Kong, []string{"serve"})
	if err != nil {
		return err
	}
	fmt.Fprintln(ctx.Stdout)
	return kong.DefaultHelpPrinter(options, served)
}

// failed is an error that says that something does not hold, rather than that it could not be tried.
type failed struct{ error }

func (f failed) Unwrap() error { return f.error }

func fail(err error, code int) int {
	say("dragonmock: " + err.Error())
	return code
}

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/mattn/go-isatty"

	"dragonmock/cmd/dragonmock/internal/commandline"
	"dragonmock/mock/files"
)

// play plays scenario files.
type play struct {
	Target       string   `metavar:"URL" help:"Play against this server instead of a mock in this process: its base URL, prefix included (.../api/v1). Files that give, inject or control anything are skipped."`
	Control      string   `env:"DRAGONMOCK_PLAY_CONTROL" metavar:"URL" help:"Control plane of a mock at the target (http://host:8080/_mock): worlds are made there, nothing is skipped."`
	ControlToken string   `metavar:"TOKEN" help:"Token of that control plane."`
	ClientID     string   `metavar:"ID" help:"Client id at the target."`
	Secret       string   `metavar:"SECRET" help:"Secret at the target."`
	CA           string   `name:"ca" metavar:"FILE" help:"Certificates (PEM) to trust beside those of the system: of the target, its control plane, and callbacks."`
	Parallel     bool     `help:"Play several files at once, each in a world of its own."`
	Update       bool     `help:"Write what came into the files, in place of what they expect."`
	JUnit        string   `name:"junit" metavar:"FILE" help:"Write a JUnit report."`
	Files        []string `arg:"the name of a file or scenario"`
}

// errNotHeld is said when what was expected did not come; what and where stands above it.
var errNotHeld = errors.New("not all scenarios held")

func (p play) Run(line *commandline.Line) (err error) {
	if err := p.check(line.Typed("control-token")); err != nil {
		return err
	}
	terminal := isatty.IsTerminal(os.Stdout.Fd())
	playing := files.Playing{
		Target: p.Target, Control: p.Control, ControlToken: p.ControlToken, ClientID: p.ClientID, Secret: p.Secret, CA: p.CA, Parallel: p.Parallel, Update: p.Update,
		Out: os.Stdout, Quiet: !terminal, Color: terminal && os.Getenv("NO_COLOR") == "",
	}
	var report bytes.Buffer // the file stays as it is until there is one
	if p.JUnit != "" {
		if err := p.checkJUnit(); err != nil {
			return err
		}
		playing.JUnit = &report
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	held, err := files.Play(ctx, playing, p.Files...)
	if err == nil && !held {
		err = failed{errNotHeld}
	}
	if report.Len() > 0 {
		err = errors.Join(os.WriteFile(p.JUnit, report.Bytes(), 0o644), err)
	}
	return err
}

// checkJUnit refuses a report that would take the place of a scenario, as it does when its name is forgotten, and one that
// cannot be written, before anything is played. What the file holds stays.
func (p play) checkJUnit() error {
	if slices.Contains([]string{".yaml", ".yml"}, strings.ToLower(filepath.Ext(p.JUnit))) || slices.Contains(p.Files, p.JUnit) {
		return fmt.Errorf("--junit: expected the file of a report, got the name of a scenario, %s", p.JUnit)
	}
	file, err := os.OpenFile(p.JUnit, os.O_WRONLY|os.O_CREATE, 0o644)
	if err != nil {
		return fmt.Errorf("--junit: %w", err)
	}
	return file.Close()
}

// check refuses flags that do nothing beside the others. The token counts when it was typed: its variable is that of serve
// too.
func (p play) check(tokenTyped bool) error {
	switch named := p.ClientID != "" || p.Secret != ""; {
	case p.Target == "" && (named || p.Control != ""):
		return errors.New("--control, --client-id and --secret are for a --target")
	case p.Control == "" && tokenTyped:
		return errors.New("--control-token is for a --control")
	case p.Control != "" && named:
		return errors.New("--client-id and --secret are for a --target without --control: worlds have credentials of their own")
	case p.Target != "" && p.Control == "" && (p.ClientID == "" || p.Secret == ""):
		return errors.New("--target wants --client-id and --secret, or --control")
	}
	return nil
}

// check says what is wrong with scenario files.
type check struct {
	Files []string `arg:"the name of a file or scenario"`
}

func (c check) Run(*commandline.Line) error { return files.Check(c.Files...) }

// Package files owns files as commands handle them. Of scenario files, many at once and from outside a test: which ones are
// shipped, what is wrong with some, how they are played, and the schema that editors complete them by. A test that plays a
// file uses mock.Play. Of HTTPS: the certificate and its key.
package files

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"dragonmock/mock/internal/caller"
	"dragonmock/mock/internal/scenario"
	"dragonmock/mock/internal/server"
	"dragonmock/mock/internal/stage"
)

// Playing says how scenario files are played.
type Playing struct {
	// Target is the base URL of the server to play against, with the prefix of the version: .../api/v1. Empty: a mock in
	// this process. Without Control, it is seen as a client sees it: files that give, inject or control anything are
	// skipped.
	Target string
	// Control is the control plane of a mock at the target: http://127.0.0.1:8080/_mock. Worlds are made there.
	Control          string
	ControlToken     string // of that control plane; empty: it asks for none
	ClientID, Secret string // whom to be at a target without control plane
	CA               string // a file of certificates (PEM) to trust beside the system's; empty: none

	Parallel bool      // several files at once
	Update   bool      // put what came into the files, in place of what they expect
	Out      io.Writer // what people read; nil: nowhere
	Quiet    bool      // only failures and a summary
	Color    bool
	JUnit    io.Writer // a JUnit report; nil: none
}

// timeout is how long a target may take for one call.
const timeout = time.Minute

// Play plays scenario files: paths, or names of shipped scenarios. Held says whether nothing failed. The error says what
// is wrong with a file, with its place, before anything is played; or that a file could not be tried, since its target is
// not there or does not let us in.
func Play(ctx context.Context, p Playing, files ...string) (held bool, err error) {
	shipped := server.Load()
	config := server.Config{Errors: shipped.Errors, Log: slog.New(slog.DiscardHandler), Strict: true}
	if p.CA != "" {
		if config.Roots, err = caller.ReadRoots(p.CA); err != nil {
			return false, err
		}
	}
	player := shipped.Stage.Player()
	if p.Target == "" {
		s, err := server.New(config)
		if err != nil {
			return false, err
		}
		defer s.Close()
		player = s.Player()
	} else {
		player.Client = caller.New(caller.Config{
			Timeout: timeout, Proxy: http.ProxyFromEnvironment, Roots: config.Roots, Base: p.Control, Token: p.ControlToken,
		})
		at, err := caller.AbsoluteURL(p.Target)
		if err == nil && (at.RawQuery != "" || at.Fragment != "") {
			err = fmt.Errorf("expected a URL without query and fragment, got %q", p.Target)
		}
		if err == nil {
			player.Bases, err = shipped.Stage.Bases(p.Target)
		}
		if err != nil {
			return false, fmt.Errorf("target: %w", err)
		}
		player.Control = strings.TrimSuffix(p.Control, "/")
		player.Who = scenario.Credentials{ClientID: p.ClientID, Secret: p.Secret}
	}
	player.GoOn = p.Update
	checked, err := shipped.Stage.Check(nil, files...)
	if err != nil {
		return false, err
	}
	return stage.Playing{Parallel: p.Parallel, Update: p.Update, Out: p.Out, Quiet: p.Quiet, Color: p.Color, JUnit: p.JUnit}.Play(ctx, player, checked)
}

// Check says what is wrong with scenario files, without playing them.
func Check(files ...string) error {
	_, err := server.Load().Stage.Check(nil, files...)
	return err
}

// Scenario is a shipped scenario file.
type Scenario struct {
	Name        string // what it is played and loaded by: vendor-lounge-example
	Shows       string // what it shows, as a sentence
	Description string // more about it; empty: there is no more to say
	Steps       int    // how many steps it has
}

// Shipped lists the shipped scenarios, by name.
func Shipped() ([]Scenario, error) {
	listed, err := server.Load().Stage.List(nil)
	list := make([]Scenario, len(listed))
	for i, s := range listed {
		list[i] = Scenario{Name: s.Name, Shows: s.Shows, Description: s.Description, Steps: s.Steps}
	}
	return list, err
}

// Schema returns the JSON Schema of scenario files.
func Schema() []byte { return bytes.Clone(server.Load().Stage.Schema) }

package mock

import (
	"context"
	"io"
	"net/http"
	"strings"
	"time"

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

	Parallel bool      // several files at once
	Update   bool      // put what came into the files, in place of what they expect
	Out      io.Writer // what people read; nil: nowhere
	Quiet    bool      // only failures and a summary
	Color    bool
	JUnit    io.Writer // a JUnit report; nil: none
}

// PlayFiles plays scenario files: paths, or names of shipped scenarios. Held says whether nothing failed. The error says
// what is wrong with a file, with its place, before anything is played.
func PlayFiles(ctx context.Context, p Playing, files ...string) (held bool, err error) {
	shipped, err := server.Load()
	if err != nil {
		return false, err
	}
	player := shipped.Stage.Player()
	if p.Target == "" {
		s, err := New(WithContract(true))
		if err != nil {
			return false, err
		}
		defer s.Close()
		player = s.server.Player()
	} else {
		player.Client = &http.Client{Timeout: time.Minute, Transport: stage.WithToken(p.Control, p.ControlToken)}
		player.Bases, player.Control = shipped.Stage.Bases(p.Target), strings.TrimSuffix(p.Control, "/")
		player.Who = scenario.Credentials{ClientID: p.ClientID, Secret: p.Secret}
	}
	player.GoOn = p.Update
	checked, err := shipped.Stage.Check(files...)
	if err != nil {
		return false, err
	}
	return stage.Playing{Parallel: p.Parallel, Update: p.Update, Out: p.Out, Quiet: p.Quiet, Color: p.Color, JUnit: p.JUnit}.Play(ctx, player, checked)
}

// CheckFiles says what is wrong with scenario files, without playing them.
func CheckFiles(files ...string) error {
	shipped, err := server.Load()
	if err != nil {
		return err
	}
	_, err = shipped.Stage.Check(files...)
	return err
}

// Scenarios returns the names of the shipped scenarios, sorted.
func Scenarios() []string {
	shipped, err := server.Load()
	if err != nil {
		return nil
	}
	return shipped.Stage.ShippedNames()
}

// Play plays a scenario file on a server, in a world of its own. What does not hold ends the test, with the step, its
// place in the file, what was sent and what came.
func Play(tb TB, s *Server, nameOrPath string) {
	tb.Helper()
	shipped, err := server.Load()
	if err != nil {
		tb.Fatalf("mock.Play: %v", err)
		return
	}
	files, err := shipped.Stage.Check(nameOrPath)
	if err != nil {
		tb.Fatalf("mock.Play: %v", err)
		return
	}
	report := s.server.Player().Play(context.Background(), files[0])
	var text strings.Builder
	_ = scenario.Text{Out: &text}.File(report) // a Builder takes all
	if report.Outcome == scenario.Failed {
		tb.Fatalf("mock.Play: %s", text.String())
	}
	tb.Logf("%s", strings.TrimSpace(text.String()))
}

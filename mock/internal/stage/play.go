package stage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/readfile"
	"dragonmock/mock/internal/scenario"
)

// Playing says how files are played, and who reads of it.
type Playing struct {
	Parallel bool      // several files at once
	Update   bool      // put what came into the files, in place of what they expect
	Out      io.Writer // what people read; nil: nowhere
	Quiet    bool      // only failures and a summary
	Color    bool
	JUnit    io.Writer // a JUnit report; nil: none
}

// Player makes a player that knows the published operations and errors. Where it plays is the caller's to say.
func (s *Stage) Player() *scenario.Player {
	judge := func(rule []byte) map[string]string { return problems(fault.ParseRule(rule, s.Names())) }
	calls := s.Calls()
	p := &scenario.Player{Judge: judge, Errors: map[string]scenario.ErrorRow{}, Now: time.Now, Sign: sign, Operations: calls.Operations, Verbs: calls.Verbs, Callback: calls.Callback}
	for _, row := range s.Errors.Rows() {
		p.Errors[string(row.Symbol)] = scenario.ErrorRow{Status: row.Status, Code: row.Code}
	}
	return p
}

// problems are the reasons of an error, by pointer.
func problems(_ fault.Rule, err error) map[string]string {
	wrong, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return nil
	}
	found := map[string]string{}
	for _, p := range wrong.Problems {
		found[p.Pointer] = p.Message
	}
	return found
}

// sign makes a token the way a client does, good for an hour.
func sign(issuer, key string) (string, error) {
	claims := jwt.RegisteredClaims{Issuer: issuer, ExpiresAt: jwt.NewNumericDate(time.Now().Add(time.Hour))}
	return jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte(key))
}

// Play plays files and writes what came of them, in their order. Held says whether nothing failed. A file that could not
// be begun is an error.
func (p Playing) Play(ctx context.Context, player *scenario.Player, files []*scenario.File) (held bool, err error) {
	start := time.Now()
	if p.Out == nil {
		p.Out = io.Discard
	}
	text := scenario.Text{Out: p.Out, Quiet: p.Quiet, Color: p.Color}
	report := scenario.Report{Files: make([]scenario.FileReport, len(files))}
	done := p.playAll(ctx, player, files, report.Files)
	var wrong error
	for i := range files {
		<-done[i]
		if err := text.File(report.Files[i]); wrong == nil {
			wrong = err
		}
	}
	report.Duration = time.Since(start)
	if wrong != nil {
		return false, wrong
	}
	if p.Update {
		if err := update(p.Out, report); err != nil {
			return false, err
		}
	}
	if err := text.Summary(report); err != nil {
		return false, err
	}
	if p.JUnit != nil {
		if err := scenario.WriteJUnit(p.JUnit, report); err != nil {
			return false, err
		}
	}
	return report.Held(), untried(report)
}

// untried says why files could not be begun, which is not that they do not hold; nil when all were.
func untried(report scenario.Report) error {
	var names []string
	var first error
	for _, f := range report.Files {
		if f.Untried != nil {
			if names = append(names, f.Path); first == nil {
				first = f.Untried
			}
		}
	}
	if first == nil {
		return nil
	}
	return fmt.Errorf("%d of %d files could not be tried, the first is %s: %w", len(names), len(report.Files), names[0], first)
}

// playAll begins to play files, and closes the channel of each when it has been played.
func (p Playing) playAll(ctx context.Context, player *scenario.Player, files []*scenario.File, reports []scenario.FileReport) []chan struct{} {
	at := 1
	if p.Parallel {
		at = runtime.GOMAXPROCS(0)
	}
	done := make([]chan struct{}, len(files))
	for i := range files {
		done[i] = make(chan struct{})
	}
	slots := make(chan struct{}, at)
	var playing sync.WaitGroup
	playing.Go(func() {
		for i, file := range files {
			slots <- struct{}{}
			playing.Go(func() {
				reports[i] = player.Play(ctx, file)
				<-slots
				close(done[i])
			})
		}
	})
	return done
}

// update writes what came into the files.
func update(out io.Writer, report scenario.Report) error {
	for _, f := range report.Files {
		if f.Outcome != scenario.Failed {
			continue
		}
		data, err := readfile.Read(f.Path, readfile.Text)
		if err != nil {
			return fmt.Errorf("only files can be updated: %w", err)
		}
		info, err := os.Stat(f.Path)
		if err != nil {
			return err
		}
		updated, changed, left := scenario.Update(data, f)
		if changed > 0 {
			if err := os.WriteFile(f.Path, updated, info.Mode().Perm()); err != nil {
				return err
			}
		}
		fmt.Fprintf(out, "%s: %d expectations updated\n", f.Path, changed)
		for _, line := range left {
			fmt.Fprintf(out, "  not updated: %s\n", line)
		}
	}
	return nil
}

// versioned is a URL that ends in a version.
var versioned = regexp.MustCompile(`/v\d+$`)

// Bases finds where all versions are by the URL of one: what ends in one version ends in the others' too. What ends in none
// is the first version's, and the others' are below it. What ends in a version that there is not is an error.
func (s *Stage) Bases(target string) (map[string]string, error) {
	target = strings.TrimSuffix(target, "/")
	operations := s.Calls().Operations
	root, bases := versioned.ReplaceAllString(target, ""), map[string]string{}
	for _, op := range operations {
		bases[op.Version] = root + "/" + op.Version
	}
	switch {
	case root == target:
		bases[operations[0].Version] = target
	case bases[target[len(root)+1:]] == "":
		return nil, fmt.Errorf("expected the base URL of %s, got %s", strings.Join(slices.Sorted(maps.Keys(bases)), " or "), target)
	}
	return bases, nil
}

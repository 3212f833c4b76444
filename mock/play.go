package mock

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"dragonmock/mock/internal/control"
	"dragonmock/mock/internal/platform"
	"dragonmock/mock/internal/scenario"
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
	player, err := newPlayer()
	if err != nil {
		return false, err
	}
	if p.Target == "" {
		s, err := New(WithContract(true))
		if err != nil {
			return false, err
		}
		defer s.Close()
		playOn(player, s)
	} else {
		player.Client = &http.Client{Timeout: time.Minute, Transport: p.transport()}
		player.Bases, player.Control = basesOf(p.Target), strings.TrimSuffix(p.Control, "/")
		player.Who = scenario.Credentials{ClientID: p.ClientID, Secret: p.Secret}
	}
	player.GoOn = p.Update
	checked, err := check(player, files)
	if err != nil {
		return false, err
	}
	return p.play(ctx, player, checked)
}

// CheckFiles says what is wrong with scenario files, without playing them.
func CheckFiles(files ...string) error {
	player, err := newPlayer()
	if err != nil {
		return err
	}
	_, err = check(player, files)
	return err
}

// Play plays a scenario file on a server, in a world of its own. What does not hold ends the test, with the step, its
// place in the file, what was sent and what came.
func Play(tb TB, s *Server, nameOrPath string) {
	tb.Helper()
	player, err := newPlayer()
	if err != nil {
		tb.Fatalf("mock.Play: %v", err)
		return
	}
	playOn(player, s)
	files, err := check(player, []string{nameOrPath})
	if err != nil {
		tb.Fatalf("mock.Play: %v", err)
		return
	}
	report := player.Play(context.Background(), files[0])
	var text strings.Builder
	_ = scenario.Text{Out: &text}.File(report) // a Builder takes all
	if report.Outcome == scenario.Failed {
		tb.Fatalf("mock.Play: %s", text.String())
	}
	tb.Logf("%s", strings.TrimSpace(text.String()))
}

// play plays files and writes what came of them, in their order.
func (p Playing) play(ctx context.Context, player *scenario.Player, files []*scenario.File) (bool, error) {
	start := time.Now()
	out := p.Out
	if out == nil {
		out = io.Discard
	}
	text := scenario.Text{Out: out, Quiet: p.Quiet, Color: p.Color}
	at := 1
	if p.Parallel {
		at = runtime.GOMAXPROCS(0)
	}
	report := scenario.Report{Files: make([]scenario.FileReport, len(files))}
	var playing sync.WaitGroup
	done := make([]chan struct{}, len(files))
	slots := make(chan struct{}, at)
	for i := range files {
		done[i] = make(chan struct{})
	}
	playing.Go(func() {
		for i, file := range files {
			slots <- struct{}{}
			playing.Go(func() {
				report.Files[i] = player.Play(ctx, file)
				<-slots
				close(done[i])
			})
		}
	})
	var wrong error
	for i := range files {
		<-done[i]
		if err := text.File(report.Files[i]); wrong == nil {
			wrong = err
		}
	}
	playing.Wait()
	report.Duration = time.Since(start)
	if wrong != nil {
		return false, wrong
	}
	if p.Update {
		if err := update(out, report); err != nil {
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
	return report.Held(), nil
}

// update writes what came into the files.
func update(out io.Writer, report scenario.Report) error {
	for _, f := range report.Files {
		if f.Outcome != scenario.Failed {
			continue
		}
		data, err := os.ReadFile(f.Path)
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

// newPlayer makes a player that knows the published operations and errors.
func newPlayer() (*scenario.Player, error) {
	parts, err := load()
	if err != nil {
		return nil, err
	}
	p := &scenario.Player{Errors: map[string]scenario.ErrorRow{}, Now: time.Now, Sign: sign}
	for _, v := range parts.versions {
		for _, op := range v.Document.Operations() {
			p.Operations = append(p.Operations, scenario.Operation{ID: op.ID, Method: op.Method, Path: op.Path, Version: v.Name})
		}
	}
	p.Operations = append(p.Operations, scenario.Operation{ID: platform.CallbackOperation, Version: "callback"}) // for fault rules
	for _, row := range parts.errors.Rows() {
		p.Errors[string(row.Symbol)] = scenario.ErrorRow{Status: row.Status, Code: row.Code}
	}
	return p, nil
}

// playOn has a player play on a server of this process.
func playOn(p *scenario.Player, s *Server) {
	// A player is the test author's, so no door is closed to it.
	p.Client = &http.Client{Transport: pipeTransport(func() *http.Server { return s.httpServer(s.whole()) })}
	p.Bases = map[string]string{"v1": pipeURL, "v2": pipeURL + "/api/v2"}
	p.Control = pipeURL + control.Prefix
}

// basesOf finds both versions by the URL of one.
func basesOf(target string) map[string]string {
	target = strings.TrimSuffix(target, "/")
	bases := map[string]string{"v1": target, "v2": target}
	for version, other := range map[string]string{"v1": "v2", "v2": "v1"} {
		if root, ok := strings.CutSuffix(target, "/"+version); ok {
			bases[other] = root + "/" + other
		}
	}
	return bases
}

// sign makes a token the way a client does, good for an hour.
func sign(issuer, key string) (string, error) {
	claims := jwt.RegisteredClaims{Issuer: issuer, ExpiresAt: jwt.NewNumericDate(time.Now().Add(time.Hour))}
	return jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte(key))
}

// check reads files and says all that is wrong with any of them: their form, what they give, and what they play.
func check(p *scenario.Player, files []string) ([]*scenario.File, error) {
	var read []*scenario.File
	var wrong []string
	for _, name := range files {
		file, err := checkOne(p, name)
		if err != nil {
			wrong = append(wrong, err.Error())
			continue
		}
		read = append(read, file)
	}
	if len(wrong) > 0 {
		return nil, fmt.Errorf("%s", strings.Join(wrong, "\n"))
	}
	return read, nil
}

func checkOne(p *scenario.Player, name string) (*scenario.File, error) {
	file, err := findScenario(nil, name)
	if err != nil {
		return nil, err
	}
	return checkData(p, file)
}

func checkData(p *scenario.Player, f scenarioFile) (*scenario.File, error) {
	parts, err := load()
	if err != nil {
		return nil, err
	}
	file, err := parseScenario(f.path, f.data)
	if err != nil {
		return nil, err
	}
	if err := p.Check(file); err != nil {
		return nil, err
	}
	return file, (&options{parts: parts}).loadScenario(f.path, f.data)
}

// transport brings the control token to calls of the control plane, and to nobody else.
func (p Playing) transport() http.RoundTripper {
	if p.ControlToken == "" {
		return http.DefaultTransport
	}
	return keyed{strings.TrimSuffix(p.Control, "/") + "/", p.ControlToken}
}

// keyed adds a token to requests whose URL begins with a base.
type keyed struct{ base, token string }

// RoundTrip leaves the request as it was, as the interface asks.
func (k keyed) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasPrefix(r.URL.String(), k.base) {
		r = r.Clone(r.Context())
		r.Header.Set("Authorization", "Bearer "+k.token)
	}
	return http.DefaultTransport.RoundTrip(r)
}

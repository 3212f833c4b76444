package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"dragonmock/mock"
)

// patience is how long a test waits for a process. It is never waited out by a passing test.
const patience = 30 * time.Second

// TestCommand runs the built command as its users do.
func TestCommand(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "dragonmock")
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	if out, err := exec.Command("go", "build", "-buildvcs=false", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	b := built(binary)
	t.Run("group", func(t *testing.T) { // the binary stays until its parallel tests have ended
		t.Run("says what it is", b.testWords)
		t.Run("refuses", b.testRefusals)
		t.Run("places what is wrong with a scenario", b.testScenarioPlaces)
		t.Run("tells its health", b.testHealth)
		t.Run("heeds the environment", b.testEnvironment)
		t.Run("prefers the flag", b.testFlagWins)
		t.Run("drains", b.testDrain)
		t.Run("plays", b.testPlay)
		t.Run("plays against a server", b.testPlayTarget)
		t.Run("checks", b.testCheck)
		t.Run("guards the control plane", b.testControl)
		t.Run("keeps its state", b.testState)
		t.Run("watches scenarios", b.testWatch)
		t.Run("speaks TLS", b.testTLS)
	})
}

func (b built) testWords(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		args   []string
		stdout string
	}{
		{[]string{"version"}, "dragonmock " + mock.Version + "\n"},
		{[]string{"--help"}, "health"},
		{[]string{"-h"}, "serve"},
		{[]string{"--help"}, "$DRAGONMOCK_SCENARIO"}, // serve is the default, so its flags are the program's
		{[]string{"fidelity"}, "documented"},
		{[]string{"fidelity", "--markdown"}, "| operation |"},
		{[]string{"fidelity", "--json"}, `"totals": {`},
		{[]string{"serve", "--help"}, "$DRAGONMOCK_SCENARIO"},
		{[]string{"health", "--help"}, "$DRAGONMOCK_ADDR"},
	} {
		got := b.run(t, nil, test.args...)
		if got.code != 0 || got.stderr != "" || !strings.Contains(got.stdout, test.stdout) {
			t.Errorf("%q: %+v, want %q on stdout, nothing on stderr and exit 0", test.args, got, test.stdout)
		}
	}
}

func (b built) testRefusals(t *testing.T) {
	t.Parallel()
	occupied, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer occupied.Close()
	for _, test := range []struct {
		env    []string
		args   []string
		stderr string
	}{
		{nil, []string{"--bogus"}, "--bogus"},
		{nil, []string{"bogus"}, "bogus"},
		{nil, []string{"serve", "extra"}, "extra"},
		{nil, []string{"--addr"}, "--addr"},
		{nil, []string{"--addr", "nowhere"}, "nowhere"},
		{nil, []string{"--addr", occupied.Addr().String()}, "in use"},
		{nil, []string{"--contract", "lenient"}, "--contract"},
		{nil, []string{"--control", "maybe"}, "--control"},
		{nil, []string{"--control", "off", "--control-token", "x"}, "--control-token"},
		{nil, []string{"--control-addr", "nowhere"}, "nowhere"},
		{nil, []string{"--control-token", "two words"}, "one word"},
		{nil, []string{"--scenarios", "nofolder"}, "nofolder"},
		{nil, []string{"--tls-cert", "cert.pem"}, "--tls-key is missing"},
		{[]string{"DRAGONMOCK_TLS_KEY=key.pem"}, nil, "--tls-cert is missing"},
		{nil, []string{"--tls-cert", "nofile.pem", "--tls-key", "nofile.pem"}, "nofile.pem"},
		{nil, []string{"--watch"}, "--scenarios"},
		{nil, []string{"--state", "nofolder/state.json"}, "nofolder/state.json"},
		{nil, []string{"--log-format", "xml"}, "--log-format"},
		{nil, []string{"--log-level", "loud"}, "--log-level"},
		{nil, []string{"--scenario", "nofile.yaml"}, "nofile.yaml"},
		{nil, []string{"--errors", "nofile.yaml"}, "nofile.yaml"},
		{nil, []string{"health", "--addr", "nowhere"}, "nowhere"},
		{nil, []string{"fidelity", "--json", "--markdown"}, "--markdown"},
		{[]string{"DRAGONMOCK_ADDR=nowhere"}, nil, "nowhere"},
		{[]string{"DRAGONMOCK_CONTRACT=lenient"}, nil, "--contract"},
		{[]string{"DRAGONMOCK_LOG_FORMAT=xml"}, nil, "--log-format"},
		{[]string{"DRAGONMOCK_LOG_LEVEL=loud"}, nil, "--log-level"},
		{[]string{"DRAGONMOCK_SCENARIO=nofile.yaml"}, nil, "nofile.yaml"},
		{[]string{"DRAGONMOCK_ERRORS=nofile.yaml"}, nil, "nofile.yaml"},
	} {
		got := b.run(t, test.env, test.args...)
		line, rest, _ := strings.Cut(got.stderr, "\n")
		if got.code != exitUnusable || got.stdout != "" || rest != "" ||
			!strings.HasPrefix(line, "dragonmock: ") || !strings.Contains(line, test.stderr) {
			t.Errorf("%q %q: %+v, want one line on stderr that has %q and exit 2", test.env, test.args, got, test.stderr)
		}
	}
}

func (b built) testScenarioPlaces(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, given, place string }{
		{"unknown.yaml", "name: a\ngiven:\n  bogus: 1\n", ":3:3: /given/bogus: unknown key"},
		{"clock.yaml", "name: a\ngiven:\n  clock: soon\n", ":3:10: /given/clock: "},
		{"syntax.yaml", "name: a\ngiven: [\n", ":3:1: "},
	} {
		path := filepath.Join(t.TempDir(), test.name)
		if err := os.WriteFile(path, []byte(test.given), 0o600); err != nil {
			t.Fatal(err)
		}
		got := b.run(t, nil, "--scenario", path)
		if want := "dragonmock: " + path + test.place; got.code != exitUnusable || got.stdout != "" ||
			!strings.HasPrefix(got.stderr, want) || strings.Count(got.stderr, "\n") != 1 {
			t.Errorf("%s: %+v, want one line on stderr that begins with %q and exit 2", test.name, got, want)
		}
	}
}

func (b built) testHealth(t *testing.T) {
	t.Parallel()
	s := b.serve(t, nil, "--addr", "127.0.0.1:0", "--log-format", "json")
	if got := b.run(t, nil, "health", "--addr", s.addr); got != (result{}) {
		t.Errorf("health of a server: %+v, want silence and exit 0", got)
	}
	if got := b.run(t, []string{"DRAGONMOCK_ADDR=" + s.addr}, "health"); got != (result{}) {
		t.Errorf("health of a server, by the environment: %+v, want silence and exit 0", got)
	}
	_, port, _ := net.SplitHostPort(s.addr)
	for _, everywhere := range []string{":" + port, "0.0.0.0:" + port, "[::]:" + port} {
		if got := b.run(t, nil, "health", "--addr", everywhere); got != (result{}) {
			t.Errorf("health at %s: %+v, want silence and exit 0", everywhere, got)
		}
	}
	s.terminate(t)
	got := b.run(t, nil, "health", "--addr", s.addr)
	if got.code != exitFailed || got.stdout != "" || strings.Count(got.stderr, "\n") != 1 || !strings.Contains(got.stderr, s.addr) {
		t.Errorf("health where nothing listens: %+v, want one line on stderr that has the address and exit 1", got)
	}
}

func (b built) testEnvironment(t *testing.T) {
	t.Parallel()
	s := b.serve(t, []string{
		"DRAGONMOCK_ADDR=127.0.0.1:0", "DRAGONMOCK_LOG_FORMAT=json", "DRAGONMOCK_SCENARIO=vendor-epass-issue",
		"DRAGONMOCK_CONTRACT=", "DRAGONMOCK_ERRORS=", "DRAGONMOCK_LOG_LEVEL=", // empty is not set
	})
	s.wantClock(t)
	s.terminate(t)
}

func (b built) testFlagWins(t *testing.T) {
	t.Parallel()
	s := b.serve(t, []string{
		"DRAGONMOCK_ADDR=nowhere", "DRAGONMOCK_LOG_FORMAT=text", "DRAGONMOCK_LOG_LEVEL=error",
		"DRAGONMOCK_CONTRACT=strict", "DRAGONMOCK_SCENARIO=nofile.yaml",
	}, "--addr", "127.0.0.1:0", "--log-format", "json", "--log-level", "info", "--contract", "report", "--scenario", "vendor-epass-issue")
	s.wantClock(t)
	s.terminate(t)
}

// testDrain ends a server whose answer to a request is still due.
func (b built) testDrain(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("no SIGTERM")
	}
	s := b.serve(t, nil, "--addr", "127.0.0.1:0", "--log-format", "json")
	conn, err := net.Dial("tcp", s.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	body := `{"clientId":"DragonPass","secret":"dpSecretKey12345"}`
	fmt.Fprintf(conn, "POST /auth/token HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n"+
		"Content-Length: %d\r\nExpect: 100-continue\r\n\r\n", s.addr, len(body))
	// The server says 100 when its handler waits for the body: now the request is in flight.
	answers := bufio.NewReader(conn)
	if line, err := answers.ReadString('\n'); err != nil || !strings.HasPrefix(line, "HTTP/1.1 100 ") {
		t.Fatalf("the server said %q (%v), want 100 Continue", line, err)
	}
	if _, err := answers.ReadString('\n'); err != nil { // the empty line after it
		t.Fatal(err)
	}
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	s.wantLog(t, "draining")
	for start := time.Now(); ; { // until it has stopped listening
		probe, err := net.Dial("tcp", s.addr)
		if err != nil {
			break
		}
		probe.Close()
		if time.Since(start) > patience {
			t.Fatal("the server still listens")
		}
	}
	if _, err := io.WriteString(conn, body); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(answers, nil)
	if err != nil {
		t.Fatalf("the request in flight was cut off: %v", err)
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil || answer.StatusCode != http.StatusOK {
		t.Errorf("the request in flight got %s (%v), want 200", answer.Status, err)
	}
	s.wantExit(t, 0)
}

// built is the path of the command.
type built string

type result struct {
	stdout, stderr string
	code           int
}

// command makes a process that ends with the test at the latest. It sees env and none of the variables of this process
// that could shape the command.
func (b built) command(t *testing.T, env []string, args ...string) *exec.Cmd {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, string(b), args...)
	for _, entry := range os.Environ() {
		if !strings.HasPrefix(entry, envPrefix) {
			cmd.Env = append(cmd.Env, entry)
		}
	}
	cmd.Env = append(cmd.Env, env...)
	return cmd
}

// run runs the command to its end.
func (b built) run(t *testing.T, env []string, args ...string) result {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := b.command(t, env, args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return result{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

// server is a running command.
type server struct {
	cmd    *exec.Cmd
	stderr *bufio.Scanner
	addr   string

	url     string
	control string // the URL of the control plane, if it has a port of its own
}

// serve starts the command, whose log must be JSON, and waits until it listens.
func (b built) serve(t *testing.T, env []string, args ...string) *server {
	t.Helper()
	cmd := b.command(t, env, args...)
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Wait() }) // killed by the context if the test did not end it
	s := &server{cmd: cmd, stderr: bufio.NewScanner(stderr)}
	line := s.wantLog(t, "listening")
	address := regexp.MustCompile(`^https?://(127\.0\.0\.1:[1-9]\d*)$`).FindStringSubmatch(line.URL)
	if address == nil {
		t.Fatalf("the server listens at %q", line.URL)
	}
	s.addr, s.url, s.control = address[1], line.URL, line.Control
	return s
}

type logLine struct {
	Msg     string
	URL     string
	Control string
	Error   string
}

// wantLog reads the log up to a message.
func (s *server) wantLog(t *testing.T, msg string) logLine {
	t.Helper()
	for s.stderr.Scan() {
		var line logLine
		if err := json.Unmarshal(s.stderr.Bytes(), &line); err != nil {
			t.Fatalf("the log has %q: %v", s.stderr.Text(), err)
		}
		if line.Msg == msg {
			return line
		}
	}
	t.Fatalf("the log ended (%v) without %q", s.stderr.Err(), msg)
	return logLine{}
}

// wantClock checks that the world is the one of the shipped scenario vendor-epass-issue.
func (s *server) wantClock(t *testing.T) {
	t.Helper()
	answer, err := http.Get("http://" + s.addr + "/_mock/worlds/default/clock")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if want := "2024-12-31T00:00:00+00:00"; err != nil || !bytes.Contains(body, []byte(want)) {
		t.Errorf("the clock reads %s (%v), want %s", body, err, want)
	}
}

func (s *server) terminate(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" {
		_ = s.cmd.Process.Kill()
		_ = s.cmd.Wait()
		return
	}
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	s.wantExit(t, 0)
}

// wantExit waits for the end of the process.
func (s *server) wantExit(t *testing.T, code int) {
	t.Helper()
	for s.stderr.Scan() { // a pipe must be read out before Wait
	}
	_ = s.cmd.Wait()
	if got := s.cmd.ProcessState.ExitCode(); got != code {
		t.Errorf("exit %d, want %d", got, code)
	}
}

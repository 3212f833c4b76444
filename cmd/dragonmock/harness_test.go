package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// patience is how long a test waits for a process. It is never waited out by a passing test.
const patience = 30 * time.Second

// The tests build the command with a version of their own, as a release is built.
const (
	versionVariable = "dragonmock/mock.version"
	builtVersion    = "9.8.7-test"
)

// bin is the folder of the built command. It is empty until a test needs it, and removed after the last.
var bin struct {
	once sync.Once
	path string
	err  error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if bin.path != "" {
		_ = os.RemoveAll(bin.path)
	}
	os.Exit(code)
}

// command returns the path of the command, built once for all tests.
func command(t *testing.T) string {
	t.Helper()
	name := "dragonmock"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	bin.once.Do(func() {
		if bin.path, bin.err = os.MkdirTemp("", "dragonmock-test"); bin.err != nil {
			return
		}
		out, err := exec.Command("go", "build", "-buildvcs=false", "-ldflags", "-X "+versionVariable+"="+builtVersion, "-o", filepath.Join(bin.path, name), ".").CombinedOutput()
		if err != nil {
			bin.err = fmt.Errorf("go build: %w\n%s", err, out)
		}
	})
	require.NoError(t, bin.err)
	return filepath.Join(bin.path, name)
}

// result is what a finished command leaves. The zero result is silence and exit 0.
type result struct {
	stdout, stderr string
	code           int
}

// prepare makes a process that ends with the test at the latest. It sees env and none of the variables of this process
// that could shape the command.
func prepare(t *testing.T, env []string, args ...string) *exec.Cmd {
	t.Helper()
	path := command(t) // building it may take longer than a process may
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, path, args...)
	for _, entry := range os.Environ() {
		if !strings.HasPrefix(entry, envPrefix) {
			cmd.Env = append(cmd.Env, entry)
		}
	}
	cmd.Env = append(cmd.Env, env...)
	return cmd
}

// execute runs the command to its end.
func execute(t *testing.T, env []string, args ...string) result {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := prepare(t, env, args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		_, exited := errors.AsType[*exec.ExitError](err)
		require.True(t, exited, "%v", err)
	}
	return result{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

// wantOneLine checks that a command failed with one line on stderr, which has a text, and nothing on stdout.
func wantOneLine(t *testing.T, got result, code int, text string) {
	t.Helper()
	assert.Equal(t, code, got.code, "%+v", got)
	assert.Empty(t, got.stdout)
	line, rest, _ := strings.Cut(got.stderr, "\n")
	assert.True(t, strings.HasPrefix(line, "dragonmock: "), line)
	assert.Contains(t, line, text)
	assert.Empty(t, rest)
}

// server is a running command.
type server struct {
	cmd    *exec.Cmd
	stderr *bufio.Scanner
	addr   string

	url     string
	control string // the URL of the control plane, if it has a port of its own
}

// listen starts the command on a free port, logging in JSON, and waits until it listens.
func listen(t *testing.T, env []string, args ...string) *server {
	t.Helper()
	return launch(t, env, append([]string{"--addr", "127.0.0.1:0", "--log-format", "json"}, args...)...)
}

// launch starts the command, which must listen on a free port and log in JSON, and waits until it listens.
func launch(t *testing.T, env []string, args ...string) *server {
	t.Helper()
	return begin(t, prepare(t, env, args...))
}

// begin is [launch] of a process that was prepared.
func begin(t *testing.T, cmd *exec.Cmd) *server {
	t.Helper()
	stderr, err := cmd.StderrPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Wait() }) // killed by the context if the test did not end it
	s := &server{cmd: cmd, stderr: bufio.NewScanner(stderr)}
	line := s.wantLog(t, "listening")
	address := regexp.MustCompile(`^https?://(127\.0\.0\.1:[1-9]\d*)$`).FindStringSubmatch(line.URL)
	require.NotNil(t, address, "the server listens at %q", line.URL)
	s.addr, s.url, s.control = address[1], line.URL, line.Control
	return s
}

type logLine struct {
	Msg     string
	URL     string
	Control string
	Error   string
	Version string
	Level   string
	Files   string

	BaseURL, ControlPlane, ClientID, Secret string
}

// parse reads a line of the log.
func (s *server) parse(t *testing.T) (line logLine) {
	t.Helper()
	require.NoError(t, json.Unmarshal(s.stderr.Bytes(), &line), "the log has %q", s.stderr.Text())
	return line
}

// wantLog reads the log up to a message.
func (s *server) wantLog(t *testing.T, msg string) logLine {
	t.Helper()
	for s.stderr.Scan() {
		line := s.parse(t)
		if line.Msg == msg {
			return line
		}
	}
	require.Failf(t, "the log ended", "without %q (%v)", msg, s.stderr.Err())
	return logLine{}
}

// wantClock checks what the clock of a world reads, or begins to read.
func (s *server) wantClock(t *testing.T, world, want string) {
	t.Helper()
	var clock struct{ Now string }
	fetch(t, "GET", "http://"+s.addr+"/_mock/worlds/"+world+"/clock", "", "", &clock)
	assert.True(t, strings.HasPrefix(clock.Now, want), "the clock of %s reads %s, want %s", world, clock.Now, want)
}

// terminate ends the server as a container's runtime does, and checks that it ends well.
func (s *server) terminate(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" {
		_ = s.cmd.Process.Kill()
		_ = s.cmd.Wait()
		return
	}
	require.NoError(t, s.cmd.Process.Signal(syscall.SIGTERM))
	s.wantExit(t, 0)
}

// wantExit waits for the end of the process.
func (s *server) wantExit(t *testing.T, code int) {
	t.Helper()
	for s.stderr.Scan() { // a pipe must be read out before Wait
	}
	_ = s.cmd.Wait()
	assert.Equal(t, code, s.cmd.ProcessState.ExitCode())
}

// needSIGTERM skips a test where processes cannot be asked to end.
func needSIGTERM(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("no SIGTERM")
	}
}

// ask sends a request and returns status and body.
func ask(t *testing.T, method, url, token, body string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	require.NoError(t, err)
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	answer, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return answer.StatusCode, string(text)
}

// fetch sends a request and reads the data of the answer, which must be a success.
func fetch(t *testing.T, method, url, token, body string, into any) {
	t.Helper()
	status, text := ask(t, method, url, token, body)
	require.Equal(t, http.StatusOK, status, "%s %s: %s", method, url, text)
	require.NoError(t, json.Unmarshal([]byte(text), &struct{ Data any }{into}), text)
}

// write writes a file of a test and returns its path.
func write(t *testing.T, path, text string) string {
	t.Helper()
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// read returns what a file holds.
func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(data)
}

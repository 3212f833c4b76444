package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
)

func TestHealth_Server_IsAsked(t *testing.T) {
	t.Parallel()
	s := listen(t, nil)
	assert.Equal(t, result{}, execute(t, nil, "health", "--addr", s.addr))
	assert.Equal(t, result{}, execute(t, []string{"DRAGONMOCK_ADDR=" + s.addr}, "health"), "by the environment")
	_, port, err := net.SplitHostPort(s.addr)
	require.NoError(t, err)
	for _, everywhere := range []string{":" + port, "0.0.0.0:" + port, "[::]:" + port} {
		assert.Equal(t, result{}, execute(t, nil, "health", "--addr", everywhere), everywhere)
	}
	s.terminate(t)
	wantOneLine(t, execute(t, nil, "health", "--addr", s.addr), exitFailed, s.addr)
}

// issueClock is what the clock reads in the shipped scenario vendor-epass-issue.
const issueClock = "2024-12-31T00:00:00+00:00"

func TestServe_Environment_IsHeeded(t *testing.T) {
	t.Parallel()
	s := launch(t, []string{
		"DRAGONMOCK_ADDR=127.0.0.1:0", "DRAGONMOCK_LOG_FORMAT=json", "DRAGONMOCK_SCENARIO=vendor-epass-issue",
		"DRAGONMOCK_CONTRACT=", "DRAGONMOCK_ERRORS=", "DRAGONMOCK_LOG_LEVEL=", // empty is not set
	})
	s.wantClock(t, "default", issueClock)
	s.terminate(t)
}

func TestServe_FlagAndVariable_TheFlagWins(t *testing.T) {
	t.Parallel()
	s := listen(t, []string{
		"DRAGONMOCK_ADDR=nowhere", "DRAGONMOCK_LOG_FORMAT=text", "DRAGONMOCK_LOG_LEVEL=error",
		"DRAGONMOCK_CONTRACT=strict", "DRAGONMOCK_SCENARIO=nofile.yaml",
	}, "--log-level", "info", "--contract", "report", "--scenario", "vendor-epass-issue")
	s.wantClock(t, "default", issueClock)
	s.terminate(t)
}

// TestServe_SIGTERM_AnswersWhatIsInFlight ends a server whose answer to a request is still due.
func TestServe_SIGTERM_AnswersWhatIsInFlight(t *testing.T) {
	t.Parallel()
	needSIGTERM(t)
	s := listen(t, nil)
	conn, err := net.Dial("tcp", s.addr)
	require.NoError(t, err)
	defer conn.Close()
	require.NoError(t, conn.SetDeadline(time.Now().Add(patience)))
	body := `{"clientId":"DragonPass","secret":"dpSecretKey12345"}`
	fmt.Fprintf(conn, "POST /auth/token HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n"+
		"Content-Length: %d\r\nExpect: 100-continue\r\n\r\n", s.addr, len(body))
	// The server says 100 when its handler waits for the body: now the request is in flight.
	answers := bufio.NewReader(conn)
	line, err := answers.ReadString('\n')
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(line, "HTTP/1.1 100 "), line)
	_, err = answers.ReadString('\n') // the empty line after it
	require.NoError(t, err)
	require.NoError(t, s.cmd.Process.Signal(syscall.SIGTERM))
	s.wantLog(t, "draining")
	wantClosed(t, s.addr)
	_, err = io.WriteString(conn, body)
	require.NoError(t, err)
	answer, err := http.ReadResponse(answers, nil)
	require.NoError(t, err, "the request in flight was cut off")
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, answer.Body)
	require.NoError(t, err)
	assert.Equal(t, http.StatusOK, answer.StatusCode)
	s.wantExit(t, 0)
}

// wantClosed waits until nobody listens at an address.
func wantClosed(t *testing.T, addr string) {
	t.Helper()
	for start := time.Now(); ; {
		probe, err := net.Dial("tcp", addr)
		if err != nil {
			return
		}
		probe.Close()
		require.Less(t, time.Since(start), patience, "%s still listens", addr)
	}
}

// TestServe_BrokenListener_SavesTheState: whichever listener breaks, the rest ends as after a SIGTERM, and the program
// fails.
func TestServe_BrokenListener_SavesTheState(t *testing.T) {
	t.Parallel()
	for name, which := range map[string]func(doors) (string, net.Listener){
		"url":                 func(all doors) (string, net.Listener) { return "url", all[0].listener },
		"url, other loopback": func(all doors) (string, net.Listener) { return "url", all[0].other },
		"control":             func(all doors) (string, net.Listener) { return "control", all[1].listener },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			scenario := write(t, filepath.Join(folder, "a.yaml"), day("2031-01-01"))
			s := serve{
				Addr: "127.0.0.1:0", Control: "on", ControlAddr: "127.0.0.1:0", State: filepath.Join(folder, "state.json"),
				Scenario: scenario, Scenarios: folder, Watch: true, BodyTimeout: time.Minute,
			}
			log := slog.New(slog.DiscardHandler)
			opts, err := s.options(log)
			require.NoError(t, err)
			m, err := mock.New(opts...)
			require.NoError(t, err)
			all, err := s.doors(m, log)
			require.NoError(t, err)
			door, dies := which(all)
			if dies == nil {
				t.Skip("needs IPv6")
			}
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			ended := make(chan error, 1)
			go func() { ended <- s.until(ctx, func() {}, m, all, log, log.Info) }()
			var world struct{ ID string }
			fetch(t, "POST", "http://"+all[1].listener.Addr().String()+"/_mock/worlds", "", `{"clock":"2025-09-01T09:00:00+01:00"}`, &world)

			require.NoError(t, dies.Close())
			err = <-ended
			require.NoError(t, ctx.Err(), "the break alone ends the server")
			_, isFailed := errors.AsType[failed](err)
			assert.True(t, isFailed, "it is a failure, exit 1: %v", err)
			assert.ErrorContains(t, err, door+" at "+dies.Addr().String())
			assert.ErrorIs(t, err, net.ErrClosed)
			for _, d := range all {
				wantClosed(t, d.listener.Addr().String())
			}
			assert.Contains(t, read(t, s.State), world.ID)
			again, err := mock.New(mock.WithState(s.State))
			require.NoError(t, err)
			defer again.Close()
			assert.Len(t, again.Worlds(), 2, "the default world and the one that was made")
		})
	}
}

// TestServe_UnwritableState_IsAFailure: what went wrong while ending is the program's result too.
func TestServe_UnwritableState_IsAFailure(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "gone")
	require.NoError(t, os.Mkdir(folder, 0o700))
	s := serve{Addr: "127.0.0.1:0", Control: "on", State: filepath.Join(folder, "state.json"), BodyTimeout: time.Minute}
	log := slog.New(slog.DiscardHandler)
	opts, err := s.options(log)
	require.NoError(t, err)
	m, err := mock.New(opts...)
	require.NoError(t, err)
	all, err := s.doors(m, log)
	require.NoError(t, err)
	require.NoError(t, os.RemoveAll(folder))
	require.NoError(t, all[0].listener.Close())
	err = s.until(t.Context(), func() {}, m, all, log, log.Info)
	assert.ErrorIs(t, err, net.ErrClosed, "why it ended")
	assert.ErrorIs(t, err, fs.ErrNotExist, "what else failed")
	_, isFailed := errors.AsType[failed](err)
	assert.True(t, isFailed)
}

// TestServe_Loopback_IsBoth: localhost is ::1 first on some machines, and some clients try no other.
func TestServe_Loopback_IsBoth(t *testing.T) {
	t.Parallel()
	needSIGTERM(t)
	if probe, err := net.Listen("tcp6", "[::1]:0"); err != nil {
		t.Skip("this machine has no IPv6: ", err)
	} else {
		probe.Close()
	}
	s := listen(t, nil)
	_, port, err := net.SplitHostPort(s.addr)
	require.NoError(t, err)
	for _, host := range []string{"127.0.0.1", "::1", "localhost"} {
		answer, err := http.Get("http://" + net.JoinHostPort(host, port) + "/_mock/health")
		require.NoError(t, err, host)
		require.NoError(t, answer.Body.Close())
		assert.Equal(t, http.StatusOK, answer.StatusCode, host)
	}
	s.terminate(t)
	wantClosed(t, net.JoinHostPort("::1", port))
}

// TestServe_OtherLoopbackTaken_IsAWarning: a client that takes localhost for ::1 would call somebody else.
func TestServe_OtherLoopbackTaken_IsAWarning(t *testing.T) {
	t.Parallel()
	needSIGTERM(t)
	taken, err := net.Listen("tcp6", "[::1]:0")
	if err != nil {
		t.Skip("this machine has no IPv6: ", err)
	}
	defer taken.Close()
	port := taken.Addr().(*net.TCPAddr).Port
	s := launch(t, nil, "--addr", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)), "--log-format", "json")
	s.wantLog(t, "another process has this port at ::1: a client that takes localhost for ::1 calls it, and not this server")
	s.terminate(t)
}

// TestServe_WhatDoesNotCount_IsAWarning: and where the server listens is told before.
func TestServe_WhatDoesNotCount_IsAWarning(t *testing.T) {
	t.Parallel()
	needSIGTERM(t)
	folder, state := t.TempDir(), filepath.Join(t.TempDir(), "state.json")
	write(t, filepath.Join(folder, "a.yml"), "name: a\n")
	write(t, filepath.Join(folder, "b.YAML"), "name: b\n")
	write(t, filepath.Join(folder, "notes.txt"), "")
	s := listen(t, nil, "--state", state)
	s.terminate(t)
	for _, test := range []struct {
		env, args []string
		want      []string // the messages of the warnings, in their order
	}{
		{nil, []string{"--state", state}, nil},
		{nil, []string{"--state", state, "--callback-url", "sink"}, []string{"the default world is as it was saved: a scenario, a callback URL and what else was said of it count for a new file alone"}},
		{nil, []string{"--state", state, "--scenario", "token"}, []string{"the default world is as it was saved: a scenario, a callback URL and what else was said of it count for a new file alone"}},
		{nil, []string{"--scenarios", folder}, []string{"files are passed over: expected names of scenario files to end in .yaml", "the folder of scenarios has none: expected files whose names end in .yaml"}},
		{[]string{"DRAGONMOCK_SCENERIO=x"}, nil, []string{"DRAGONMOCK_SCENERIO is no variable of this program, did you mean DRAGONMOCK_SCENARIO?"}},
		{[]string{"DRAGONMOCK_VERSION=1"}, nil, []string{"DRAGONMOCK_VERSION is no variable of this program; the help of each command has those that are"}},
	} {
		cmd := prepare(t, test.env, append([]string{"--addr", "127.0.0.1:0", "--log-format", "json"}, test.args...)...)
		stderr, err := cmd.StderrPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		s := &server{cmd: cmd, stderr: bufio.NewScanner(stderr)}
		require.True(t, s.stderr.Scan())
		assert.Equal(t, "listening", s.parse(t).Msg, "%v", test.args)
		require.NoError(t, cmd.Process.Signal(syscall.SIGTERM))
		var warned []string
		for s.stderr.Scan() {
			if line := s.parse(t); line.Level == "WARN" {
				warned = append(warned, line.Msg)
				if line.Files != "" {
					assert.Equal(t, filepath.Join(folder, "a.yml")+", "+filepath.Join(folder, "b.YAML"), line.Files)
				}
			}
		}
		assert.Equal(t, test.want, warned, "%v", test.args)
		s.wantExit(t, 0)
	}
}

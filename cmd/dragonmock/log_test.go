package main

import (
	"bufio"
	"bytes"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBounded_CutsValues(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	huge := strings.Repeat("ü", maxValue)
	slog.New(slog.NewJSONHandler(&out, &slog.HandlerOptions{ReplaceAttr: bounded})).Error(huge, "text", huge, "error", errors.New(huge), "n", 7)
	assert.Less(t, out.Len(), 4*maxValue)
	assert.Contains(t, out.String(), `"n":7}`)
}

// TestServe_LogThatNobodyReads_StopsNothing: neither a reader that is gone, as with `| head -1`, nor one that is there and
// does not read, stops the server, its answers or its end.
func TestServe_LogThatNobodyReads_StopsNothing(t *testing.T) {
	t.Parallel()
	needSIGTERM(t)
	for _, gone := range []bool{true, false} {
		t.Run(map[bool]string{true: "gone", false: "does not read"}[gone], func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "state.json")
			cmd := prepare(t, nil, "--addr", "127.0.0.1:0", "--log-format", "json", "--log-level", "debug", "--state", file)
			read, write, err := os.Pipe()
			require.NoError(t, err)
			defer read.Close()
			cmd.Stderr = write
			require.NoError(t, cmd.Start())
			write.Close()
			first := &server{cmd: cmd, stderr: bufio.NewScanner(read)}
			url := first.wantLog(t, "listening").URL
			if gone {
				read.Close()
			}
			client := http.Client{Timeout: patience}
			long := strings.Repeat("x", 500)
			for range 300 { // more than a pipe holds
				answer, err := client.Get(url + "/nope/" + long)
				require.NoError(t, err)
				require.NoError(t, answer.Body.Close())
			}
			require.NoError(t, cmd.Process.Signal(syscall.SIGTERM))
			start := time.Now()
			_ = cmd.Wait()
			assert.Zero(t, cmd.ProcessState.ExitCode(), "%v", cmd.ProcessState)
			assert.Less(t, time.Since(start), drain, "it does not wait for its reader")
			assert.FileExists(t, file)
		})
	}
}

// TestServe_FirstLine_SaysWhatToCall: whoever starts it by hand reads nothing else.
func TestServe_FirstLine_SaysWhatToCall(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		args []string
		base string
		want func(line logLine, port string) (control string)
	}{
		{"beside", nil, "http://127.0.0.1:", func(_ logLine, port string) string { return "http://127.0.0.1:" + port + "/_mock" }},
		{"everywhere", []string{"--addr", ":0"}, "http://localhost:", func(_ logLine, port string) string { return "http://localhost:" + port + "/_mock" }},
		{"off", []string{"--control", "off"}, "http://127.0.0.1:", func(logLine, string) string { return "off" }},
		{"apart", []string{"--control-addr", "127.0.0.1:0"}, "http://127.0.0.1:", func(line logLine, _ string) string { return line.Control + "/_mock" }},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			args := append([]string{"--log-format", "json"}, test.args...)
			if test.name != "everywhere" {
				args = append(args, "--addr", "127.0.0.1:0")
			}
			cmd := prepare(t, nil, args...)
			stderr, err := cmd.StderrPipe()
			require.NoError(t, err)
			require.NoError(t, cmd.Start())
			s := &server{cmd: cmd, stderr: bufio.NewScanner(stderr)}
			require.True(t, s.stderr.Scan())
			line := s.parse(t)
			assert.Equal(t, "listening", line.Msg)
			port := line.URL[strings.LastIndexByte(line.URL, ':')+1:]
			assert.Equal(t, test.base+port+"/api/v1", line.BaseURL)
			assert.Equal(t, test.want(line, port), line.ControlPlane)
			assert.Equal(t, "DragonPass dpSecretKey12345", line.ClientID+" "+line.Secret)
			s.terminate(t)
		})
	}
}

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestFiles_ThatAreNoFiles_AreRefusedAtOnce: a pipe never begins, a device never ends, and a folder is no text.
func TestFiles_ThatAreNoFiles_AreRefusedAtOnce(t *testing.T) {
	t.Parallel()
	needSIGTERM(t)
	folder := t.TempDir()
	pipe := filepath.Join(folder, "pipe")
	if err := exec.Command("mkfifo", pipe).Run(); err != nil {
		t.Skip("there is no mkfifo: ", err)
	}
	zero := filepath.Join(folder, "zero")
	require.NoError(t, os.Symlink("/dev/zero", zero))
	scenarios := t.TempDir()
	require.NoError(t, os.Rename(pipe, filepath.Join(scenarios, "a.yaml")))
	require.NoError(t, exec.Command("mkfifo", pipe).Run())
	for _, args := range [][]string{
		{"--state", pipe}, {"--errors", pipe}, {"--scenario", pipe}, {"--ca", pipe}, {"--tls-cert", pipe, "--tls-key", pipe},
		{"--state", "/dev/zero"}, {"--errors", zero}, {"--tls-cert", "/dev/zero", "--tls-key", zero}, {"--scenario", folder}, {"--state", folder},
		{"check", pipe}, {"check", folder}, {"play", zero}, {"play", "--ca", pipe, "vendor-lounge-example"},
	} {
		if args[0][0] == '-' {
			args = append(args, "--addr", "127.0.0.1:0")
		}
		wantOneLine(t, execute(t, nil, args...), exitUnusable, "expected a regular file, it is a ")
	}
	wantOneLine(t, execute(t, nil, "--addr", "127.0.0.1:0", "--scenarios", scenarios), exitUnusable, filepath.Join(scenarios, "a.yaml")+": expected a regular file, it is a pipe")
	large := filepath.Join(folder, "large.yaml")
	file, err := os.Create(large)
	require.NoError(t, err)
	require.NoError(t, file.Truncate(1<<34)) // it takes no place
	require.NoError(t, file.Close())
	for _, flag := range []string{"--state", "--errors", "--scenario", "--ca"} {
		wantOneLine(t, execute(t, nil, "--addr", "127.0.0.1:0", flag, large), exitUnusable, "expected a file of at most")
	}

	// One that comes while the server runs is told, and does not hold it up.
	watched := t.TempDir()
	s := listen(t, nil, "--scenarios", watched, "--watch")
	require.NoError(t, exec.Command("mkfifo", filepath.Join(watched, "b.yaml")).Run())
	s.wantLog(t, "scenarios not reloaded, those before stay")
	s.terminate(t)
}

// TestState_TwoProcesses_TheSecondIsRefused: the later save would wipe the earlier one's worlds.
func TestState_TwoProcesses_TheSecondIsRefused(t *testing.T) {
	t.Parallel()
	needSIGTERM(t)
	folder := t.TempDir()
	file := filepath.Join(folder, "state.json")
	s := listen(t, nil, "--state", file)
	wantOneLine(t, execute(t, nil, "--addr", "127.0.0.1:0", "--state", file), exitUnusable, file+": another process has it")
	s.terminate(t)
	s = listen(t, nil, "--state", file)
	require.NoError(t, s.cmd.Process.Kill())
	_ = s.cmd.Wait() // it was killed
	require.NoError(t, os.WriteFile(filepath.Join(folder, ".state.json.saving-1"), []byte("secret"), 0o600))
	s = listen(t, nil, "--state", file)
	s.terminate(t)
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Len(t, entries, 1, "what was killed left nothing")
	assert.Equal(t, "state.json", entries[0].Name())
}

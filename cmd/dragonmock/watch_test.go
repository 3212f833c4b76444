package main

import (
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// day returns a scenario whose clock stands on a day.
func day(of string) string { return "name: a day\ngiven:\n  clock: " + of + "T00:00:00+00:00\n" }

func TestWatch_ChangedFile_IsReadAgain(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	put := func(name, text string) string { return write(t, filepath.Join(folder, name), text) }
	put("stage.yaml", day("2031-01-01"))
	s := listen(t, nil, "--scenarios", folder, "--scenario", "stage", "--watch")
	s.wantClock(t, "default", "2031")
	put("stage.yaml", "name: x\ngiven:\n  clock: soon\n")
	line := s.wantLog(t, "scenarios not reloaded, those before stay")
	assert.Contains(t, line.Error, "stage.yaml:3:10: ")
	s.wantClock(t, "default", "2031")
	put("stage.yaml", day("2032-01-01"))
	s.wantLog(t, "scenarios reloaded")
	s.wantClock(t, "default", "2032")
	// Editors write a new file and rename it.
	require.NoError(t, os.Rename(put(".stage.yaml.swp", day("2033-01-01")), filepath.Join(folder, "stage.yaml")))
	s.wantLog(t, "scenarios reloaded")
	s.wantClock(t, "default", "2033")
	s.terminate(t)
}

func TestWatch_SIGHUP_ReadsOnce(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("no SIGHUP")
	}
	alone := write(t, filepath.Join(t.TempDir(), "alone.yaml"), day("2041-01-01"))
	s := listen(t, nil, "--scenario", alone)
	write(t, alone, day("2042-01-01"))
	s.wantClock(t, "default", "2041")
	for _, want := range []string{"scenarios reloaded", "nothing has changed"} {
		require.NoError(t, s.cmd.Process.Signal(syscall.SIGHUP))
		s.wantLog(t, want)
	}
	s.wantClock(t, "default", "2042")
	s.terminate(t)
}

// TestWatch_FolderMadeAnew_IsWatched: a checkout removes a folder and makes another of its name.
func TestWatch_FolderMadeAnew_IsWatched(t *testing.T) {
	t.Parallel()
	for name, args := range map[string]func(folder string) []string{
		"tree": func(folder string) []string { return []string{"--scenarios", folder, "--scenario", "stage"} },
		"file": func(folder string) []string { return []string{"--scenario", filepath.Join(folder, "stage.yaml")} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := filepath.Join(t.TempDir(), "files")
			put := func(text string) {
				require.NoError(t, os.MkdirAll(folder, 0o700))
				write(t, filepath.Join(folder, "stage.yaml"), text)
			}
			put(day("2031-01-01"))
			s := listen(t, nil, append(args(folder), "--watch")...)
			s.wantClock(t, "default", "2031")
			require.NoError(t, os.RemoveAll(folder))
			s.wantLog(t, "scenarios not reloaded, those before stay")
			put(day("2032-01-01"))
			s.wantLog(t, "scenarios reloaded")
			s.wantClock(t, "default", "2032")
			s.terminate(t)
		})
	}
}

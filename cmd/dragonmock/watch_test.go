package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// day is a scenario whose clock stands on a day.
func day(of string) string { return "name: a day\ngiven:\n  clock: " + of + "T00:00:00+00:00\n" }

func (b built) testWatch(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	wantNow := func(s *server, world, want string) {
		t.Helper()
		var clock struct{ Now string }
		fetch(t, "GET", "http://"+s.addr+"/_mock/worlds/"+world+"/clock", "", "", &clock)
		if !strings.HasPrefix(clock.Now, want) {
			t.Errorf("the clock of %s reads %s, want %s", world, clock.Now, want)
		}
	}
	write("stage.yaml", day("2031-01-01"))
	s := b.serve(t, nil, "--addr", "127.0.0.1:0", "--log-format", "json", "--scenarios", folder, "--scenario", "stage", "--watch")
	wantNow(s, "default", "2031")
	write("stage.yaml", "name: x\ngiven:\n  clock: soon\n")
	if line := s.wantLog(t, "scenarios not reloaded, those before stay"); !strings.Contains(line.Error, "stage.yaml:3:10: ") {
		t.Errorf("the log says %q, want the place", line.Error)
	}
	wantNow(s, "default", "2031")
	write("stage.yaml", day("2032-01-01"))
	s.wantLog(t, "scenarios reloaded")
	wantNow(s, "default", "2032")
	// Editors write a new file and rename it.
	if err := os.Rename(write(".stage.yaml.swp", day("2033-01-01")), filepath.Join(folder, "stage.yaml")); err != nil {
		t.Fatal(err)
	}
	s.wantLog(t, "scenarios reloaded")
	wantNow(s, "default", "2033")
	s.terminate(t)

	if runtime.GOOS == "windows" {
		return // it has no SIGHUP
	}
	alone := write("alone.yaml", day("2041-01-01"))
	s = b.serve(t, nil, "--addr", "127.0.0.1:0", "--log-format", "json", "--scenario", alone)
	write("alone.yaml", day("2042-01-01"))
	wantNow(s, "default", "2041")
	for _, want := range []string{"scenarios reloaded", "nothing has changed"} {
		if err := s.cmd.Process.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
		s.wantLog(t, want)
	}
	wantNow(s, "default", "2042")
	s.terminate(t)
}

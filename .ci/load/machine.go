package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// machine says what a run was measured on, and of which commit.
func machine() string {
	commit, err := exec.Command("git", "describe", "--always", "--dirty").Output()
	if err != nil {
		commit = []byte("unknown")
	}
	return fmt.Sprintf("%s, %d cores, %s, %s/%s, commit %s", processor(), runtime.NumCPU(), runtime.Version(),
		runtime.GOOS, runtime.GOARCH, strings.TrimSpace(string(commit)))
}

// processor is the model's name, where the system tells it.
func processor() string {
	info, _ := os.ReadFile("/proc/cpuinfo")
	_, rest, _ := strings.Cut(string(info), "model name")
	_, rest, _ = strings.Cut(rest, ":")
	name, _, _ := strings.Cut(rest, "\n")
	if name = strings.TrimSpace(name); name != "" {
		return name
	}
	return "an unknown processor"
}

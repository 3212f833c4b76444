package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// command is a program that ends with the run.
func (b *bench) command(name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(b.ctx, name, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	return cmd
}

// bareEcho is the package of what the mock is held against.
const bareEcho = "dragonmock/.ci/load/bare"

// build makes a release binary of a package.
func (b *bench) build(binary, pkg string, flags ...string) error {
	args := append([]string{"build", "-trimpath", "-ldflags", "-s -w", "-o", binary}, flags...)
	cmd := b.command("go", append(args, pkg)...)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("building %s: %w", pkg, err)
	}
	return nil
}

// process is a server that listens on 127.0.0.1.
type process struct {
	cmd  *exec.Cmd
	addr string // host:port
}

// start runs a server and reads from its log where it listens.
func (b *bench) start(name string, args ...string) (*process, error) {
	cmd := b.command(name, args...)
	log, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd: cmd}
	lines := bufio.NewReader(log)
	var listening struct {
		Msg string `json:"msg"`
		URL string `json:"url"`
	}
	line, err := lines.ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &listening)
	}
	if err == nil && listening.Msg != "listening" {
		err = errors.New("its first line says something else")
	}
	if err != nil {
		p.stop()
		return nil, fmt.Errorf("%s does not listen: %w: %s", name, err, line)
	}
	go showTrouble(lines)
	p.addr = strings.TrimPrefix(listening.URL, "http://")
	return p, nil
}

// serve starts the mock with what it is told beyond where to listen.
func (b *bench) serve(args ...string) (*process, error) {
	return b.start(b.mock, append([]string{"--addr", "127.0.0.1:0", "--log-format", "json"}, args...)...)
}

// inhabited starts the mock with lounges without end, and enters its default world.
func (b *bench) inhabited(flags ...string) (*process, *world, error) {
	mock, err := b.serve(append([]string{"--scenario", b.scenario}, flags...)...)
	if err != nil {
		return nil, nil, err
	}
	w, err := defaultWorld(mock.addr)
	if err != nil {
		mock.stop()
		return nil, nil, err
	}
	return mock, w, nil
}

// showTrouble passes on what a server logs beyond what is normal.
func showTrouble(log *bufio.Reader) {
	for {
		line, err := log.ReadString('\n')
		if !strings.Contains(line, `"level":"INFO"`) {
			fmt.Fprint(os.Stderr, line)
		}
		if err != nil {
			return
		}
	}
}

// stop ends the process and waits for it.
func (p *process) stop() {
	p.cmd.Process.Signal(syscall.SIGTERM)
	p.cmd.Wait() // it was told to end; how does not matter
}

// cpuTime is what the process has used so far, user and system, to 10 ms; 0 where it cannot be told.
func (p *process) cpuTime() time.Duration {
	stat, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	fields := strings.Fields(string(stat))
	if len(fields) < 15 {
		return 0
	}
	const tick = 10 * time.Millisecond // USER_HZ is 100 everywhere
	user, _ := strconv.Atoi(fields[13])
	system, _ := strconv.Atoi(fields[14])
	return time.Duration(user+system) * tick
}

// resident is the memory that is resident now, in MB.
func (p *process) resident() (float64, error) { return p.memory("VmRSS:") }

// rested is the memory that is resident before and after a rest, in MB.
func (b *bench) rested(p *process) (before, after float64, err error) {
	if before, err = p.resident(); err != nil {
		return 0, 0, err
	}
	select {
	case <-time.After(b.rest):
	case <-b.ctx.Done():
	}
	after, err = p.resident()
	return before, after, err
}

// memory reads a line of the process's status, in MB.
func (p *process) memory(line string) (float64, error) {
	pid := p.cmd.Process.Pid
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(status), line)
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0, fmt.Errorf("no %s of process %d", line, pid)
	}
	kib, err := strconv.ParseInt(fields[0], 10, 64)
	return float64(kib) * 1024 / 1e6, err
}

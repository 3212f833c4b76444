package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// build makes the release binary and returns its size.
func build(binary string) (size int64, err error) {
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, "dragonmock/cmd/dragonmock")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return 0, fmt.Errorf("building: %w", err)
	}
	info, err := os.Stat(binary)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// process is a server that listens on 127.0.0.1.
type process struct {
	cmd  *exec.Cmd
	addr string // host:port
}

// start runs a server and reads from its log where it listens.
func start(name string, args ...string) (*process, error) {
	cmd := exec.Command(name, args...)
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

// starts returns the median time from exec to the first healthy answer, and the resident memory a second after it.
func starts(binary string, n int) (ready time.Duration, rss int64, err error) {
	times := make([]time.Duration, n)
	for i := range times {
		addr, err := freeAddr()
		if err != nil {
			return 0, 0, err
		}
		cmd := exec.Command(binary, "--addr", addr, "--log-level", "warn")
		cmd.Stderr = os.Stderr
		began := time.Now()
		if err := cmd.Start(); err != nil {
			return 0, 0, err
		}
		p := &process{cmd, addr}
		err = p.healthy(began)
		times[i] = time.Since(began)
		if err == nil && i == n-1 {
			time.Sleep(time.Second)
			rss, err = residentMemory(cmd.Process.Pid)
		}
		p.stop()
		if err != nil {
			return 0, 0, err
		}
	}
	slices.Sort(times)
	return times[n/2], rss, nil
}

// freeAddr finds a port that nobody has.
func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// healthy asks until the server is healthy.
func (p *process) healthy(began time.Time) error {
	for time.Since(began) < 10*time.Second {
		if c, err := dial(p.addr); err == nil {
			_, err = c.do(request("GET", p.addr, "/_mock/health", "", nil))
			c.Close()
			return err
		}
		time.Sleep(500 * time.Microsecond)
	}
	return fmt.Errorf("%s does not become healthy", p.addr)
}

// cpuTime is what the process has used so far, user and system; 0 where it cannot be told.
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

// residentMemory is what is resident now, in bytes.
func residentMemory(pid int) (int64, error) { return memory(pid, "VmRSS:") }

// memory reads a line of a process's status, in bytes.
func memory(pid int, line string) (int64, error) {
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
	return kib * 1024, err
}

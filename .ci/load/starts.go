package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"time"
)

// starts measures the time from exec to the first healthy answer, and the memory that is resident a second later.
func (b *bench) starts() error {
	b.section("start", "bare Echo")
	info, err := os.Stat(b.mock)
	if err != nil {
		return err
	}
	b.add(figure{what: "size of the binary", unit: "MB", ours: spread{float64(info.Size()) / 1e6}, limit: binaryBudget})
	var ready, idle [2]spread
	measure := func(side int, command func(addr string) *exec.Cmd) func() error {
		return func() error {
			last := len(ready[side]) == b.startRounds-1
			took, rss, err := startOnce(command, last)
			ready[side] = append(ready[side], milliseconds(took))
			if last {
				idle[side] = spread{rss}
			}
			return err
		}
	}
	err = alternate(b.startRounds,
		measure(0, func(addr string) *exec.Cmd {
			return exec.Command(b.mock, "--addr", addr, "--log-level", "warn")
		}),
		measure(1, func(addr string) *exec.Cmd { return exec.Command(b.bare, addr) }))
	if err != nil {
		return err
	}
	b.add(figure{what: "exec to the first healthy answer", unit: "ms", ours: ready[0], bare: ready[1], limit: readyBudget})
	b.add(figure{what: "resident when idle", unit: "MB", ours: idle[0], bare: idle[1], limit: idleBudget})
	return nil
}

// startOnce starts a server, and stops it when it is healthy. If weighed, it also tells the resident memory, in MB.
func startOnce(command func(addr string) *exec.Cmd, weighed bool) (ready time.Duration, rss float64, err error) {
	addr, err := freeAddr()
	if err != nil {
		return 0, 0, err
	}
	cmd := command(addr)
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, 0, err
	}
	p := &process{cmd, addr}
	defer p.stop()
	if err := p.healthy(began, "/_mock/health"); err != nil {
		return 0, 0, err
	}
	ready = time.Since(began)
	if weighed {
		time.Sleep(time.Second)
		rss, err = p.resident()
	}
	return ready, rss, err
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

// healthy asks until the server answers 200.
func (p *process) healthy(began time.Time, path string) error {
	for time.Since(began) < patience {
		if c, err := dial(p.addr); err == nil {
			_, err = c.do(request("GET", p.addr, path, "", nil))
			c.Close()
			return err
		}
		time.Sleep(500 * time.Microsecond)
	}
	return fmt.Errorf("%s does not become healthy", p.addr)
}

// patience is how long a server may take to start.
const patience = 30 * time.Second

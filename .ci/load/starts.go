package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"time"
)

// starts measures the time from exec to the first healthy answer, and the memory that is resident a second later. Bare
// Echo starts twice: as it is, and with the libraries in it that the mock could not be without.
func (b *bench) starts() error {
	b.figures("start", "bare Echo")
	info, err := os.Stat(b.mock)
	if err != nil {
		return err
	}
	withLibraries := b.bare + "-libraries"
	if err := b.build(withLibraries, bareEcho, "-tags", "libraries"); err != nil {
		return err
	}
	b.add(figure{what: "size of the release build", unit: "MB", ours: spread{float64(info.Size()) / 1e6}, limit: binaryBudget})
	var ready [3]spread
	var idle [2]spread
	measure := func(side int, command func(addr string) *exec.Cmd) func() error {
		return func() error {
			took, err := b.startOnce(command, "/_mock/health", func(p *process) error {
				if side >= len(idle) || len(idle[side]) == b.rounds { // it takes long
					return nil
				}
				rss, err := p.idle(b.settle)
				idle[side] = append(idle[side], rss)
				return err
			})
			ready[side] = append(ready[side], milliseconds(took))
			return err
		}
	}
	err = alternate(b.startRounds,
		measure(0, func(addr string) *exec.Cmd {
			return b.command(b.mock, "--addr", addr, "--log-level", "warn")
		}),
		measure(1, func(addr string) *exec.Cmd { return b.command(b.bare, addr) }),
		measure(2, func(addr string) *exec.Cmd { return b.command(withLibraries, addr) }))
	if err != nil {
		return err
	}
	b.add(figure{what: "exec to the first healthy answer", unit: "ms", ours: ready[0], bare: ready[1], limit: readyBudget})
	b.add(figure{what: "the same, bare Echo with libraries", unit: "ms", ours: ready[0], bare: ready[2], limit: besideLibrariesBudget})
	b.add(figure{what: "resident when idle", unit: "MB", ours: idle[0], bare: idle[1], limit: idleBudget})
	return nil
}

// startOnce starts a server, tells how long it took until it answered 200 at a path, does something with it, and stops
// it.
func (b *bench) startOnce(
	command func(addr string) *exec.Cmd, health string, do func(*process) error,
) (ready time.Duration, err error) {
	addr, err := freeAddr()
	if err != nil {
		return 0, err
	}
	cmd := command(addr)
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	p := &process{cmd, addr}
	defer p.stop()
	if err := b.healthy(p, began, health); err != nil {
		return 0, err
	}
	ready = time.Since(began)
	return ready, do(p)
}

// idle is the memory that is resident when nothing was asked for a while, in MB.
func (p *process) idle(settle time.Duration) (float64, error) {
	time.Sleep(settle)
	return p.resident()
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

// healthy asks until the server answers 200, or the run ends.
func (b *bench) healthy(p *process, began time.Time, path string) (err error) {
	const patience = 30 * time.Second
	for time.Since(began) < patience && b.ctx.Err() == nil {
		var c *conn
		if c, err = dial(p.addr); err == nil {
			_, err = c.do(request("GET", p.addr, path, "sk_test_123", nil))
			c.Close()
		}
		if err == nil {
			return nil
		}
		time.Sleep(500 * time.Microsecond)
	}
	return fmt.Errorf("%s is not ready: %w", p.addr, err)
}

// Command load measures dragonmock beside a bare Echo server that reads and writes the same JSON, and holds the budgets:
// at least half of bare Echo's throughput, ready in 50 ms, 25 MB idle, a binary of 20 MB.
//
// Both servers are processes of their own on 127.0.0.1, and share the machine with the client; so the ratio is what
// counts, not the requests per second. Run it with: go run ./.ci/load
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// The budgets.
const (
	leastRatio = 0.5
	mostReady  = 50 * time.Millisecond
	mostRSS    = 25_000_000
	mostSize   = 20_000_000
)

// plan is how much is measured.
type plan struct {
	rounds int
	window time.Duration
	conns  int
	starts int
	tokens int // prebookings prepared a round
}

func main() {
	var p plan
	flag.IntVar(&p.rounds, "rounds", 5, "rounds; the median counts")
	flag.DurationVar(&p.window, "window", 2*time.Second, "how long an operation is driven, each round and server")
	flag.IntVar(&p.conns, "conns", 16, "keep-alive connections")
	flag.IntVar(&p.starts, "starts", 20, "starts measured; the median counts")
	flag.IntVar(&p.tokens, "tokens", 20_000, "prebookings prepared a round; the mock remembers as many tokens")
	atLength := flag.Bool("million", false, "send a million requests instead, and measure the memory that they leave")
	orders := flag.Int("state", 0, "book so many orders instead, such as 100000, and measure how their state is kept")
	bare := flag.Bool("bare", false, "be the bare Echo server (the program starts itself so)")
	smoke := flag.Bool("smoke", false, "do all of it for a moment, and hold no budget: is this program whole?")
	flag.Parse()
	budgets := true
	if *smoke {
		p, budgets = plan{rounds: 1, window: 200 * time.Millisecond, conns: 2, starts: 1, tokens: 500}, false
	}
	run := func() error { return measure(p, budgets) }
	if *atLength {
		run = func() error { return endure(p) }
	}
	if *orders > 0 {
		run = func() error { return keepState(*orders, p) }
	}
	if *bare {
		run = serveBare
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

// measure builds, measures and prints. It returns the budgets that are not held, if they are to be.
func measure(p plan, budgets bool) error {
	dir, err := os.MkdirTemp("", "dragonmock-load")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	binary := filepath.Join(dir, "dragonmock")
	size, err := build(binary)
	if err != nil {
		return err
	}
	fmt.Printf("size  %.1f MB\n", float64(size)/1e6)
	ready, rss, err := starts(binary, p.starts)
	if err != nil {
		return err
	}
	fmt.Printf("ready %.1f ms (median of %d starts)\nrss   %.1f MB idle\n", float64(ready.Microseconds())/1e3, p.starts, float64(rss)/1e6)
	ratios, err := throughput(binary, dir, p)
	if err != nil {
		return err
	}
	if !budgets {
		return nil
	}
	var broken []error
	budget := func(held bool, format string, args ...any) {
		if !held {
			broken = append(broken, fmt.Errorf(format, args...))
		}
	}
	budget(size < mostSize, "the binary has %d bytes, budget %d", size, int64(mostSize))
	budget(ready < mostReady, "ready after %s, budget %s", ready, mostReady)
	budget(rss < mostRSS, "idle RSS is %d bytes, budget %d", rss, int64(mostRSS))
	for _, r := range ratios {
		budget(r.ratio >= leastRatio, "%s reaches %.2f of bare Echo, budget %.2f", r.operation, r.ratio, leastRatio)
	}
	return errors.Join(broken...)
}

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

const (
	million         = 1_000_000
	rest            = 2 * time.Minute // of the server, before its memory is measured
	mostRSSAtLength = 60_000_000

	// prebookingsAtLength is how many a world makes before it is reset, with as many tokens: far more than a test does.
	prebookingsAtLength = 5_000
)

// endure builds, sends a million requests, and returns the budget of memory if it is not held.
func endure(p plan) error {
	dir, err := os.MkdirTemp("", "dragonmock-load")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	binary := filepath.Join(dir, "dragonmock")
	if _, err := build(binary); err != nil {
		return err
	}
	rss, err := driveMillion(binary, dir, p)
	if err == nil && rss >= mostRSSAtLength {
		err = fmt.Errorf("RSS is %d bytes after %d requests, budget %d", rss, million, mostRSSAtLength)
	}
	return err
}

// driveMillion sends availability calls and prebookings in turns, and returns the memory that is resident after a rest. Each
// round has a world that was reset, as in a suite of tests: a world forgets no order, so it grows with them, by design.
func driveMillion(binary, dir string, p plan) (rss int64, err error) {
	scenario := filepath.Join(dir, "wide.yaml")
	if err := os.WriteFile(scenario, []byte(wideLounge), 0o600); err != nil {
		return 0, err
	}
	mock, err := start(binary, "--addr", "127.0.0.1:0", "--log-format", "json", "--scenario", scenario)
	if err != nil {
		return 0, err
	}
	defer mock.stop()
	p.tokens = prebookingsAtLength
	began := time.Now()
	for sent := 0; sent < million; {
		if err := reset(mock.addr); err != nil {
			return 0, err
		}
		requests, err := prepare(mock.addr, "createEPassLoungePrebooking", p) // by as many availability calls
		if err != nil {
			return 0, err
		}
		n, _, err := drive(mock.addr, p.conns, time.Minute, requests, nil)
		if err != nil {
			return 0, err
		}
		sent += len(requests) + n
	}
	took := time.Since(began)
	at, err := residentMemory(mock.cmd.Process.Pid)
	if err != nil {
		return 0, err
	}
	time.Sleep(rest)
	if rss, err = residentMemory(mock.cmd.Process.Pid); err != nil {
		return 0, err
	}
	fmt.Printf("rss   %.1f MB after %d requests in %.0f s, %.1f MB %v later\n", float64(at)/1e6, million, took.Seconds(), float64(rss)/1e6, rest)
	return rss, nil
}

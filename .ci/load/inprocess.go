package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"dragonmock/mock"
)

// inProcess measures what mock.Start and the end of a test take: for the first time in a process, and later. The
// program starts itself for it, so that the first time is one.
func (b *bench) inProcess() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	var first, later spread
	for range b.startRounds {
		said, err := b.command(self, startInProcess).Output()
		if err != nil {
			return err
		}
		var took spread
		if err := json.Unmarshal(said, &took); err != nil {
			return err
		}
		first, later = append(first, took[0]), append(later, took[1:].median())
	}
	b.figures("`mock.Start` and the end of the test", "")
	b.add(figure{what: "the first in a process", unit: "ms", ours: first, limit: firstInProcessBudget})
	b.add(figure{what: "another", unit: "ms", ours: later, limit: laterInProcessBudget})
	return nil
}

// startInProcess is the argument by which the program starts itself.
const startInProcess = "start-in-process"

// tellStarts starts and ends servers in this process, and prints how many ms each took.
func tellStarts() error {
	const times = 51
	took := make(spread, times)
	for i := range took {
		t := &test{}
		began := time.Now()
		mock.Start(t)
		t.end()
		took[i] = milliseconds(time.Since(began))
		if t.failed != nil {
			return t.failed
		}
	}
	return json.NewEncoder(os.Stdout).Encode(took)
}

// test is a [mock.TB].
type test struct {
	cleanups []func()
	failed   error
}

func (t *test) Helper() {}

func (t *test) Cleanup(f func()) { t.cleanups = append(t.cleanups, f) }

func (t *test) Fatalf(format string, args ...any) {
	t.failed = errors.Join(t.failed, fmt.Errorf(format, args...))
}

func (t *test) Logf(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }

func (t *test) end() {
	for _, f := range t.cleanups {
		f()
	}
}

package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// The budgets of a world of many orders, each way and with its checkpoints.
const (
	mostStateTime = 3 * time.Second
	mostStateRSS  = 400_000_000

	checkpoints = 10 // taken on the way, each a tenth of the orders after the one before
	statePath   = "/_mock/worlds/default/state"
)

// budget is how long something may take, and in how many bytes; 0: as it likes.
type budget struct {
	time time.Duration
	rss  int64
}

// keepState builds, books so many orders, and measures how long their state takes, and in how much memory: out and in
// over HTTP, saved at the end of the server, and loaded at the next start. It returns the budgets that are not held.
func keepState(orders int, p plan) error {
	dir, err := os.MkdirTemp("", "dragonmock-load")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	binary, scenario := filepath.Join(dir, "dragonmock"), filepath.Join(dir, "wide.yaml")
	if _, err := build(binary); err != nil {
		return err
	}
	if err := os.WriteFile(scenario, []byte(wideLounge), 0o600); err != nil {
		return err
	}
	saved, snapshot := filepath.Join(dir, "saved.json"), filepath.Join(dir, "snapshot.json")
	args := []string{"--addr", "127.0.0.1:0", "--log-format", "json", "--scenario", scenario, "--state", saved}
	mock, err := start(binary, args...)
	if err != nil {
		return err
	}
	defer func() {
		if mock != nil {
			mock.stop()
		}
	}()
	if err := fill(mock.addr, orders, p); err != nil {
		return err
	}
	var broken []error
	for _, step := range []struct {
		what   string
		do     func() error
		budget budget
	}{
		{"orders standing", func() error { return nil }, budget{rss: mostStateRSS}},
		{"GET state", func() error { return download(mock.addr, snapshot) }, budget{mostStateTime, mostStateRSS}},
		{"PUT state", func() error { return upload(mock.addr, snapshot) }, budget{mostStateTime, mostStateRSS}},
		{"save at the end", func() error { mock.stop(); return nil }, budget{time: mostStateTime}},
		{"start with it", func() (err error) { mock, err = start(binary, args...); return err }, budget{}},
	} {
		if err := mock.measure(step.what, step.do, step.budget); err != nil {
			broken = append(broken, err)
		}
	}
	for _, file := range []string{snapshot, saved} {
		if info, err := os.Stat(file); err == nil {
			fmt.Printf("%-16s %6.1f MB\n", filepath.Base(file), float64(info.Size())/1e6)
		}
	}
	return errors.Join(broken...)
}

// fill books orders, and keeps a checkpoint after each tenth of them.
func fill(addr string, orders int, p plan) error {
	p.tokens = orders / checkpoints
	for i := range checkpoints {
		requests, err := prepare(addr, "createEPassLoungePrebooking", p)
		if err != nil {
			return err
		}
		if n, _, err := drive(addr, p.conns, time.Minute, requests, nil); err != nil || n < len(requests) {
			return fmt.Errorf("booked %d of %d: %w", n, len(requests), err)
		}
		if err := send(http.MethodPost, fmt.Sprintf("http://%s/_mock/worlds/default/checkpoints/tenth-%d", addr, i+1), nil, io.Discard); err != nil {
			return err
		}
	}
	return nil
}

// measure does one thing to the process, and prints how long it took and how much memory was resident at most. The error
// is a budget that is not held.
func (p *process) measure(what string, do func() error, most budget) error {
	pid := p.cmd.Process.Pid
	_ = os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", pid), []byte("5"), 0) // begins the peak anew
	peak := make(chan int64)
	done := make(chan struct{})
	go func() {
		var most int64
		for {
			if rss, err := memory(pid, "VmHWM:"); err == nil {
				most = rss
			}
			select {
			case <-done:
				peak <- most
				return
			case <-time.After(10 * time.Millisecond):
			}
		}
	}()
	began := time.Now()
	err := do()
	took := time.Since(began)
	close(done)
	rss := <-peak
	fmt.Printf("%-16s %6.2f s %6.1f MB at most\n", what, took.Seconds(), float64(rss)/1e6)
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", what, err)
	case most.time > 0 && took > most.time:
		return fmt.Errorf("%s took %s, budget %s", what, took, most.time)
	case most.rss > 0 && rss > most.rss:
		return fmt.Errorf("%s took %d bytes, budget %d", what, rss, most.rss)
	}
	return nil
}

func download(addr, file string) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	err = send(http.MethodGet, "http://"+addr+statePath, nil, f)
	return errors.Join(err, f.Close())
}

// upload sends what [download] got, without the envelope that is around it.
func upload(addr, file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	const before, after = `{"code":0,"data":`, `}`
	state := io.NewSectionReader(f, int64(len(before)), info.Size()-int64(len(before)+len(after)))
	return send(http.MethodPut, "http://"+addr+statePath, state, io.Discard)
}

// send sends one request whose body and answer may be large. Any status but 200 is an error.
func send(method, url string, body io.Reader, into io.Writer) error {
	r, err := http.NewRequest(method, url, body)
	if err != nil {
		return err
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		said, _ := io.ReadAll(io.LimitReader(answer.Body, 1000))
		return fmt.Errorf("%s: %s", answer.Status, said)
	}
	_, err = io.Copy(into, answer.Body)
	return err
}

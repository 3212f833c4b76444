package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const checkpoints = 10 // taken on the way, each a tenth of the orders after the one before

// state books many orders, and measures how long their state takes, and in how much memory: out and in over HTTP, saved
// at the end of the server, and loaded at the next start.
func (b *bench) state() error {
	title := fmt.Sprintf("the state of %s orders and %d checkpoints of them", count(b.stateOrders), checkpoints)
	b.table(title, "time", "resident at most", "budget")
	saved, snapshot := filepath.Join(b.dir, "saved.json"), filepath.Join(b.dir, "snapshot.json")
	mock, w, err := b.inhabited("--state", saved)
	if err != nil {
		return err
	}
	defer func() {
		if mock != nil {
			mock.stop()
		}
	}()
	for i := range checkpoints {
		if _, err := w.book(lounge, b.stateOrders/checkpoints, b.conns); err != nil {
			return err
		}
		if err := w.checkpoint(fmt.Sprintf("tenth-%d", i+1)); err != nil {
			return err
		}
	}
	for _, step := range []struct {
		what         string
		do           func() error
		time, memory limit
	}{
		{"orders standing", func() error { return nil }, limit{}, stateMemoryBudget},
		{"GET state", func() error { return w.download(snapshot) }, stateTimeBudget, stateMemoryBudget},
		{"PUT state", func() error { return w.upload(snapshot) }, stateTimeBudget, stateMemoryBudget},
		{"save at the end", func() error { mock.stop(); return nil }, stateTimeBudget, limit{}},
		{"start with it", func() (err error) { mock, err = b.serve("--state", saved); return err }, limit{}, limit{}},
	} {
		took, most, err := mock.watch(step.do)
		if err != nil {
			return fmt.Errorf("%s: %w", step.what, err)
		}
		memory := ""
		if most > 0 { // the process was there
			memory = number(most) + " MB"
		}
		budget := b.budget(step.what, took.Seconds(), step.time, "s")
		if of := b.budget(step.what, most, step.memory, "MB"); of != "" {
			budget = strings.TrimPrefix(budget+", "+of, ", ")
		}
		b.row(step.what, number(took.Seconds())+" s", memory, budget)
	}
	for _, file := range []string{snapshot, saved} {
		info, err := os.Stat(file)
		if err != nil {
			return err
		}
		b.row("size of "+filepath.Base(file), number(float64(info.Size())/1e6)+" MB", "", "")
	}
	return nil
}

// watch does one thing to the process, and tells how long it took and how much memory was resident at most, in MB.
func (p *process) watch(do func() error) (took time.Duration, most float64, err error) {
	_ = os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", p.cmd.Process.Pid), []byte("5"), 0) // begins the peak anew
	peak, done := make(chan float64), make(chan struct{})
	go func() {
		var most float64
		for {
			if rss, err := p.memory("VmHWM:"); err == nil {
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
	err = do()
	took = time.Since(began)
	close(done)
	return took, <-peak, err
}

// control is a call of the control plane whose body and answer may be large.
func (w *world) control(method, what string, body io.Reader, into io.Writer) error {
	return send(method, "http://"+w.addr+w.controlPath(what), body, into)
}

// download writes the world's state into a file, in the envelope of the answer.
func (w *world) download(file string) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	if err := w.control(http.MethodGet, "/state", nil, f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// upload sends what [world.download] got, without the envelope that is around it.
func (w *world) upload(file string) error {
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
	return w.control(http.MethodPut, "/state", state, io.Discard)
}

// send sends one request whose body and answer may be large. Any status that is no success is an error.
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
	if answer.StatusCode/100 != 2 {
		said, _ := io.ReadAll(io.LimitReader(answer.Body, 1000))
		return fmt.Errorf("%s: %s", answer.Status, strings.TrimSpace(string(said)))
	}
	_, err = io.Copy(into, answer.Body)
	return err
}

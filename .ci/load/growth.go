package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// grown is a server whose default world has so many orders, and the checkpoints [due] and [standing].
type grown struct {
	*bench
	*world
	process *process
	n       int
	last    booked
	file    string // for its state
}

// The checkpoints: all orders are to be confirmed within five minutes, and all are confirmed.
const (
	due      = "due"
	standing = "standing"
)

// growths is what is measured in worlds of different sizes: ms, once or often.
var growths = []struct {
	what    string
	limit   limit
	measure func(*grown) (spread, error)
}{
	{"prebooking", rowBudget, (*grown).prebook},
	{"cancel", rowBudget, (*grown).cancelSome},
	{"resource details", rowBudget, func(g *grown) (spread, error) { return g.repeat(g.details()) }},
	{"order list, page 1", rowBudget, func(g *grown) (spread, error) { return g.repeat(g.orders(g.last.pass, 1)) }},
	{"order list, last page", rowBudget, func(g *grown) (spread, error) {
		return g.repeat(g.orders(g.last.pass, len(g.last.orders)/10))
	}},
	{"journal, 100 entries", rowBudget, func(g *grown) (spread, error) { return g.read("/requests?limit=100") }},
	{"journal, by operation", rowBudget, func(g *grown) (spread, error) {
		return g.read("/requests?operation=cancelOrder")
	}},
	{"journal, what was not read", rowBudget, func(g *grown) (spread, error) { return g.read("/requests/unread") }},
	{"checkpoint", wholeBudget, func(g *grown) (spread, error) {
		return g.often(nil, func() error { return g.checkpoint("again") })
	}},
	{"fork", wholeBudget, (*grown).fork},
	{"reset", wholeBudget, func(g *grown) (spread, error) { return g.often(g.back, g.reset) }},
	{"return to a checkpoint", wholeBudget, func(g *grown) (spread, error) { return g.often(g.reset, g.back) }},
	{"advance, with all due", wholeBudget, (*grown).advance},
	{"snapshot out", wholeBudget, func(g *grown) (spread, error) {
		return timed(func() error { return g.download(g.file) })
	}},
	{"snapshot in", wholeBudget, func(g *grown) (spread, error) {
		return timed(func() error { return g.upload(g.file) })
	}},
	{"`--state`, save", wholeBudget, (*grown).save},
	{"`--state`, load", wholeBudget, (*grown).load},
}

// growth measures the same in worlds of different sizes, in turn, and fits how it grows.
func (b *bench) growth() error {
	worlds := make([]*grown, len(b.sizes))
	n, columns := make([]float64, len(b.sizes)), []string{}
	for i, size := range b.sizes {
		g, err := b.grow(size)
		if err != nil {
			return err
		}
		defer g.process.stop()
		worlds[i], n[i] = g, float64(size)
		columns = append(columns, count(size))
	}
	b.table("ms, by orders standing in the world", append(columns, "exponent", "budget")...)
	for _, of := range growths {
		took := make([]spread, len(worlds))
		measures := make([]func() error, len(worlds))
		for i, g := range worlds {
			measures[i] = func() error {
				if err := g.back(); err != nil {
					return err
				}
				some, err := of.measure(g)
				took[i] = append(took[i], some...)
				return err
			}
		}
		if err := alternate(b.rounds, measures...); err != nil {
			return fmt.Errorf("%s: %w", of.what, err)
		}
		cells, medians := []string{}, make([]float64, len(worlds))
		for i, s := range took {
			medians[i] = s.median()
			cells = append(cells, number(medians[i]))
		}
		grows := exponent(n, medians)
		b.row(of.what, append(cells, number(grows), b.budget(of.what, grows, of.limit, ""))...)
	}
	return nil
}

// grow starts a server and books.
func (b *bench) grow(n int) (*grown, error) {
	process, world, err := b.inhabited()
	if err != nil {
		return nil, err
	}
	g := &grown{bench: b, world: world, process: process, n: n, file: filepath.Join(b.dir, fmt.Sprintf("state-%d.json", n))}
	for _, step := range []func() error{
		func() (err error) { g.last, err = g.book(pending, n, b.conns); return err },
		func() error { return g.checkpoint(due) },
		g.confirmAll,
		func() error { return g.checkpoint(standing) },
	} {
		if err := step(); err != nil {
			process.stop()
			return nil, err
		}
	}
	return g, nil
}

// timed is how long something took.
func timed(do func() error) (spread, error) {
	began := time.Now()
	err := do()
	return spread{milliseconds(time.Since(began))}, err
}

// repeat sends a request over and over.
func (g *grown) repeat(request []byte) (spread, error) {
	return g.inTurn(slices.Repeat([][]byte{request}, g.repeats))
}

// inTurn sends requests one after the other.
func (g *grown) inTurn(requests [][]byte) (spread, error) {
	d, err := drive(g.addr, 1, time.Minute, once(requests), nil)
	return d.latencies, err
}

func (g *grown) prebook() (took spread, err error) {
	err = g.prebookings(lounge, g.repeats, 1, func(_ string, requests [][]byte) (err error) {
		took, err = g.inTurn(requests)
		return err
	})
	return took, err
}

func (g *grown) cancelSome() (spread, error) {
	var requests [][]byte
	for _, order := range g.last.orders[:min(g.repeats, len(g.last.orders))] {
		requests = append(requests, g.cancel(order))
	}
	return g.inTurn(requests)
}

// back returns the world to where all orders are standing.
func (g *grown) back() error { return g.restore(standing) }

// often does something over and over, though less often than [grown.repeat], each time after what is not measured.
func (g *grown) often(before, do func() error) (spread, error) {
	var took spread
	for range (g.repeats + 9) / 10 {
		if before != nil {
			if err := before(); err != nil {
				return nil, err
			}
		}
		one, err := timed(do)
		if err != nil {
			return nil, err
		}
		took = append(took, one...)
	}
	return took, nil
}

// read gets something of the control plane.
func (g *grown) read(what string) (spread, error) {
	return g.often(nil, func() error { return g.control(http.MethodGet, what, nil, io.Discard) })
}

func (g *grown) fork() (spread, error) {
	var made bytes.Buffer
	end := func() error {
		if made.Len() == 0 {
			return nil
		}
		defer made.Reset()
		return (&world{addr: g.addr, id: field(made.Bytes(), "id")}).author(http.MethodDelete, "", "")
	}
	took, err := g.often(end, func() error { return g.control(http.MethodPost, "/fork", nil, &made) })
	if err != nil {
		return nil, err
	}
	return took, end()
}

func (g *grown) advance() (spread, error) {
	if err := g.restore(due); err != nil {
		return nil, err
	}
	return timed(g.confirmAll)
}

// confirmAll moves the clock over the confirmation of all orders.
func (g *grown) confirmAll() error {
	var answer bytes.Buffer
	if err := g.control(http.MethodPost, "/clock", strings.NewReader(`{"advance":"10m"}`), &answer); err != nil {
		return err
	}
	if confirmed := bytes.Count(answer.Bytes(), []byte("order.confirmed")); confirmed < g.n {
		return fmt.Errorf("%d of %d orders were confirmed", confirmed, g.n)
	}
	return nil
}

// save measures the end of a server that has the world's state and nothing else; load its next start.
func (g *grown) save() (spread, error) {
	state := g.file + ".saved"
	if err := os.Remove(state); err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	if err := g.download(g.file); err != nil {
		return nil, err
	}
	process, err := g.serve("--state", state)
	if err != nil {
		return nil, err
	}
	if err := (&world{addr: process.addr, id: "default"}).upload(g.file); err != nil {
		process.stop()
		return nil, err
	}
	return timed(func() error { process.stop(); return nil })
}

func (g *grown) load() (spread, error) {
	var process *process
	took, err := timed(func() (err error) { process, err = g.serve("--state", g.file+".saved"); return err })
	if err == nil {
		process.stop()
	}
	return took, err
}

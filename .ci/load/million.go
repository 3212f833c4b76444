package main

import (
	"fmt"
	"time"
)

// million sends availability calls and prebookings in turns, and weighs the server after a rest. Each round has a world
// that was reset, as in a suite of tests: a world forgets no order, so it grows with them, by design.
func (b *bench) million() error {
	const most = usages / 2
	title := fmt.Sprintf("%s calls in one world of at most %s orders", count(b.calls), count(most))
	b.figures(title, "at the end of the load")
	mock, err := b.serve("--scenario", b.scenario)
	if err != nil {
		return err
	}
	defer mock.stop()
	w, err := defaultWorld(mock.addr)
	if err != nil {
		return err
	}
	began := time.Now()
	for sent := 0; sent < b.calls; {
		if err := w.reset(); err != nil {
			return err
		}
		pass, err := w.issue(usages)
		if err != nil {
			return err
		}
		requests, err := w.prebookings(lounge, pass, min(most, b.calls), b.conns) // by as many availability calls
		if err != nil {
			return err
		}
		d, err := drive(mock.addr, b.conns, time.Minute, once(requests), nil)
		if err != nil {
			return err
		}
		sent += len(requests) + len(d.latencies)
	}
	took := time.Since(began)
	loaded, err := mock.resident()
	if err != nil {
		return err
	}
	time.Sleep(b.rest)
	rested, err := mock.resident()
	b.add(figure{
		what: fmt.Sprintf("resident %s after %.0f s of load", b.rest, took.Seconds()), unit: "MB",
		ours: spread{rested}, bare: spread{loaded}, limit: afterMillionBudget,
	})
	return err
}

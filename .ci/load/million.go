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
	mock, w, err := b.inhabited()
	if err != nil {
		return err
	}
	defer mock.stop()
	began := time.Now()
	for sent := 0; sent < b.calls; {
		if err := w.reset(); err != nil {
			return err
		}
		err := w.prebookings(lounge, min(most, b.calls), b.conns, func(_ string, requests [][]byte) error {
			d, err := drive(mock.addr, b.conns, time.Minute, once(requests), nil)
			sent += len(requests) + len(d.latencies) // the prebookings were prepared by as many availability calls
			return err
		})
		if err != nil {
			return err
		}
	}
	took := time.Since(began)
	loaded, rested, err := b.rested(mock)
	if err != nil {
		return err
	}
	b.add(figure{
		what: fmt.Sprintf("resident %s after %.0f s of load", b.rest, took.Seconds()), unit: "MB",
		ours: spread{rested}, bare: spread{loaded}, limit: afterMillionBudget,
	})
	return nil
}

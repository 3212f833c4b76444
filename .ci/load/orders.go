package main

import (
	"fmt"
	"time"
)

// weigh tells what orders take that stand in one world: what is resident after a rest, beyond what an idle server has.
func (b *bench) weigh() error {
	b.figures(fmt.Sprintf("memory with %s orders standing in one world", count(b.standingAtLength)), "")
	mock, err := b.serve("--scenario", b.scenario)
	if err != nil {
		return err
	}
	defer mock.stop()
	w, err := defaultWorld(mock.addr)
	if err != nil {
		return err
	}
	idle, err := mock.resident()
	if err != nil {
		return err
	}
	if _, err := w.book(lounge, b.standingAtLength, b.conns); err != nil {
		return err
	}
	loaded, err := mock.resident()
	if err != nil {
		return err
	}
	time.Sleep(b.rest)
	rested, err := mock.resident()
	if err != nil {
		return err
	}
	b.add(figure{what: "resident at the end of the load", unit: "MB", ours: spread{loaded}})
	b.add(figure{what: fmt.Sprintf("resident %s later", b.rest), unit: "MB", ours: spread{rested}})
	b.add(figure{
		what: "an order", unit: "bytes", ours: spread{(rested - idle) * 1e6 / float64(b.standingAtLength)},
		limit: bytesAnOrderBudget,
	})
	return nil
}

package main

import "fmt"

// weigh tells what orders take that stand in one world: what is resident after a rest, beyond what an idle server has.
func (b *bench) weigh() error {
	b.figures(fmt.Sprintf("memory with %s orders standing in one world", count(b.standingAtLength)), "")
	mock, w, err := b.inhabited()
	if err != nil {
		return err
	}
	defer mock.stop()
	idle, err := mock.resident()
	if err != nil {
		return err
	}
	if _, err := w.book(lounge, b.standingAtLength, b.conns); err != nil {
		return err
	}
	loaded, rested, err := b.rested(mock)
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

package main

import (
	"fmt"
)

// operation is something that both servers do.
type operation struct {
	what string
	// prepare makes requests for a world that was just put back. Those that succeed once alone run out.
	prepare func(b *bench, w *world) (requests [][]byte, once bool, err error)
}

var operations = []operation{
	{"availability", func(_ *bench, w *world) ([][]byte, bool, error) {
		return [][]byte{w.availability(lounge)}, false, nil
	}},
	{"prebooking", (*bench).preparePrebookings},
	{"resource details", func(_ *bench, w *world) ([][]byte, bool, error) { return [][]byte{w.details()}, false, nil }},
	{"order list, 10 of 100", (*bench).prepareList},
	{"hubs list, 10 of 212", func(_ *bench, w *world) ([][]byte, bool, error) { return [][]byte{w.hubs()}, false, nil }},
}

func (b *bench) preparePrebookings(w *world) (requests [][]byte, once bool, err error) {
	for left := b.tokens; left > 0; left -= usages {
		pass, err := w.issue(usages)
		if err != nil {
			return nil, false, err
		}
		some, err := w.prebookings(lounge, pass, min(left, usages), b.conns)
		if err != nil {
			return nil, false, err
		}
		requests = append(requests, some...)
	}
	return requests, true, nil
}

func (b *bench) prepareList(w *world) ([][]byte, bool, error) {
	last, err := w.book(lounge, 100, b.conns)
	return [][]byte{w.orders(last.pass, 1)}, false, err
}

// throughput drives both servers in turn with the same requests, in a fresh world and in one of many bookings.
func (b *bench) throughput() error {
	mock, err := b.serve("--scenario", b.scenario)
	if err != nil {
		return err
	}
	defer mock.stop()
	bare, err := start(b.bare)
	if err != nil {
		return err
	}
	defer bare.stop()
	w, err := defaultWorld(mock.addr)
	if err != nil {
		return err
	}
	b.figures("calls a second, in a fresh world", "bare Echo")
	for _, o := range operations {
		if err := b.compare(o, w, bare.addr, w.reset); err != nil {
			return fmt.Errorf("%s: %w", o.what, err)
		}
	}
	if _, err := w.book(lounge, b.standing, b.conns); err != nil {
		return err
	}
	if err := w.checkpoint("standing"); err != nil {
		return err
	}
	b.figures(fmt.Sprintf("calls a second, with %s bookings standing", count(b.standing)), "bare Echo")
	for _, o := range operations[:4] { // hubs have no bookings
		if err := b.compare(o, w, bare.addr, func() error { return w.restore("standing") }); err != nil {
			return fmt.Errorf("%s: %w", o.what, err)
		}
	}
	return nil
}

// compare drives one operation at the world, which is put back before each round, and at bare Echo.
func (b *bench) compare(o operation, w *world, bare string, putBack func() error) error {
	var rates, p99 [2]spread
	note := func(side int, d driven, err error) error {
		rates[side] = append(rates[side], d.rate())
		p99[side] = append(p99[side], d.latencies.quantile(0.99))
		return err
	}
	var last [][]byte
	ours := func() error {
		if err := putBack(); err != nil {
			return err
		}
		requests, onlyOnce, err := o.prepare(b, w)
		if err != nil {
			return fmt.Errorf("preparing: %w", err)
		}
		if last == nil {
			if err := comparable(w.addr, bare, requests[0]); err != nil {
				return err
			}
		}
		last = requests
		from := cycle(requests...)
		if onlyOnce {
			from = once(requests[1:])
		}
		d, err := drive(w.addr, b.conns, b.window, from, nil)
		return note(0, d, err)
	}
	other := func() error {
		d, err := drive(bare, b.conns, b.window, cycle(last...), nil)
		return note(1, d, err)
	}
	if err := alternate(b.rounds, ours, other); err != nil {
		return err
	}
	b.add(figure{what: o.what, unit: "/s", ours: rates[0], bare: rates[1], p99: p99, limit: throughputBudget})
	return nil
}

// comparable refuses servers whose answers to a request are not alike.
func comparable(ours, bare string, request []byte) error {
	var answers [2][]byte
	for i, addr := range []string{ours, bare} {
		c, err := dial(addr)
		if err != nil {
			return err
		}
		defer c.Close()
		if answers[i], err = c.success(request); err != nil {
			return err
		}
	}
	return alike(answers[0], answers[1])
}

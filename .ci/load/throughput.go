package main

import "fmt"

// operation is something that both servers do.
type operation struct {
	what    string
	once    bool                                       // each request succeeds once alone, so they run out
	prepare func(b *bench, w *world) ([][]byte, error) // makes requests for a world that was just put back
}

var operations = []operation{
	{"availability", false, func(_ *bench, w *world) ([][]byte, error) { return [][]byte{w.availability(lounge)}, nil }},
	{"prebooking", true, (*bench).preparePrebookings},
	{"resource details", false, func(_ *bench, w *world) ([][]byte, error) { return [][]byte{w.details()}, nil }},
	{"order list, 10 of 100", false, (*bench).prepareList},
	{"hubs list, 10 of 212", false, func(_ *bench, w *world) ([][]byte, error) { return [][]byte{w.hubs()}, nil }},
}

func (b *bench) preparePrebookings(w *world) (requests [][]byte, err error) {
	err = w.prebookings(lounge, b.tokens, b.conns, func(_ string, some [][]byte) error {
		requests = append(requests, some...)
		return nil
	})
	return requests, err
}

func (b *bench) prepareList(w *world) ([][]byte, error) {
	last, err := w.book(lounge, 100, b.conns)
	return [][]byte{w.orders(last.pass, 1)}, err
}

// throughput drives both servers in turn with the same requests, in a fresh world and in one of many bookings.
func (b *bench) throughput() error {
	mock, w, err := b.inhabited()
	if err != nil {
		return err
	}
	defer mock.stop()
	bare, err := b.start(b.bare)
	if err != nil {
		return err
	}
	defer bare.stop()
	columns := []string{"ratio", "dragonmock", "bare Echo", "CPU a call, µs", "99th percentile, ms", "budget"}
	b.table("calls a second, in a fresh world", columns...)
	for _, o := range operations {
		if err := b.compare(o, mock, bare, w, w.reset); err != nil {
			return fmt.Errorf("%s: %w", o.what, err)
		}
	}
	if _, err := w.book(lounge, b.standing, b.conns); err != nil {
		return err
	}
	if err := w.checkpoint(standing); err != nil {
		return err
	}
	b.table(fmt.Sprintf("calls a second, with %s bookings standing", count(b.standing)), columns...)
	for _, o := range operations[:4] { // hubs have no bookings
		if err := b.compare(o, mock, bare, w, func() error { return w.restore(standing) }); err != nil {
			return fmt.Errorf("%s: %w", o.what, err)
		}
	}
	return nil
}

// compare drives one operation at the mock's world, which is put back before each round, and at bare Echo.
func (b *bench) compare(o operation, mock, bare *process, w *world, putBack func() error) error {
	var rates, cpu, p99 [2]spread
	measure := func(side int, server *process, requests source) error {
		before := server.cpuTime()
		d, err := drive(server.addr, b.conns, b.window, requests, nil)
		rates[side] = append(rates[side], d.rate())
		cpu[side] = append(cpu[side], (server.cpuTime()-before).Seconds()*1e6/float64(len(d.latencies)))
		p99[side] = append(p99[side], d.latencies.quantile(0.99))
		return err
	}
	var last [][]byte
	err := alternate(b.rounds, func() error {
		if err := putBack(); err != nil {
			return err
		}
		requests, err := o.prepare(b, w)
		if err != nil {
			return fmt.Errorf("preparing: %w", err)
		}
		if last == nil {
			if err := comparable(w.addr, bare.addr, requests[0]); err != nil {
				return err
			}
		}
		last = requests
		if o.once {
			return measure(0, mock, once(requests[1:]))
		}
		return measure(0, mock, cycle(requests...))
	}, func() error { return measure(1, bare, cycle(last...)) })
	if err != nil {
		return err
	}
	ratio := rates[0].over(rates[1])
	sides := func(of [2]spread) string {
		return number(of[0].median()) + " and " + number(of[1].median())
	}
	b.row(o.what, ratio.String(), rates[0].String(), rates[1].String(), sides(cpu), sides(p99),
		b.budget(o.what, ratio.median(), throughputBudget, ""))
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

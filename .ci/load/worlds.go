package main

import "fmt"

// worlds calls many worlds at once, beside one of them, and both servers at a fixed rate.
func (b *bench) worlds() error {
	mock, err := b.serve()
	if err != nil {
		return err
	}
	defer mock.stop()
	bare, err := b.start(b.bare)
	if err != nil {
		return err
	}
	defer bare.stop()
	made := make([]*world, b.manyWorlds)
	for i := range made {
		if made[i], err = newWorld(mock.addr); err != nil {
			return err
		}
	}
	one, many := mixed(made[:1]), mixed(made)

	var rates [2]spread
	fast := func(side int, requests source) func() error {
		return func() error {
			d, err := drive(mock.addr, b.conns, b.window, requests, nil)
			rates[side] = append(rates[side], d.rate())
			return err
		}
	}
	if err := alternate(b.rounds, fast(0, many), fast(1, one)); err != nil {
		return err
	}
	worlds := count(b.manyWorlds) + " worlds"
	b.figures("calls a second: availability, resource details and hubs in turn", "one world")
	b.add(figure{what: worlds + " at once", unit: "/s", ours: rates[0], bare: rates[1], limit: manyWorldsBudget})

	var p99 [3]spread
	slow := func(side int, addr string, requests source) func() error {
		return func() error {
			d, err := pace(addr, b.conns*4, b.pace, b.window, requests)
			p99[side] = append(p99[side], d.latencies.quantile(0.99))
			return err
		}
	}
	err = alternate(b.rounds, slow(0, mock.addr, one), slow(1, mock.addr, many), slow(2, bare.addr, one))
	if err != nil {
		return err
	}
	b.figures(fmt.Sprintf("99th percentile of these at %s calls a second", count(b.pace)), "bare Echo")
	b.add(figure{what: "1 world", unit: "ms", ours: p99[0], bare: p99[2], limit: pacedBudget})
	b.add(figure{what: worlds, unit: "ms", ours: p99[1], bare: p99[2], limit: pacedBudget})
	return nil
}

// mixed calls worlds in turn, each time for something else.
func mixed(worlds []*world) source {
	asks := []func(*world) []byte{
		func(w *world) []byte { return w.availability(lounge) }, (*world).details, (*world).hubs,
	}
	requests := make([][]byte, len(asks)*len(worlds))
	for i := range requests {
		requests[i] = asks[i%len(asks)](worlds[i%len(worlds)])
	}
	return cycle(requests...)
}

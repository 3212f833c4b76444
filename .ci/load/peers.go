package main

import (
	"fmt"
	"io"
	"net"
	"net/url"
	"os/exec"
	"strings"
	"time"
)

// peer is a mock server, ours among them. It is asked for availability, or for a sample of its own.
type peer struct {
	name    string
	command string // ADDR, HOST and PORT stand for where it is to listen
	health  string // a path that answers 200 when it is ready
	sample  string // what is asked for
	request func(addr string) ([]byte, error)
}

const (
	documentOfV1       = "openapi/dragonpass-v1.yaml"
	exampleOfV1        = "availability: the example in the document, request checked"
	availabilityAnswer = `{"code":0,"data":{"available":true,"prebookingToken":"85c69b8e790befc7e94870ec269c3f1d",` +
		`"validUntil":1923263999,"price":{"dynamicPrice":true,"currency":"USD","adultRate":"6.00","childRate":"6.00"}}}`
)

// peers measures the mock and the other mock servers that are installed, in turn.
func (b *bench) peers() error {
	var installed []*met
	var absent []string
	for _, p := range []peer{
		{
			"dragonmock", b.mock + " --addr ADDR", "/_mock/health", "availability, both ways checked, in a world",
			func(addr string) ([]byte, error) {
				w, err := defaultWorld(addr)
				return w.availability(lounge), err
			},
		},
		{
			"Prism", "prism mock -h HOST -p PORT " + documentOfV1, "/transportHubs", exampleOfV1,
			asks("POST", "/resources/prebookings/availability", availabilityBody(lounge)),
		},
		{
			"Mockoon", "mockoon-cli start --hostname HOST --port PORT --data " + documentOfV1, api + "/transportHubs",
			"availability: the example in the document, unchecked",
			asks("POST", availabilityPath, availabilityBody(lounge)),
		},
		{
			"stripe-mock", "stripe-mock -http-addr ADDR", "/v1/charges", "a charge, request checked",
			asks("GET", "/v1/charges/ch_123", ""),
		},
		{
			"fake-gcs-server", "fake-gcs-server -scheme http -host HOST -port PORT -backend memory",
			"/_internal/healthcheck", "the list of no buckets", asks("GET", "/storage/v1/b?project=load", ""),
		},
	} {
		if _, err := exec.LookPath(strings.Fields(p.command)[0]); err != nil {
			absent = append(absent, p.name)
			continue
		}
		installed = append(installed, &met{peer: p})
	}
	meetings := make([]func() error, len(installed))
	for i, m := range installed {
		meetings[i] = func() error { return b.meet(m) }
	}
	if err := alternate(min(b.rounds, 3), meetings...); err != nil {
		return err
	}
	b.table("mock servers", "ready, ms", "resident when idle, MB", "calls a second", "of")
	for _, m := range installed {
		b.row(m.name, m.ready.String(), m.idle.String(), m.rates.String(), m.sample)
	}
	if len(absent) > 0 {
		fmt.Printf("  not installed: %s\n", strings.Join(absent, ", "))
	}
	if b.wireMock == "" {
		fmt.Println("  not asked: WireMock; -wiremock URL says where it runs")
		return nil
	}
	return b.meetWireMock()
}

// met is a peer and what came of it.
type met struct {
	peer
	ready, idle, rates spread
}

// asks makes requests with a token that only Stripe looks at.
func asks(method, path, body string) func(addr string) ([]byte, error) {
	return func(addr string) ([]byte, error) {
		return request(method, addr, path, "sk_test_123", content(body)), nil
	}
}

// meet starts a peer, and drives it after it was driven as long, since some compile what runs.
func (b *bench) meet(m *met) error {
	command := func(addr string) *exec.Cmd {
		host, port, _ := net.SplitHostPort(addr)
		args := strings.Fields(strings.NewReplacer("ADDR", addr, "HOST", host, "PORT", port).Replace(m.command))
		return b.command(args[0], args[1:]...)
	}
	took, err := b.startOnce(command, m.health, func(p *process) error {
		idle, err := p.idle(b.settle)
		if err != nil {
			return err
		}
		request, err := m.request(p.addr)
		if err != nil {
			return err
		}
		if _, err := b.ask(p.addr, request); err != nil {
			return err
		}
		d, err := b.ask(p.addr, request)
		m.idle, m.rates = append(m.idle, idle), append(m.rates, d.rate())
		return err
	})
	m.ready = append(m.ready, milliseconds(took))
	if err != nil {
		return fmt.Errorf("%s: %w", m.name, err)
	}
	return nil
}

// ask drives a server that need not be the vendor's.
func (b *bench) ask(addr string, request []byte) (driven, error) {
	began := time.Now()
	return overConns(addr, b.conns, func(c *conn, answered func(since time.Time)) error {
		for time.Since(began) < b.window && b.ctx.Err() == nil {
			sent := time.Now()
			if _, err := c.do(request); err != nil {
				return err
			}
			answered(sent)
		}
		return nil
	})
}

// meetWireMock makes a stub at a running WireMock, and drives it. Its URL tells neither its start nor its memory.
func (b *bench) meetWireMock() error {
	at, err := url.Parse(b.wireMock)
	if err != nil {
		return err
	}
	stub := `{"request":{"method":"POST","urlPath":"` + availabilityPath + `"},"response":{"status":200,"jsonBody":` +
		availabilityAnswer + `,"headers":{"Content-Type":"application/json"}}}`
	if err := send("POST", b.wireMock+"/__admin/mappings", strings.NewReader(stub), io.Discard); err != nil {
		return err
	}
	const warmUp = 5 // rounds; it compiles what runs often
	var rates spread
	for range warmUp + b.rounds {
		d, err := b.ask(at.Host, request("POST", at.Host, availabilityPath, "token", []byte(availabilityBody(lounge))))
		if err != nil {
			return err
		}
		rates = append(rates, d.rate())
	}
	b.row("WireMock", "", "", rates[warmUp:].String(), "availability: a stub, unchecked")
	return nil
}

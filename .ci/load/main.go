// Command load measures dragonmock beside a bare Echo server that reads and writes the same JSON, and holds the budgets
// (budgets.go).
//
// The servers are processes of their own on 127.0.0.1, and share the machine with the client; so the ratio is what
// counts, not the calls a second. What is compared is measured in turn, and the median counts. Run it with:
//
//	go run ./.ci/load
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

// plan is how much is measured.
type plan struct {
	rounds      int           // of everything that is measured in turn with something else
	window      time.Duration // how long an operation is driven, each round and server
	conns       int           // keep-alive connections
	startRounds int
	settle      time.Duration // of a server that has started, before its memory is measured
	tokens      int           // prebookings prepared a round; the mock remembers as many tokens
	standing    int           // bookings that stand in the full world
	manyWorlds  int           // called at once
	pace        int           // calls a second
	calls       int           // of a long load
	rest        time.Duration // of a server after a load, before its memory is measured
	stateOrders int           // whose state is kept
	sizes       []int         // of worlds that are compared, in orders
	repeats     int           // of what touches one row, each round

	standingAtLength int // orders that are weighed

	wireMock string // the URL of a WireMock, or empty
}

var whole = plan{
	rounds: 5, window: 2 * time.Second, conns: 16, startRounds: 21, settle: time.Second, tokens: 20_000, standing: 40_000,
	manyWorlds: 1_000, pace: 2_000, calls: 1_000_000, rest: 2 * time.Minute, stateOrders: 100_000,
	sizes: []int{1_000, 10_000, 100_000}, repeats: 200, standingAtLength: 500_000,
}

// moment is enough to see that the program works.
var moment = plan{
	rounds: 1, window: 100 * time.Millisecond, conns: 2, startRounds: 1, settle: 100 * time.Millisecond, tokens: 200,
	standing: 500, manyWorlds: 10, pace: 100, calls: 1_000, rest: 100 * time.Millisecond, stateOrders: 200,
	sizes: []int{20, 40, 80}, repeats: 10, standingAtLength: 400,
}

// bench is a run: the programs that it measures, and what came of it.
type bench struct {
	ctx context.Context // ends on an interrupt, and with it what was started
	plan
	report
	mock, bare string // programs
	dir        string // for what else is written
	scenario   string // a file that gives every world lounges without end
}

// parts is what can be measured. The quick ones are measured when none is asked for.
var parts = []struct {
	name, usage string
	quick       bool
	measure     func(*bench) error
}{
	{"starts", "how soon a server is ready, and its memory when idle", true, (*bench).starts},
	{"throughput", "calls a second, in a fresh world and with bookings standing", true, (*bench).throughput},
	{"worlds", "a thousand worlds called at once, and answers at a fixed rate", true, (*bench).worlds},
	{"process", "mock.Start and the end of a test", true, (*bench).inProcess},
	{"peers", "the same of other mock servers, as far as they are installed", true, (*bench).peers},
	{"million", "what a million calls leave of memory (4 minutes)", false, (*bench).million},
	{"orders", "how much memory 500,000 orders in one world take (5 minutes)", false, (*bench).weigh},
	{"growth", "what takes longer with 1,000, 10,000 and 100,000 orders in a world (5 minutes)", false, (*bench).growth},
	{"state", "how the state of 100,000 orders and ten checkpoints of them is kept (2 minutes)", false, (*bench).state},
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == startInProcess {
		exit(tellStarts())
	}
	p := whole
	flag.IntVar(&p.rounds, "rounds", p.rounds, "rounds; the median counts")
	flag.DurationVar(&p.window, "window", p.window, "how long an operation is driven, each round and server")
	flag.IntVar(&p.conns, "conns", p.conns, "keep-alive connections")
	flag.StringVar(&p.wireMock, "wiremock", "", "the URL of a running WireMock, which is driven too")
	asked := map[string]*bool{}
	for _, part := range parts {
		asked[part.name] = flag.Bool(part.name, false, part.usage)
	}
	all := flag.Bool("all", false, "everything, the long parts too")
	markdown := flag.Bool("markdown", false, "print the README's tables, too")
	smoke := flag.Bool("smoke", false, "everything for a moment, without budgets: is this program whole?")
	flag.Parse()
	if *smoke {
		wireMock := p.wireMock
		p = moment
		p.wireMock = wireMock
	}
	some := false
	for _, this := range asked {
		some = some || *this
	}
	wanted := func(name string, quick bool) bool {
		return *all || *asked[name] || !some && (quick || *smoke)
	}
	if flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "load: %q means nothing here: what to measure is asked for by flags\n", flag.Arg(0))
		os.Exit(2)
	}
	exit(run(p, wanted, *markdown, *smoke))
}

// exit ends the program.
func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// run builds, measures what is wanted, and prints. It returns the budgets that are not held, unless it is lenient.
func run(p plan, wanted func(name string, quick bool) bool, markdown, lenient bool) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	dir, err := os.MkdirTemp("", "dragonmock-load")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{
		ctx: ctx, plan: p, report: report{lenient: lenient}, dir: dir, scenario: filepath.Join(dir, "wide.yaml"),
		mock: filepath.Join(dir, "dragonmock"), bare: filepath.Join(dir, "bare"),
	}
	if err := os.WriteFile(b.scenario, []byte(wideLounges), 0o600); err != nil {
		return err
	}
	if err := b.build(b.mock, "dragonmock/cmd/dragonmock"); err != nil {
		return err
	}
	if err := b.build(b.bare, bareEcho); err != nil {
		return err
	}
	on := machine() // now: the commit may change while it measures
	fmt.Println(on)
	for _, part := range parts {
		if !wanted(part.name, part.quick) {
			continue
		}
		err := part.measure(b)
		if err = cmp.Or(context.Cause(ctx), err); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	if markdown {
		fmt.Printf("\nMeasured on %s.\n%s", on, b.markdown())
	}
	return b.verdict()
}

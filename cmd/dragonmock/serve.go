package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"syscall"
	"time"

	"dragonmock/cmd/dragonmock/internal/commandline"
	"dragonmock/mock"
	"dragonmock/mock/files"
)

// drain is how long requests in flight may take after a SIGTERM.
const drain = 5 * time.Second

// serve runs the server until SIGTERM or SIGINT, or until a listener breaks.
type serve struct {
	Addr          string            `default:"127.0.0.1:8080" help:"Where to listen. Port 0 takes a free one and logs it."`
	Control       string            `default:"on" enum:"on,off" help:"The control plane, /_mock: on, or off but for its health (${enum})."`
	ControlAddr   string            `metavar:"ADDR" help:"Serve the control plane here and not at --addr."`
	ControlToken  string            `metavar:"TOKEN" help:"Let nobody use the control plane who does not send this as a bearer token."`
	TLSCert       string            `name:"tls-cert" metavar:"FILE" help:"Serve HTTPS with this certificate (PEM, with its chain)."`
	TLSKey        string            `name:"tls-key" metavar:"FILE" help:"The key of the certificate."`
	Scenario      string            `metavar:"FILE" help:"Scenario file, or name of a shipped scenario, whose 'given' the world begins with."`
	Scenarios     string            `metavar:"DIR" help:"Folder of scenario files that are known by their names, before the shipped ones."`
	Watch         bool              `help:"Read --scenarios and --scenario again when they change; the default world then begins anew. SIGHUP does so once."`
	CA            string            `name:"ca" metavar:"FILE" help:"Certificates (PEM) that HTTPS callbacks trust beside those of the system."`
	CallbackURL   string            `name:"callback-url" metavar:"URL" help:"Where order synchronisation is POSTed; sink: into the world itself."`
	EventURL      map[string]string `name:"event-url" metavar:"EVENT=URL" help:"Where an event of v2 is POSTed, signed; sink: into the world itself. Once an event."`
	CallbackProxy string            `name:"callback-proxy" metavar:"URL" help:"The HTTP proxy of callbacks; without it they use none, not even HTTP_PROXY."`
	Readings      []string          `name:"reading" metavar:"NAME" help:"Which reading v2 follows where the pages contradict themselves: pendingAsActive, localUsageDate, withoutCategory. Several times."`
	SandboxLimits bool              `help:"Simulations work where the vendor's sandbox has them: at N00012 and C10826 alone."`
	State         string            `metavar:"FILE" help:"Begin with the worlds in this file, if it is there, and save all worlds into it at the end. It holds secrets."`
	Errors        string            `metavar:"FILE" help:"Error catalogue whose rows replace the shipped ones."`
	BodyTimeout   time.Duration     `default:"30s" help:"How long the body of a request may take to arrive, and a client to take in each piece of an answer; then it is cut off."`
	Contract      string            `default:"report" enum:"report,strict" help:"When an answer breaks the published contract: report it in the log, or answer 500 (${enum})."`
	LogFormat     string            `default:"text" enum:"text,json" help:"How log lines look (${enum})."`
	LogLevel      string            `default:"info" enum:"debug,info,warn,error" help:"What is logged (${enum})."`
}

func (s serve) Run(line *commandline.Line) error {
	if os.Getenv("GOGC") == "" {
		spendMemory()
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		keepWithin(os.DirFS("/"))
	}
	signal.Ignore(syscall.SIGPIPE) // who read the log may go; the server stays
	log, first, endLog := s.logger()
	defer endLog()
	for _, doubt := range line.Doubts {
		log.Warn(doubt)
	}
	opts, err := s.options(log)
	if err != nil {
		return err
	}
	m, err := mock.New(opts...)
	if err != nil {
		return err
	}
	defer m.Close()
	doors, err := s.doors(m, log)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop() // it may be called twice
	return s.until(ctx, stop, m, doors, log, first)
}

// until serves until ctx ends or a door breaks. Either way nothing of what the worlds hold is lost: the state is saved at
// once, because an orchestrator may not wait long before it kills; the other doors are closed, the watcher is waited for,
// and the state is saved again with what was still in flight. A second signal ends the process, but not before the state
// has been saved once: until hurry is called, signals are only noted. Where the server listens is told first of all. It
// returns all that went wrong.
func (s serve) until(ctx context.Context, hurry func(), m *mock.Server, all doors, log *slog.Logger, first func(msg string, args ...any)) error {
	ctx, end := context.WithCancel(ctx)
	defer end()
	watch, err := s.watch(ctx, m, log)
	if err != nil {
		return errors.Join(err, all.abandon())
	}
	broken := all.open()
	first("listening", append(all.attributes(s.Control == "off"), sampleOf(m)...)...)
	if s.Scenario+s.Scenarios+s.State != "" { // what reading these took is not needed again; without them little was taken
		debug.FreeOSMemory()
	}
	go giveBack(ctx, allocated, debug.FreeOSMemory)
	var wrong []error
	note := func(err error) {
		if err != nil {
			wrong = append(wrong, failed{err})
		}
	}
	select {
	case err := <-broken:
		log.Error("a listener broke", "error", err)
		note(err)
	case <-ctx.Done():
	}
	end()
	log.Info("draining")
	early := s.save(m)
	hurry()
	watch.wait()
	note(all.close(log))
	if early != nil {
		log.Warn("the state could not be saved at first", "error", early)
	}
	if err := s.saveLast(m); err != nil {
		log.Error("the state was not saved, or not whole", "file", s.State, "error", err)
		note(err)
	} else if s.State != "" {
		log.Info("state saved", "file", s.State)
	}
	return errors.Join(wrong...)
}

// save saves the worlds, if there is a file for them.
func (s serve) save(m *mock.Server) error {
	if s.State == "" {
		return nil
	}
	return m.SaveState()
}

// saveLast ends the server and saves the worlds, if there is a file for them, before another process may take it.
func (s serve) saveLast(m *mock.Server) error {
	if s.State == "" {
		m.Close()
		return nil
	}
	return m.CloseAndSave()
}

// options are the flags, as the server takes them.
func (s serve) options(log *slog.Logger) ([]mock.ServerOption, error) {
	opts := []mock.ServerOption{mock.WithLog(log), mock.WithContract(s.Contract == "strict")}
	if s.BodyTimeout <= 0 {
		return nil, fmt.Errorf("--body-timeout: expected more than 0, got %s", s.BodyTimeout)
	}
	opts = append(opts, mock.WithBodyTimeout(s.BodyTimeout))
	switch off := s.Control == "off"; {
	case off && (s.ControlAddr != "" || s.ControlToken != ""):
		return nil, errors.New("--control-addr and --control-token are for --control on")
	case off && s.Scenarios != "" && s.Scenario == "":
		return nil, errors.New("--scenarios without --scenario is for --control on: nothing else asks for them")
	case off:
		opts = append(opts, mock.WithoutControl())
	case s.ControlAddr != "":
		opts = append(opts, mock.WithControlApart())
	}
	if s.Readings != nil {
		if err := files.CheckReadings(s.Readings...); err != nil {
			return nil, fmt.Errorf("--reading: %w", err)
		}
		opts = append(opts, mock.WithReadings(s.Readings...))
	}
	for _, event := range slices.Sorted(maps.Keys(s.EventURL)) {
		if err := files.CheckEventURL(event, s.EventURL[event]); err != nil {
			return nil, fmt.Errorf("--event-url %s: %w", event, err)
		}
		opts = append(opts, mock.WithEventURL(event, s.EventURL[event]))
	}
	if s.SandboxLimits {
		opts = append(opts, mock.WithSandboxLimits())
	}
	for _, o := range []struct {
		flag, value string
		check       func(string) error // of what the server would refuse without naming the flag; nil: it names the file
		option      mock.ServerOption
	}{
		{"--control-token", s.ControlToken, nil, mock.WithControlToken(s.ControlToken)},
		{"--errors", s.Errors, thereIs, mock.WithErrors(s.Errors)},
		{"--scenarios", s.Scenarios, thereIs, mock.WithScenarios(s.Scenarios)},
		{"--scenario", s.Scenario, nil, mock.WithScenario(s.Scenario)},
		{"--callback-url", s.CallbackURL, files.CheckCallbackURL, mock.WithCallbackURL(s.CallbackURL)},
		{"--callback-proxy", s.CallbackProxy, files.CheckURL, mock.WithCallbackProxy(s.CallbackProxy)},
		{"--state", s.State, nil, mock.WithState(s.State)},
		{"--ca", s.CA, files.CheckRoots, mock.WithCA(s.CA)},
	} {
		if o.value == "" {
			continue
		}
		if o.check != nil {
			if err := o.check(o.value); err != nil {
				return nil, fmt.Errorf("%s: %w", o.flag, err)
			}
		}
		opts = append(opts, o.option)
	}
	return opts, nil
}

// thereIs refuses the name of a file or folder that is not there.
func thereIs(path string) error {
	_, err := os.Stat(path)
	return err
}

package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"dragonmock/mock"
)

// drain is how long requests in flight may take after a SIGTERM.
const drain = 5 * time.Second

// gcPercent spends memory rather than time, unless GOGC is set: between collections the heap grows to five times what
// the worlds hold. memoryLimit, in bytes, ends that where worlds are large, unless GOMEMLIMIT is set. It is soft: worlds
// that hold more get it, and pay with time.
const (
	gcPercent   = 400
	memoryLimit = 80_000_000
)

// serve runs the server until SIGTERM or SIGINT.
type serve struct {
	Addr         string `default:"127.0.0.1:8080" help:"Where to listen. Port 0 takes a free one and logs it."`
	Control      string `default:"on" enum:"on,off" help:"The control plane, /_mock: on, or off but for its health (${enum})."`
	ControlAddr  string `placeholder:"ADDR" help:"Serve the control plane here and not at --addr."`
	ControlToken string `placeholder:"TOKEN" help:"Let nobody use the control plane who does not send this as a bearer token."`
	TLSCert      string `name:"tls-cert" placeholder:"FILE" help:"Serve HTTPS with this certificate (PEM, with its chain)."`
	TLSKey       string `name:"tls-key" placeholder:"FILE" help:"The key of the certificate."`
	Scenario     string `placeholder:"FILE" help:"Scenario file, or name of a shipped scenario, whose 'given' the world begins with."`
	Scenarios    string `placeholder:"DIR" help:"Folder of scenario files that are known by their names, before the shipped ones."`
	Watch        bool   `help:"Read --scenarios and --scenario again when they change; the default world then begins anew. SIGHUP does so once."`
	CallbackURL  string `name:"callback-url" placeholder:"URL" help:"Where order synchronisation is POSTed."`
	State        string `placeholder:"FILE" help:"Begin with the worlds in this file, if it is there, and save all worlds into it at the end. It holds secrets."`
	Errors       string `placeholder:"FILE" help:"Error catalogue whose rows replace the shipped ones."`
	Contract     string `default:"report" enum:"report,strict" help:"When an answer breaks the published contract: report it in the log, or answer 500 (${enum})."`
	LogFormat    string `default:"text" enum:"text,json" help:"How log lines look (${enum})."`
	LogLevel     string `default:"info" enum:"debug,info,warn,error" help:"What is logged (${enum})."`
}

func (s serve) Run() error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
	log := s.logger()
	opts, err := s.options(log)
	if err != nil {
		return err
	}
	m, err := mock.New(opts...)
	if err != nil {
		return err
	}
	defer m.Close()
	doors, err := s.doors(m)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	watch, err := s.watch(ctx, m, log)
	if err != nil {
		return err
	}
	ended := make(chan error, len(doors))
	for _, d := range doors {
		go func() { ended <- d.serve() }()
	}
	log.Info("listening", doors.attributes()...)
	debug.FreeOSMemory() // what loading used is not needed again
	select {
	case err := <-ended:
		return failed{err}
	case <-ctx.Done():
	}
	stop() // a second signal ends the process at once
	log.Info("draining")
	watch.wait()
	return errors.Join(doors.close(log), s.save(m, log))
}

// save ends what the server does by itself, and keeps what it knows.
func (s serve) save(m *mock.Server, log *slog.Logger) error {
	m.Close()
	if s.State == "" {
		return nil
	}
	if err := m.SaveState(); err != nil {
		return failed{err}
	}
	log.Info("state saved", "file", s.State)
	return nil
}

// options are the flags, as the server takes them.
func (s serve) options(log *slog.Logger) ([]mock.Option, error) {
	opts := []mock.Option{mock.WithLog(log), mock.WithContract(s.Contract == "strict")}
	switch off := s.Control == "off"; {
	case off && (s.ControlAddr != "" || s.ControlToken != ""):
		return nil, errors.New("--control-addr and --control-token are for --control on")
	case off:
		opts = append(opts, mock.WithoutControl())
	case s.ControlAddr != "":
		opts = append(opts, mock.WithControlApart())
	}
	for _, o := range []struct {
		value  string
		option func(string) mock.Option
	}{
		{s.ControlToken, mock.WithControlToken}, {s.Errors, mock.WithErrors}, {s.Scenarios, mock.WithScenarios}, {s.Scenario, mock.WithScenario}, {s.CallbackURL, mock.WithCallbackURL},
		{s.State, mock.WithState},
	} {
		if o.value != "" {
			opts = append(opts, o.option(o.value))
		}
	}
	return opts, nil
}

// logger writes to standard error.
func (s serve) logger() *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(s.LogLevel)) // one of the enum
	options := &slog.HandlerOptions{Level: level}
	if s.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(os.Stderr, options))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, options))
}

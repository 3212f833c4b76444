package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
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
// the worlds hold. A mock's world is small.
const gcPercent = 400

// serve runs the server until SIGTERM or SIGINT.
type serve struct {
	Addr        string `default:"127.0.0.1:8080" help:"Where to listen. Port 0 takes a free one and logs it."`
	Scenario    string `placeholder:"FILE" help:"Scenario file, or name of a shipped scenario, whose 'given' the world begins with."`
	CallbackURL string `name:"callback-url" placeholder:"URL" help:"Where order synchronisation is POSTed."`
	Errors      string `placeholder:"FILE" help:"Error catalogue whose rows replace the shipped ones."`
	Contract    string `default:"report" enum:"report,strict" help:"When an answer breaks the published contract: report it in the log, or answer 500 (${enum})."`
	LogFormat   string `default:"text" enum:"text,json" help:"How log lines look (${enum})."`
	LogLevel    string `default:"info" enum:"debug,info,warn,error" help:"What is logged (${enum})."`
}

func (s serve) Run() error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	log := s.logger()
	opts := []mock.Option{mock.WithLog(log), mock.WithContract(s.Contract == "strict")}
	if s.Errors != "" {
		opts = append(opts, mock.WithErrors(s.Errors))
	}
	if s.Scenario != "" {
		opts = append(opts, mock.WithScenario(s.Scenario))
	}
	if s.CallbackURL != "" {
		opts = append(opts, mock.WithCallbackURL(s.CallbackURL))
	}
	m, err := mock.New(opts...)
	if err != nil {
		return err
	}
	defer m.Close()
	listener, err := net.Listen("tcp", s.Addr)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	server := m.HTTPServer()
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	log.Info("listening", "url", "http://"+listener.Addr().String(), "version", mock.Version)
	debug.FreeOSMemory() // what loading used is not needed again
	select {
	case err := <-ended:
		return failed{err}
	case <-ctx.Done():
	}
	stop() // a second signal ends the process at once
	log.Info("draining")
	ctx, cancel := context.WithTimeout(context.Background(), drain)
	defer cancel()
	if err := server.Shutdown(ctx); errors.Is(err, context.DeadlineExceeded) {
		log.Warn("requests were cut off")
		return server.Close()
	}
	return nil
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

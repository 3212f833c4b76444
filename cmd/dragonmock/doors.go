package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"

	"dragonmock/mock"
)

// door is a server and where it listens.
type door struct {
	name     string // in the log
	server   *http.Server
	listener net.Listener
	scheme   string
}

type doors []door

// serve serves until the door is closed, or its listener breaks.
func (d door) serve() error {
	var err error
	if d.server.TLSConfig != nil {
		err = d.server.ServeTLS(d.listener, "", "")
	} else {
		err = d.server.Serve(d.listener)
	}
	return fmt.Errorf("%s at %s: %w", d.name, d.listener.Addr(), err)
}

// doors listens where the flags say.
func (s serve) doors(m *mock.Server) (doors, error) {
	secure, err := s.tls()
	if err != nil {
		return nil, err
	}
	all := doors{{name: "url", server: m.HTTPServer()}}
	addrs := []string{s.Addr}
	if s.ControlAddr != "" {
		all, addrs = append(all, door{name: "control", server: m.ControlHTTPServer()}), append(addrs, s.ControlAddr)
	}
	for i := range all {
		listener, err := net.Listen("tcp", addrs[i])
		if err != nil {
			return nil, errors.Join(err, all[:i].abandon())
		}
		all[i].listener, all[i].scheme = listener, "http"
		if secure != nil {
			all[i].server.TLSConfig, all[i].scheme = secure.Clone(), "https"
		}
	}
	return all, nil
}

// tls is nil when there is to be none.
func (s serve) tls() (*tls.Config, error) {
	switch {
	case s.TLSCert == "" && s.TLSKey == "":
		return nil, nil
	case s.TLSKey == "":
		return nil, errors.New("--tls-cert is given, and --tls-key is missing")
	case s.TLSCert == "":
		return nil, errors.New("--tls-key is given, and --tls-cert is missing")
	}
	pair, err := tls.LoadX509KeyPair(s.TLSCert, s.TLSKey)
	if err != nil {
		return nil, fmt.Errorf("--tls-cert %s, --tls-key %s: %w", s.TLSCert, s.TLSKey, err)
	}
	return &tls.Config{Certificates: []tls.Certificate{pair}}, nil
}

// attributes say in the log where the doors are.
func (all doors) attributes() []any {
	var list []any
	for _, d := range all {
		list = append(list, d.name, d.scheme+"://"+d.listener.Addr().String())
	}
	return append(list, "version", mock.Version())
}

// open serves at all doors. What ends one of them comes out of the channel, [http.ErrServerClosed] included.
func (all doors) open() <-chan error {
	ended := make(chan error, len(all)) // nobody need read it
	for _, d := range all {
		go func() { ended <- d.serve() }()
	}
	return ended
}

// abandon closes listeners that nobody serves.
func (all doors) abandon() error {
	var errs []error
	for _, d := range all {
		errs = append(errs, d.listener.Close())
	}
	return errors.Join(errs...)
}

// close lets requests in flight end, for a while.
func (all doors) close(log *slog.Logger) error {
	ctx, cancel := context.WithTimeout(context.Background(), drain)
	defer cancel()
	errs := make([]error, len(all))
	var closing sync.WaitGroup
	for i, d := range all {
		closing.Go(func() {
			errs[i] = d.server.Shutdown(ctx)
			if errors.Is(errs[i], context.DeadlineExceeded) {
				log.Warn("requests were cut off", d.name, d.listener.Addr().String())
				errs[i] = d.server.Close()
			}
		})
	}
	closing.Wait()
	return errors.Join(errs...)
}

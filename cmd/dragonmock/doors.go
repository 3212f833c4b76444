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

// serve answers until the door is closed.
func (d door) serve() error {
	if d.server.TLSConfig != nil {
		return d.server.ServeTLS(d.listener, "", "")
	}
	return d.server.Serve(d.listener)
}

// doors opens what the flags ask for.
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
			return nil, err
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
	return append(list, "version", mock.Version)
}

// close lets requests in flight end, for a while.
func (all doors) close(log *slog.Logger) error {
	ctx, cancel := context.WithTimeout(context.Background(), drain)
	defer cancel()
	errs := make([]error, len(all))
	var closing sync.WaitGroup
	for i, d := range all {
		closing.Go(func() {
			if errors.Is(d.server.Shutdown(ctx), context.DeadlineExceeded) {
				log.Warn("requests were cut off", d.name, d.listener.Addr().String())
				errs[i] = d.server.Close()
			}
		})
	}
	closing.Wait()
	return errors.Join(errs...)
}

package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"sync"
	"syscall"

	"dragonmock/mock"
	"dragonmock/mock/files"
)

// door is a server and where it listens.
type door struct {
	name     string // in the log
	server   *http.Server
	listener net.Listener
	other    net.Listener // the other loopback; nil: none
	scheme   string
}

type doors []door

// listeners are where the door listens.
func (d door) listeners() []net.Listener {
	if d.other == nil {
		return []net.Listener{d.listener}
	}
	return []net.Listener{d.listener, d.other}
}

// serve serves a listener until the door is closed, or the listener breaks.
func (d door) serve(listener net.Listener) error {
	var err error
	if d.scheme == "https" { // not by the server: serving gives it a TLS configuration of its own
		err = d.server.ServeTLS(listener, "", "")
	} else {
		err = d.server.Serve(listener)
	}
	return fmt.Errorf("%s at %s: %w", d.name, listener.Addr(), err)
}

// listenBoth listens at an address and, when that is 127.0.0.1, at the same port of ::1 too: where localhost is ::1 first,
// as on many machines, a client that tries one address alone would find nobody there. A machine without IPv6, or with
// somebody else at that port, has to do without; the log says so.
func listenBoth(addr string, log *slog.Logger) (listener, other net.Listener, err error) {
	if listener, err = net.Listen("tcp", addr); err != nil {
		return nil, nil, err
	}
	at, ok := listener.Addr().(*net.TCPAddr)
	if !ok || !at.IP.Equal(net.IPv4(127, 0, 0, 1)) {
		return listener, nil, nil
	}
	other, err = net.ListenTCP("tcp6", &net.TCPAddr{IP: net.IPv6loopback, Port: at.Port})
	if err != nil {
		if errors.Is(err, syscall.EADDRINUSE) {
			log.Warn("another process has this port at ::1: a client that takes localhost for ::1 calls it, and not this server", "error", err)
		} else {
			log.Debug("localhost is 127.0.0.1 alone", "error", err)
		}
		return listener, nil, nil
	}
	return listener, other, nil
}

// doors listens where the flags say.
func (s serve) doors(m *mock.Server, log *slog.Logger) (doors, error) {
	secure, err := s.tls()
	if err != nil {
		return nil, err
	}
	all := doors{{name: "url", server: m.HTTPServer()}}
	flags, addrs := []string{"--addr"}, []string{s.Addr}
	if s.ControlAddr != "" {
		all = append(all, door{name: "control", server: m.ControlHTTPServer()})
		flags, addrs = append(flags, "--control-addr"), append(addrs, s.ControlAddr)
	}
	for i := range all {
		all[i].listener, all[i].other, err = listenBoth(addrs[i], log)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("%s %s: %w", flags[i], addrs[i], err), all[:i].abandon())
		}
		all[i].scheme = "http"
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
	pair, err := files.KeyPair(s.TLSCert, s.TLSKey)
	if err != nil {
		return nil, fmt.Errorf("--tls-cert %s, --tls-key %s: %w", s.TLSCert, s.TLSKey, err)
	}
	return &tls.Config{Certificates: []tls.Certificate{pair}}, nil
}

// attributes say in the log where the doors are, and what to call: whoever starts the program by hand reads nothing else.
// The last door is that of the control plane.
func (all doors) attributes(controlOff bool) []any {
	var list []any
	for _, d := range all {
		list = append(list, d.name, d.scheme+"://"+d.listener.Addr().String())
	}
	plane := all[len(all)-1].local() + "/_mock"
	if controlOff {
		plane = "off"
	}
	return append(list, "baseUrl", all[0].local()+"/api/v1", "controlPlane", plane, "version", mock.Version())
}

// local is the URL of the door for clients on this machine.
func (d door) local() string {
	addr := d.listener.Addr().String()
	if at, ok := d.listener.Addr().(*net.TCPAddr); ok && at.IP.IsUnspecified() {
		addr = net.JoinHostPort("localhost", strconv.Itoa(at.Port))
	}
	return d.scheme + "://" + addr
}

// sampleOf are the credentials of the default world, if they are those of the vendor's documentation, which everybody
// knows.
func sampleOf(m *mock.Server) []any {
	if who := m.World().Credentials(); who.ClientID == "DragonPass" && who.Secret == "dpSecretKey12345" {
		return []any{"clientId", who.ClientID, "secret", who.Secret}
	}
	return nil
}

// open serves at all doors. What ends one of them comes out of the channel, [http.ErrServerClosed] included.
func (all doors) open() <-chan error {
	ended := make(chan error, 2*len(all)) // nobody need read it
	for _, d := range all {
		for _, listener := range d.listeners() {
			go func() { ended <- d.serve(listener) }()
		}
	}
	return ended
}

// abandon closes listeners that nobody serves.
func (all doors) abandon() error {
	var errs []error
	for _, d := range all {
		for _, listener := range d.listeners() {
			errs = append(errs, listener.Close())
		}
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

package main

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"time"

	"dragonmock/cmd/dragonmock/internal/commandline"
)

// health asks a running server; the container's HEALTHCHECK runs it.
type health struct {
	Addr string `default:"127.0.0.1:8080" help:"Where the server listens; an address without a host means this one."`
	TLS  bool   `name:"tls" help:"Ask by HTTPS, whatever the certificate says: the check is whether the server lives."`

	TLSCert string `name:"tls-cert" metavar:"FILE" help:"The server's certificate, as for serve: the same as --tls."`
}

func (h health) Run(*commandline.Line) error {
	host, port, err := net.SplitHostPort(h.Addr)
	if err != nil {
		return fmt.Errorf("--addr: expected host:port, got %q", h.Addr)
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	transport, scheme := &http.Transport{}, "http" // no proxy: it would answer for the server
	if h.TLS || h.TLSCert != "" {
		// The certificate names the host that clients use, seldom 127.0.0.1, and nothing secret is sent.
		transport.TLSClientConfig, scheme = &tls.Config{InsecureSkipVerify: true}, "https"
	}
	client := http.Client{Timeout: 2 * time.Second, Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse // whoever redirects is not the server
	}}
	answer, err := client.Get(scheme + "://" + net.JoinHostPort(host, port) + "/_mock/health")
	if err != nil {
		return failed{err}
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return failed{fmt.Errorf("the server answered %s", answer.Status)}
	}
	return nil
}

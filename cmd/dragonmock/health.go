package main

import (
	"fmt"
	"net"
	"net/http"
	"time"
)

// health asks a running server; the container's HEALTHCHECK runs it.
type health struct {
	Addr string `default:"127.0.0.1:8080" help:"Where the server listens; an address without a host means this one."`
}

func (h health) Run() error {
	host, port, err := net.SplitHostPort(h.Addr)
	if err != nil {
		return fmt.Errorf("--addr: expected host:port, got %q", h.Addr)
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	client := http.Client{Timeout: 2 * time.Second, Transport: &http.Transport{}} // no proxy: it would answer for the server
	answer, err := client.Get("http://" + net.JoinHostPort(host, port) + "/_mock/health")
	if err != nil {
		return failed{err}
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return failed{fmt.Errorf("the server answered %s", answer.Status)}
	}
	return nil
}

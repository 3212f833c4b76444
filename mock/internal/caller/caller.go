package caller

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"dragonmock/mock/internal/brief"
	"dragonmock/mock/internal/readfile"
	"dragonmock/mock/internal/text"
)

// The bounds of a client.
const (
	idleTimeout = 90 * time.Second // of a connection between calls
	maxIdle     = 100              // connections between calls
	maxHeader   = 64 << 10         // bytes of the header of an answer
	agentHeader = "User-Agent"
	maxPort     = 32 // bytes of a port that are said again
)

// Config is how a client calls.
type Config struct {
	Timeout time.Duration                         // of a call, its answer included
	Proxy   func(*http.Request) (*url.URL, error) // nil: none
	Roots   *x509.CertPool                        // whom to trust; nil: whom the system trusts
	Release string                                // the version of the program, which calls say they come from

	// Base and Token: calls whose URL begins with the one bear the other, and no other calls do. No token: none do.
	Base, Token string
}

// New makes a client with connections of its own: the server runs inside other people's test processes, whose connections
// are not ours to close. A redirect is returned as it came: following it would turn a POST into a GET of some other page,
// and take what the request has to another host.
func New(c Config) *http.Client {
	transport := &http.Transport{
		Proxy: c.Proxy, ForceAttemptHTTP2: true, DisableCompression: true,
		IdleConnTimeout: idleTimeout, MaxIdleConns: maxIdle, MaxResponseHeaderBytes: maxHeader,
	}
	if c.Roots != nil {
		transport.TLSClientConfig = &tls.Config{RootCAs: c.Roots}
	}
	agent := "dragonmock"
	if c.Release != "" {
		agent += "/" + c.Release
	}
	return &http.Client{
		Timeout:       c.Timeout,
		Transport:     &caller{transport, agent, strings.TrimSuffix(c.Base, "/") + "/", c.Token},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// caller is a transport that says who calls.
type caller struct {
	*http.Transport
	agent, base, token string
}

// RoundTrip leaves the request as it was, as the interface asks.
func (c *caller) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	if r.Header.Get(agentHeader) == "" {
		r.Header.Set(agentHeader, c.agent)
	}
	if c.token != "" && strings.HasPrefix(r.URL.String(), c.base) {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	return c.Transport.RoundTrip(r)
}

// ReadRoots reads certificates (PEM), which are trusted beside those that the system trusts. Errors: a file that cannot be
// read, that is too large, or that has no certificate.
func ReadRoots(path string) (*x509.CertPool, error) {
	data, err := readfile.Read(path, readfile.Certificates)
	if err != nil {
		return nil, err
	}
	pool, err := x509.SystemCertPool()
	if err != nil { // a machine without any
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(data) {
		return nil, fmt.Errorf("%s: expected certificates in PEM (-----BEGIN CERTIFICATE-----), found none that can be read", path)
	}
	return pool, nil
}

// AbsoluteURL reads an http or https URL that names a host to call, and perhaps a port that there can be.
func AbsoluteURL(to string) (*url.URL, error) {
	u, err := url.Parse(to)
	if err != nil || text.Check(to) != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return nil, fmt.Errorf("expected an absolute http or https URL, got %q", to)
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
			return nil, fmt.Errorf("expected a port of 1 to 65535, got %s", brief.Clip(port, maxPort))
		}
	}
	return u, nil
}

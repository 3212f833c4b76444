package mocktest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dragonmock/mock"
)

// Object is a JSON object, as a test writes and reads one.
type Object = map[string]any

// Client is a client of the vendor, as a test writes one.
type Client struct {
	T      testing.TB
	URL    string
	Token  string      // empty: none is sent
	Header http.Header // on every call

	// HTTP has connections of its own: those of http.DefaultClient are closed by whatever else runs in this process.
	HTTP *http.Client
}

// NewClient returns a client of a server's default world.
func NewClient(t testing.TB, srv *mock.Server) *Client {
	t.Helper()
	return Stranger(t, srv.URL).In(srv.World())
}

// Stranger returns a client without a token: nobody to the vendor, the test author to a control plane without a guard.
func Stranger(t testing.TB, url string) *Client {
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	return &Client{T: t, URL: url, Header: http.Header{}, HTTP: &http.Client{Transport: transport}}
}

// With returns the client with one more header.
func (c *Client) With(name, value string) *Client {
	copied := *c
	copied.Header = c.Header.Clone()
	copied.Header.Set(name, value)
	return &copied
}

// WithToken returns the client with another access token.
func (c *Client) WithToken(token string) *Client {
	copied := *c
	copied.Token = token
	return &copied
}

// In returns a client of another world of the same server, without the headers of this one.
func (c *Client) In(w *mock.World) *Client {
	copied := *c
	copied.Token = w.Token()
	copied.Header = http.Header{}
	return &copied
}

// For returns the client for another test, such as a row of a table.
func (c *Client) For(t testing.TB) *Client {
	copied := *c
	copied.T = t
	return &copied
}

// Call sends one request; a string body goes as it is, anything else as JSON, nil not at all. A refusal of the control plane
// must be one that its document tells of, and any refusal speaks of what its request has.
func (c *Client) Call(method, path string, body any) Answer {
	c.T.Helper()
	response, raw, err := c.Send(method, path, body)
	require.NoError(c.T, err)
	a := Answer{T: c.T, Status: response.StatusCode, Header: response.Header, Raw: raw}
	if len(a.Raw) > 0 && strings.HasPrefix(response.Header.Get("Content-Type"), "application/json") {
		require.NoError(c.T, json.Unmarshal(a.Raw, &a.Body), "%s", a.Raw)
	}
	a.described(method, path)
	a.placed(method, path)
	return a
}

// Send is [Client.Call] for a test of broken connections and bodies: it returns what Go's client returns, and as much of
// the body as came.
func (c *Client) Send(method, path string, body any) (*http.Response, []byte, error) {
	c.T.Helper()
	var reader io.Reader
	switch body := body.(type) {
	case nil:
	case string:
		reader = strings.NewReader(body)
	default:
		data, err := json.Marshal(body)
		require.NoError(c.T, err)
		reader = bytes.NewReader(data)
	}
	request, err := http.NewRequest(method, c.URL+path, reader)
	require.NoError(c.T, err)
	request.Header.Set("Content-Type", "application/json")
	if c.Token != "" {
		request.Header.Set("Authorization", "Bearer "+c.Token)
	}
	for name, values := range c.Header {
		request.Header[name] = values
	}
	response, err := c.HTTP.Do(request)
	if err != nil {
		return nil, nil, err
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	return response, raw, err
}

// Post sends a POST request.
func (c *Client) Post(path string, body any) Answer { c.T.Helper(); return c.Call("POST", path, body) }

// Get sends a GET request.
func (c *Client) Get(path string) Answer { c.T.Helper(); return c.Call("GET", path, nil) }

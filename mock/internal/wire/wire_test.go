package wire_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/fault"
	"dragonmock/mock/internal/wire"
)

const answer = `{"code":0,"data":{"orderId":"DP00000000000001","text":"a } in a string"}}`

// pipes is a listener of net.Pipe connections.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error   { p.once.Do(func() { close(p.closed) }); return nil }
func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipe", Net: "pipe"} }

func (p *pipes) dial() (net.Conn, error) {
	client, server := net.Pipe()
	p.conns <- server
	return client, nil
}

// serve runs a handler over TCP or over net.Pipe, and answers how to dial it.
func serve(t *testing.T, network string, h http.HandlerFunc) func() (net.Conn, error) {
	t.Helper()
	if network == "tcp" {
		s := httptest.NewServer(h)
		t.Cleanup(s.Close)
		return func() (net.Conn, error) { return net.Dial("tcp", s.Listener.Addr().String()) }
	}
	p := &pipes{conns: make(chan net.Conn), closed: make(chan struct{})}
	s := &http.Server{Handler: h}
	go s.Serve(p)
	t.Cleanup(func() { s.Close() })
	return p.dial
}

// client is an http.Client on dialled connections, which it does not use twice.
func client(dial func() (net.Conn, error)) *http.Client {
	return &http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext:       func(context.Context, string, string) (net.Conn, error) { return dial() },
	}}
}

func noWait(context.Context, time.Duration) error { return nil }

// handler answers with a decision.
func handler(d fault.Decision) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_ = wire.WriteWith(d, w, r, 200, http.Header{"Content-Type": {"application/json"}, "X-Mock-Origin": {"fault"}}, []byte(answer), noWait)
	}
}

var networks = []string{"tcp", "pipe"}

func TestDrop(t *testing.T) {
	want := map[string]error{"tcp": syscall.ECONNRESET, "pipe": io.EOF}
	for _, network := range networks {
		for _, moment := range []fault.Moment{fault.Before, fault.After} {
			c := client(serve(t, network, handler(fault.Decision{Drop: moment})))
			_, err := c.Post("http://mock/", "application/json", strings.NewReader(`{}`))
			assert.ErrorIs(t, err, want[network], "%s, %s", network, moment)
		}
	}
}

// TestDropRaw sees the reset without net/http's client in between.
func TestDropRaw(t *testing.T) {
	conn, err := serve(t, "tcp", func(w http.ResponseWriter, _ *http.Request) { wire.Drop(w) })()
	require.NoError(t, err)
	defer conn.Close()
	fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: mock\r\n\r\n")
	_, err = conn.Read(make([]byte, 1))
	assert.ErrorIs(t, err, syscall.ECONNRESET)
}

func TestDropTLS(t *testing.T) {
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { wire.Drop(w) }))
	defer s.Close()
	_, err := s.Client().Post(s.URL, "application/json", nil)
	assert.ErrorIs(t, err, syscall.ECONNRESET)
}

// TestCannotTakeOver holds that a writer without a connection is aborted, as HTTP/2 needs it.
func TestCannotTakeOver(t *testing.T) {
	r := httptest.NewRequest("GET", "/", nil)
	assert.PanicsWithValue(t, http.ErrAbortHandler, func() { wire.Drop(httptest.NewRecorder()) })
	recorder := httptest.NewRecorder()
	assert.PanicsWithValue(t, http.ErrAbortHandler, func() {
		_ = wire.Write(fault.Decision{Truncate: true, Keep: 4}, recorder, r, 200, nil, []byte(answer))
	})
	assert.Equal(t, answer[:4], recorder.Body.String())

	s := httptest.NewUnstartedServer(handler(fault.Decision{Truncate: true, Keep: 4}))
	s.EnableHTTP2 = true
	s.StartTLS()
	defer s.Close()
	resp, err := s.Client().Get(s.URL)
	require.NoError(t, err)
	defer resp.Body.Close()
	require.Equal(t, 2, resp.ProtoMajor)
	_, err = io.ReadAll(resp.Body)
	assert.Error(t, err)
}

func TestTruncate(t *testing.T) {
	for _, network := range networks {
		for keep, want := range map[int]error{0: io.ErrUnexpectedEOF, 10: io.ErrUnexpectedEOF, len(answer) - 1: io.ErrUnexpectedEOF, len(answer): nil, len(answer) + 1: nil} {
			for _, slow := range []int{0, 50} {
				c := client(serve(t, network, handler(fault.Decision{Truncate: true, Keep: keep, SlowBody: slow})))
				resp, err := c.Get("http://mock/")
				require.NoError(t, err, "%s, %d", network, keep)
				assert.Equal(t, int64(len(answer)), resp.ContentLength)
				assert.Equal(t, "fault", resp.Header.Get("X-Mock-Origin"))
				body, err := io.ReadAll(resp.Body)
				resp.Body.Close()
				assert.Equal(t, want, err, "%s, %d", network, keep)
				assert.Equal(t, answer[:min(keep, len(answer))], string(body))
			}
		}
	}
}

// TestTruncateClosesKeptAlive holds that the connection ends, even where the client would keep it.
func TestTruncateClosesKeptAlive(t *testing.T) {
	for _, network := range networks {
		conn, err := serve(t, network, handler(fault.Decision{Truncate: true, Keep: len(answer)}))()
		require.NoError(t, err)
		fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: mock\r\n\r\n")
		all, err := io.ReadAll(conn)
		assert.NoError(t, err, network)
		assert.True(t, strings.HasSuffix(string(all), answer))
		conn.Close()
	}
}

func TestMalformed(t *testing.T) {
	for _, network := range networks {
		conn, err := serve(t, network, handler(fault.Decision{Malformed: true}))()
		require.NoError(t, err)
		defer conn.Close()
		in := bufio.NewReader(conn)
		for range 2 { // HTTP stays well-formed, so the connection lives
			fmt.Fprint(conn, "GET / HTTP/1.1\r\nHost: mock\r\n\r\n")
			resp, err := http.ReadResponse(in, nil)
			require.NoError(t, err, network)
			body, err := io.ReadAll(resp.Body)
			require.NoError(t, err, network)
			assert.Equal(t, int64(len(body)), resp.ContentLength)
			assert.NotEmpty(t, body)
			assert.False(t, json.Valid(body))
		}
	}
	for _, body := range []string{``, ` `, `{}`, ` {}    `, `[]`, `[[]]`, `""`, `"a"`, `"\\\\"`, `1`, `12`, `true`, `null`, answer, answer + "\n", `{"a":{}}`} {
		assert.False(t, json.Valid(wire.Garble([]byte(body))), "%q became %q", body, wire.Garble([]byte(body)))
	}
}

func TestSlowBody(t *testing.T) {
	body := []byte(strings.Repeat("x", 1005))
	for rate, pieces := range map[int]int{1000: 11, 100: 101, 5: 1005, 16: 1005, 100_000: 1} {
		var waited []time.Duration
		wait := func(_ context.Context, d time.Duration) error { waited = append(waited, d); return nil }
		recorder := httptest.NewRecorder()
		require.NoError(t, wire.WriteWith(fault.Decision{SlowBody: rate}, recorder, httptest.NewRequest("GET", "/", nil), 200, nil, body, wait))
		assert.Equal(t, body, recorder.Body.Bytes())
		assert.True(t, recorder.Flushed)
		assert.Len(t, waited, pieces, rate)
		total := time.Duration(0)
		for _, d := range waited {
			total += d
		}
		assert.InDelta(t, 1005/float64(rate), total.Seconds(), 1e-6, rate)
	}
}

// TestSlowBodyArrives holds that each piece reaches the client before the next is waited for.
func TestSlowBodyArrives(t *testing.T) {
	for _, network := range networks {
		next := make(chan struct{})
		wait := func(ctx context.Context, _ time.Duration) error {
			select {
			case <-next:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		ended := make(chan error, 1)
		c := client(serve(t, network, func(w http.ResponseWriter, r *http.Request) {
			ended <- wire.WriteWith(fault.Decision{SlowBody: 100}, w, r, 200, nil, []byte(answer), wait)
		}))
		resp, err := c.Get("http://mock/") // the header comes first
		require.NoError(t, err)
		piece := make([]byte, 10)
		for i := range 3 {
			next <- struct{}{}
			_, err := io.ReadFull(resp.Body, piece)
			require.NoError(t, err)
			assert.Equal(t, answer[10*i:10*i+10], string(piece), network)
		}
		resp.Body.Close() // the client goes away
		assert.ErrorIs(t, <-ended, context.Canceled, network)
	}
}

func TestPlainAnswers(t *testing.T) {
	for _, c := range []struct {
		method string
		status int
		body   string
		length string
	}{
		{"GET", 200, answer, fmt.Sprint(len(answer))},
		{"GET", 503, answer, fmt.Sprint(len(answer))},
		{"GET", 200, "", "0"},
		{"HEAD", 200, "", fmt.Sprint(len(answer))},
		{"GET", 204, "", ""},
		{"GET", 304, "", ""},
	} {
		recorder := httptest.NewRecorder()
		sent := answer
		if c.length == "0" {
			sent = ""
		}
		header := http.Header{"X-A": {"1", "2"}}
		require.NoError(t, wire.Write(fault.Decision{}, recorder, httptest.NewRequest(c.method, "/", nil), c.status, header, []byte(sent)))
		resp := recorder.Result()
		assert.Equal(t, c.status, resp.StatusCode)
		assert.Equal(t, c.body, recorder.Body.String())
		assert.Equal(t, c.length, resp.Header.Get("Content-Length"))
		assert.Equal(t, []string{"1", "2"}, resp.Header["X-A"])
	}
}

// TestSleep runs on a clock of its own.
func TestSleep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		assert.NoError(t, wire.Sleep(t.Context(), 800*time.Millisecond))
		assert.Equal(t, 800*time.Millisecond, time.Since(began))

		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began = time.Now()
		assert.ErrorIs(t, wire.Sleep(ctx, time.Hour), context.DeadlineExceeded)
		assert.Equal(t, time.Second, time.Since(began))
		assert.ErrorIs(t, wire.Sleep(ctx, 0), context.DeadlineExceeded)
		assert.NoError(t, wire.Sleep(t.Context(), 0))
	})
}

package dispatch_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/intake"
	"dragonmock/mock/internal/pipe"
)

// answering answers n with how long the body was.
func answering(t *testing.T, change ...func(*dispatch.Config)) *server {
	t.Helper()
	s := newServer(t, strict, func(c *dispatch.Call) (dispatch.Reply, error) {
		return c.Render(map[string]any{"n": len(c.Body)})
	}, change...)
	s.requestID = ""
	return s
}

// raw sends bytes over a connection of its own and returns what came until the server closed it.
func (s *server) raw(conn net.Conn, announced int, sent string) (*http.Response, string) {
	_, err := fmt.Fprintf(conn, "POST /issue HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n%s", s.token, announced, sent)
	require.NoError(s.t, err)
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	require.NoError(s.t, err)
	body, err := io.ReadAll(answer.Body)
	require.NoError(s.t, err)
	_, err = conn.Read(make([]byte, 1))
	require.ErrorIs(s.t, err, io.EOF, "the connection is closed")
	return answer, string(body)
}

func TestReadBody_Stalled_IsCutInWords(t *testing.T) {
	t.Parallel()
	s := answering(t, func(c *dispatch.Config) { c.BodyTimeout = 50 * time.Millisecond })
	web := httptest.NewServer(s.echo)
	defer web.Close()
	for _, announced := range []int{100, 1 << 20, 1<<20 + 1} {
		conn, err := net.Dial("tcp", web.Listener.Addr().String())
		require.NoError(t, err)
		answer, body := s.raw(conn, announced, `{"n":`)
		assert.Equal(t, http.StatusBadRequest, answer.StatusCode)
		assert.Equal(t, "MALFORMED_JSON", answer.Header.Get("X-Mock-Error"))
		assert.Contains(t, body, "the body ended early: it was not whole after 50ms")
		conn.Close()
	}
}

// TestReadBody_Stalled_IsCutAfterHalfAMinute: over a pipe, in time that is made up.
func TestReadBody_Stalled_IsCutAfterHalfAMinute(t *testing.T) {
	t.Parallel()
	s := answering(t)
	synctest.Test(t, func(t *testing.T) {
		client, host := net.Pipe()
		web := &http.Server{Handler: s.echo}
		go web.Serve(pipe.Listener(host))
		began := time.Now()
		_, body := s.raw(client, 100, `{"n":`)
		assert.Contains(t, body, "it was not whole after 30s")
		assert.Equal(t, intake.DefaultTimeout, time.Since(began))
		client.Close()
		web.Close()
	})
}

// TestReadBody_TimeIsTheBodysAlone: an answer may take longer than a body, and the connection goes on.
func TestReadBody_TimeIsTheBodysAlone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, strict, func(c *dispatch.Call) (dispatch.Reply, error) {
			time.Sleep(10 * time.Minute)
			return c.Render(map[string]any{"n": 1})
		})
		client, host := net.Pipe()
		web := &http.Server{Handler: s.echo}
		go web.Serve(pipe.Listener(host))
		in := bufio.NewReader(client)
		for range 2 {
			// The token is good for an hour by the machine's clock.
			_, err := fmt.Fprintf(client, "POST /issue HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Length: 2\r\n\r\n{}", s.token)
			require.NoError(t, err)
			answer, err := http.ReadResponse(in, nil)
			require.NoError(t, err)
			_, err = io.Copy(io.Discard, answer.Body)
			require.NoError(t, err)
			assert.Equal(t, http.StatusOK, answer.StatusCode)
		}
		client.Close()
		web.Close()
	})
}

func TestReadBody_ReadsAllOfIt(t *testing.T) {
	t.Parallel()
	s := answering(t)
	for _, n := range []int{2, 4095, 4096, 4097, 8192, 100_000, 1<<20 - 1, 1 << 20} {
		body := `{}` + strings.Repeat(" ", n-2)
		assert.Contains(t, s.post("/issue", body).Body.String(), fmt.Sprintf(`"n":%d`, n))
	}
	got := s.post("/issue", `{}`+strings.Repeat(" ", 1<<20-1))
	assert.Equal(t, "BODY_TOO_LARGE", got.Header().Get("X-Mock-Error"))
	got = s.post("/nowhere", strings.Repeat(" ", 1<<20+1))
	assert.Equal(t, "BODY_TOO_LARGE", got.Header().Get("X-Mock-Error"), "the size comes before the route")
}

func TestReadBody_EndedEarly_IsMalformed(t *testing.T) {
	t.Parallel()
	s := answering(t)
	for _, sent := range []int{0, 10, 5000} {
		request := httptest.NewRequest(http.MethodPost, "/issue", strings.NewReader(strings.Repeat(" ", sent)))
		request.Header.Set("Authorization", "Bearer "+s.token)
		request.ContentLength = 6000
		recorder := httptest.NewRecorder()
		s.echo.ServeHTTP(recorder, request)
		assert.Equal(t, "MALFORMED_JSON", recorder.Header().Get("X-Mock-Error"), sent)
		assert.Contains(t, recorder.Body.String(), "the body ended early")
	}
}

// TestReadBody_RoomGrowsWithWhatCame: who announces a megabyte and sends ten bytes takes no megabyte.
func TestReadBody_RoomGrowsWithWhatCame(t *testing.T) {
	t.Parallel()
	s := answering(t)
	for _, announced := range []int64{-1, 1 << 20} {
		body := &miser{t: t}
		request := httptest.NewRequest(http.MethodPost, "/issue", body)
		request.Header.Set("Authorization", "Bearer "+s.token)
		request.ContentLength = announced
		s.echo.ServeHTTP(httptest.NewRecorder(), request)
		assert.Equal(t, 1<<16, body.given)
	}
}

// miser gives a body in pieces, and looks at how much room there is for each.
type miser struct {
	t     *testing.T
	given int
}

func (m *miser) Read(room []byte) (int, error) {
	assert.LessOrEqual(m.t, len(room), max(4<<10, 2*m.given+1<<10), "after %d bytes", m.given)
	if m.given == 1<<16 {
		return 0, io.EOF
	}
	n := min(len(room), 1000, 1<<16-m.given)
	m.given += n
	return n, nil
}

// TestContext_EndsWithTheServer: also where the client would go on waiting.
func TestContext_EndsWithTheServer(t *testing.T) {
	t.Parallel()
	ctx, end := context.WithCancel(context.Background())
	s := newServer(t, strict, func(c *dispatch.Call) (dispatch.Reply, error) {
		end()
		<-c.Context().Done()
		assert.ErrorIs(t, context.Cause(c.Context()), dispatch.ErrServerEnds)
		assert.NoError(t, c.Request.Context().Err(), "the client is still there")
		return c.Render(map[string]any{"n": 1})
	}, func(c *dispatch.Config) { c.Context = ctx })
	assert.Equal(t, http.StatusOK, s.call().Code)
}

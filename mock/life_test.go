package mock_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

// soon is much longer than a stop takes, and much shorter than what is waited for here.
const soon = 10 * time.Second

// served is a server with a listener, how it is shut down, and a word for every request that has arrived.
func served(t *testing.T, opts ...mock.ServerOption) (s *mock.Server, url string, shutdown func() error, arrived <-chan struct{}) {
	t.Helper()
	s, err := mock.New(opts...)
	require.NoError(t, err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	web, active := s.HTTPServer(), make(chan struct{}, 100)
	changed := web.ConnState
	web.ConnState = func(conn net.Conn, state http.ConnState) {
		changed(conn, state)
		if state == http.StateActive {
			active <- struct{}{}
		}
	}
	go web.Serve(listener)
	t.Cleanup(func() {
		web.Close()
		s.Close()
	})
	return s, "http://" + listener.Addr().String(), func() error {
		ctx, cancel := context.WithTimeout(context.Background(), soon)
		defer cancel()
		return web.Shutdown(ctx)
	}, active
}

// opened begins a request that does not end by itself, and returns its answer once there is one.
func opened(t *testing.T, request *http.Request) <-chan string {
	t.Helper()
	answers := make(chan string, 1)
	go func() {
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			answers <- err.Error()
			return
		}
		defer answer.Body.Close()
		body, _ := io.ReadAll(answer.Body)
		answers <- fmt.Sprint(answer.StatusCode, " ", string(body))
	}()
	return answers
}

func TestShutdown_EndsStreams(t *testing.T) {
	_, url, shutdown, _ := served(t)
	answer, err := http.Get(url + "/_mock/worlds/default/requests/stream")
	require.NoError(t, err)
	defer answer.Body.Close()
	require.Equal(t, "text/event-stream", answer.Header.Get("Content-Type"))
	require.NoError(t, shutdown())
	_, err = io.ReadAll(answer.Body)
	assert.NoError(t, err, "it ended as streams end")
}

func TestClose_EndsStreams(t *testing.T) {
	s, url, _, _ := served(t)
	answer, err := http.Get(url + "/_mock/worlds/default/requests/stream")
	require.NoError(t, err)
	defer answer.Body.Close()
	s.Close()
	_, err = io.ReadAll(answer.Body)
	assert.NoError(t, err)
}

func TestShutdown_EndsWaits(t *testing.T) {
	_, url, shutdown, _ := served(t)
	request, err := http.NewRequest(http.MethodGet, url+"/_mock/worlds/default/requests?wait=2&timeout=5m", nil)
	require.NoError(t, err)
	answers := opened(t, request)
	// A request of which a byte has arrived is cut off when the server ends; one that waits is answered.
	require.Eventually(t, func() bool {
		stacks := make([]byte, 8<<20)
		return strings.Contains(string(stacks[:runtime.Stack(stacks, true)]), "internal/journal.(*Journal).Wait(")
	}, soon, time.Millisecond)
	require.NoError(t, shutdown())
	assert.Contains(t, <-answers, "200 ", "with what there is")
}

// TestShutdown_EndsDelays: what was done is answered, only sooner.
func TestShutdown_EndsDelays(t *testing.T) {
	s, url, shutdown, _ := served(t)
	_, err := s.World().Inject(mock.Fault{On: "*", Delay: &mock.FaultDelay{Fixed: time.Hour}})
	require.NoError(t, err)
	request, err := http.NewRequest(http.MethodGet, url+"/resources/N00001", nil)
	require.NoError(t, err)
	request.Header.Set("Authorization", "Bearer "+s.World().Token())
	answers := opened(t, request)
	require.Eventually(t, func() bool { return mocktest.Faults(t, s.World())[0].Hits == 1 }, soon, time.Millisecond)
	require.NoError(t, shutdown())
	assert.Contains(t, <-answers, `200 {"code":0,"data":{"language":"en-US"`)
}

// quickly is more than a stop takes with nothing to wait for, on a machine that is busy; without care it takes five seconds.
const quickly = 2 * time.Second

// TestShutdown_UnusedConnections_DoNotHoldItUp: connections that have carried nothing, half a header, or half a body, whether
// somebody reads it or the request is refused before.
func TestShutdown_UnusedConnections_DoNotHoldItUp(t *testing.T) {
	for name, sent := range map[string]string{
		"nothing":               "",
		"half a header":         "GET / HTTP/1.1\r\nHost:",
		"half a body":           "POST /auth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{",
		"half a chunked body":   "POST /auth/token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
		"a body refused before": "POST /_mock/worlds/none/clock HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, url, shutdown, arrived := served(t)
			var conns []net.Conn
			for range 50 {
				conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
				require.NoError(t, err)
				defer conn.Close()
				_, err = io.WriteString(conn, sent)
				require.NoError(t, err)
				conns = append(conns, conn)
			}
			if strings.Contains(sent, "\r\n\r\n") {
				for range conns {
					<-arrived
				}
			}
			start := time.Now()
			require.NoError(t, shutdown())
			assert.Less(t, time.Since(start), quickly)
			for _, conn := range conns {
				require.NoError(t, conn.SetDeadline(time.Now().Add(soon)))
				_, err := io.ReadAll(conn)
				assert.False(t, errors.Is(err, os.ErrDeadlineExceeded), "the connection is left open")
			}
		})
	}
}

// TestShutdown_BodyOnItsWay_IsAnswered: it ends soon after.
func TestShutdown_BodyOnItsWay_IsAnswered(t *testing.T) {
	_, url, shutdown, arrived := served(t)
	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	require.NoError(t, err)
	defer conn.Close()
	body := `{"clientId":"DragonPass","secret":"dpSecretKey12345"}`
	_, err = fmt.Fprintf(conn, "POST /auth/token HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s", len(body), body[:10])
	require.NoError(t, err)
	<-arrived
	ended := make(chan error, 1)
	go func() { ended <- shutdown() }()
	_, err = io.WriteString(conn, body[10:])
	require.NoError(t, err)
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	require.NoError(t, err)
	assert.Equal(t, 200, answer.StatusCode)
	require.NoError(t, <-ended)
}

// TestShutdown_WatcherThatDoesNotRead_DoesNotHoldItUp: its stream is full.
func TestShutdown_WatcherThatDoesNotRead_DoesNotHoldItUp(t *testing.T) {
	s, url, shutdown, _ := served(t)
	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	require.NoError(t, err)
	defer conn.Close()
	require.NoError(t, conn.(*net.TCPConn).SetReadBuffer(1024))
	_, err = io.WriteString(conn, "GET /_mock/worlds/default/requests/stream HTTP/1.1\r\nHost: localhost\r\n\r\n")
	require.NoError(t, err)
	client, long := s.World().Client(), strings.Repeat("x", 2000)
	for range 600 { // more than the buffers of a connection hold
		request, err := http.NewRequest(http.MethodPost, "http://dragonmock/"+long, strings.NewReader(strings.Repeat(long, 7)))
		require.NoError(t, err)
		answer, err := client.Do(request)
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
	}
	start := time.Now()
	require.NoError(t, shutdown())
	assert.Less(t, time.Since(start), quickly)
}

// TestAnswers_ThatNobodyReads_EndTheConnection: a client that asks and does not read has as long for an answer as for a body.
func TestAnswers_ThatNobodyReads_EndTheConnection(t *testing.T) {
	_, url, shutdown, arrived := served(t, mock.WithBodyTimeout(50*time.Millisecond))
	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	require.NoError(t, err)
	defer conn.Close()
	require.NoError(t, conn.(*net.TCPConn).SetReadBuffer(1024))
	require.NoError(t, conn.SetWriteDeadline(time.Now().Add(soon)))
	for range 500 { // their answers are more than the buffers of a connection hold
		if _, err = io.WriteString(conn, "GET /_mock/openapi/control.yaml HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
			break // it has ended
		}
	}
	<-arrived
	assert.NoError(t, shutdown(), "it waits for answers on their way")
}

// TestHTTPServer_Header_IsBounded: what is no HTTP is refused by the library, in plain text.
func TestHTTPServer_Header_IsBounded(t *testing.T) {
	_, url, _, _ := served(t)
	for sent, want := range map[string]string{
		"GET /_mock/health HTTP/1.1\r\nHost: x\r\nA: " + strings.Repeat("a", 60<<10) + "\r\nConnection: close\r\n\r\n":  "HTTP/1.1 200 OK",
		"GET /_mock/health HTTP/1.1\r\nHost: x\r\nA: " + strings.Repeat("a", 100<<10) + "\r\nConnection: close\r\n\r\n": "HTTP/1.1 431 Request Header Fields Too Large",
		"GET /_mock/health HTTP/1.1\r\n\r\n":                         "HTTP/1.1 400 Bad Request",
		"nonsense\r\n\r\n":                                           "HTTP/1.1 400 Bad Request",
		"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n": "HTTP/1.1 204 No Content",
	} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
		require.NoError(t, err)
		require.NoError(t, conn.SetDeadline(time.Now().Add(soon)))
		go io.WriteString(conn, sent)
		line, err := bufio.NewReader(conn).ReadString('\n')
		require.NoError(t, err)
		assert.True(t, strings.HasPrefix(line, want), "want %s, got %s", want, line)
		require.NoError(t, conn.Close())
	}
}

// TestWithBodyTimeout_CutsAStalledBody: of the vendor's surface and of the control plane.
func TestWithBodyTimeout_CutsAStalledBody(t *testing.T) {
	s, url, _, _ := served(t, mock.WithBodyTimeout(50*time.Millisecond))
	for _, path := range []string{"/resources/prebookings/availability", "/_mock/worlds"} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
		require.NoError(t, err)
		_, err = fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{", path)
		require.NoError(t, err)
		answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
		require.NoError(t, err, path)
		assert.Equal(t, http.StatusBadRequest, answer.StatusCode)
		assert.Equal(t, "MALFORMED_JSON", answer.Header.Get("X-Mock-Error"))
		require.NoError(t, conn.Close())
	}
	assert.Contains(t, mocktest.Requests(t, s.World(), mock.RequestFilter{}).Requests[0].Symbol, "MALFORMED_JSON", "the journal tells of it")
	_, err := mock.New(mock.WithBodyTimeout(0))
	assert.ErrorContains(t, err, "more than 0")
}

// TestOptions_WithoutAName_AreRefused: a variable that nobody set is no wish for none.
func TestOptions_WithoutAName_AreRefused(t *testing.T) {
	const file = "expected the name of a file, got an empty one"
	for name, row := range map[string]struct {
		option mock.ServerOption
		want   string
	}{
		"folder": {mock.WithScenarios(""), "expected a folder of scenario files"}, "state": {mock.WithState(""), "expected a file for the state"},
		"token": {mock.WithControlToken(""), "control token: expected one word"}, "proxy": {mock.WithCallbackProxy(""), "expected an absolute"},
		"authorities": {mock.WithCA(""), file}, "errors": {mock.WithErrors(""), file}, "scenario": {mock.WithScenario(""), file},
	} {
		_, err := mock.New(row.option)
		assert.ErrorContains(t, err, row.want, name)
	}
}

// TestWithBodyTimeout_RefusedBeforeItIsRead_IsAnsweredAndCut: a body that nobody asked for is read by the HTTP library.
func TestWithBodyTimeout_RefusedBeforeItIsRead_IsAnsweredAndCut(t *testing.T) {
	_, url, _, _ := served(t, mock.WithBodyTimeout(50*time.Millisecond))
	for _, start := range []string{
		"POST /_mock/nope", "POST /_mock/worlds/nope/clock", "PUT /_mock/worlds/nope/state", "DELETE /_mock/worlds", "GET /metrics", "OPTIONS /api/v1/orders", "POST /nope", "GET /transportHubs",
	} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
		require.NoError(t, err)
		require.NoError(t, conn.SetDeadline(time.Now().Add(soon)))
		_, err = fmt.Fprintf(conn, "%s HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{", start)
		require.NoError(t, err)
		answer, err := io.ReadAll(conn) // until it is closed
		require.NoError(t, err, start)
		assert.Contains(t, string(answer), "HTTP/1.1 ", start)
		require.NoError(t, conn.Close())
	}
}

// TestRefused_WhoAsksBeforeSending_IsToldAtOnce: nobody waits for a body that was not asked for.
func TestRefused_WhoAsksBeforeSending_IsToldAtOnce(t *testing.T) {
	_, url, _, _ := served(t, mock.WithBodyTimeout(time.Hour))
	for start, want := range map[string]string{"PUT /_mock/worlds/nope/state": "404", "POST /_mock/worlds/nope/clock": "404", "PUT /_mock/nope": "404"} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
		require.NoError(t, err)
		require.NoError(t, conn.SetDeadline(time.Now().Add(soon)))
		_, err = fmt.Fprintf(conn, "%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n", start)
		require.NoError(t, err)
		answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
		require.NoError(t, err, start)
		assert.Contains(t, answer.Status, want, start)
		require.NoError(t, conn.Close())
	}
}

// TestState_Refused_IsReadToItsEnd: a client that sends a large one whole before it reads is told why.
func TestState_Refused_IsReadToItsEnd(t *testing.T) {
	_, url, _, _ := served(t)
	large := strings.Repeat(" ", 4<<20) + "1"
	for path, want := range map[string]int{"/_mock/worlds/default/state": http.StatusBadRequest, "/_mock/worlds/nope/state": http.StatusNotFound, "/_mock/worlds/default/state?x=1": http.StatusBadRequest} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
		require.NoError(t, err)
		require.NoError(t, conn.SetDeadline(time.Now().Add(soon)))
		_, err = fmt.Fprintf(conn, "PUT %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s", path, len(large), large)
		require.NoError(t, err, path)
		answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
		require.NoError(t, err, path)
		assert.Equal(t, want, answer.StatusCode, path)
		assert.False(t, answer.Close, "the connection is good for more")
		require.NoError(t, conn.Close())
	}
}

// TestRequestID_ForAnotherProgramme_IsReused: a programme decides at whose cost a pass is issued.
func TestRequestID_ForAnotherProgramme_IsReused(t *testing.T) {
	s, url, _, _ := served(t, mock.WithClock(mocktest.Monday), mock.WithPrograms("1", "2"))
	issue := func(program string) (status int, symbol, body string) {
		request, err := http.NewRequest(http.MethodPost, url+"/orders/lounges/ePasses", strings.NewReader(`{"module":1,"clientUserId":"u","extra":{
			"firstName":"A","lastName":"B","expirationDate":"2030-12-31T23:59:59+00:00","availableUsages":1}}`))
		require.NoError(t, err)
		request.Header.Set("Authorization", "Bearer "+s.World().Token())
		request.Header.Set("X-Request-ID", "p-1")
		if program != "" {
			request.Header.Set("X-Program-ID", program)
		}
		answer, err := http.DefaultClient.Do(request)
		require.NoError(t, err)
		defer answer.Body.Close()
		data, err := io.ReadAll(answer.Body)
		require.NoError(t, err)
		return answer.StatusCode, answer.Header.Get("X-Mock-Error"), string(data)
	}
	status, _, first := issue("1")
	require.Equal(t, 200, status, first)
	_, symbol, _ := issue("2")
	assert.Equal(t, "REQUEST_ID_REUSED", symbol)
	for _, same := range []string{"1", ""} { // the default programme is the first
		_, _, again := issue(same)
		assert.Equal(t, first, again)
	}
}

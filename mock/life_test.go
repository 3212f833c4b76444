package mock_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
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
	web.ConnState = func(_ net.Conn, state http.ConnState) {
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
	_, url, shutdown, arrived := served(t)
	request, err := http.NewRequest(http.MethodGet, url+"/_mock/worlds/default/requests?wait=2&timeout=5m", nil)
	require.NoError(t, err)
	answers := opened(t, request)
	<-arrived
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

// TestWithBodyTimeout_RefusedBeforeItIsRead_IsCutToo: a body that nobody asked for is read by the HTTP library.
func TestWithBodyTimeout_RefusedBeforeItIsRead_IsCutToo(t *testing.T) {
	_, url, _, _ := served(t, mock.WithBodyTimeout(50*time.Millisecond))
	for _, start := range []string{
		"POST /_mock/nope", "POST /_mock/worlds/nope/clock", "DELETE /_mock/worlds", "GET /metrics", "OPTIONS /api/v1/orders", "POST /nope", "GET /transportHubs",
	} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
		require.NoError(t, err)
		require.NoError(t, conn.SetDeadline(time.Now().Add(soon)))
		_, err = fmt.Fprintf(conn, "%s HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{", start)
		require.NoError(t, err)
		_, err = io.ReadAll(conn) // until it is closed
		require.NoError(t, err, start)
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

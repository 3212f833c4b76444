package main

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// quickly is more than a stop takes with nothing to wait for, on a machine that is busy.
const quickly = 2 * time.Second

// TestStop_NothingInFlight_IsQuick: with nothing but connections that nobody uses. It logs how long it took.
func TestStop_NothingInFlight_IsQuick(t *testing.T) {
	t.Parallel()
	needSIGTERM(t)
	s := listen(t, nil, "--state", filepath.Join(t.TempDir(), "state.json"))
	for range 50 {
		conn, err := net.Dial("tcp", s.addr)
		require.NoError(t, err)
		defer conn.Close()
	}
	s.wantClock(t, "default", "20") // and one that is idle
	start := time.Now()
	s.terminate(t)
	t.Logf("it took %s", time.Since(start))
	assert.Less(t, time.Since(start), quickly)
}

// TestStop_KilledASecondLater_LosesNothing: as docker stop -t 1 does it, with connections that nobody uses, streams and
// waits open. A server that has ended by itself is fine; what was acknowledged is in the file either way.
func TestStop_KilledASecondLater_LosesNothing(t *testing.T) {
	t.Parallel()
	needSIGTERM(t)
	file := filepath.Join(t.TempDir(), "state.json")
	s := listen(t, nil, "--state", file)
	var worlds []string
	for range 20 {
		var world struct{ ID string }
		fetch(t, "POST", s.url+"/_mock/worlds", "", `{"clock":"2025-09-01T09:00:00+01:00"}`, &world)
		worlds = append(worlds, world.ID)
	}
	dial := func(sent string) *bufio.Reader {
		conn, err := net.Dial("tcp", s.addr)
		require.NoError(t, err)
		t.Cleanup(func() { conn.Close() })
		require.NoError(t, conn.SetDeadline(time.Now().Add(patience)))
		_, err = fmt.Fprint(conn, sent)
		require.NoError(t, err)
		return bufio.NewReader(conn)
	}
	for range 50 {
		dial("")
	}
	for range 5 {
		line, err := dial("GET /_mock/worlds/default/requests/stream HTTP/1.1\r\nHost: localhost\r\n\r\n").ReadString('\n')
		require.NoError(t, err)
		require.Contains(t, line, "200")
	}
	for range 10 {
		dial("GET /_mock/worlds/default/requests?wait=1000&timeout=5m HTTP/1.1\r\nHost: localhost\r\n\r\n")
	}
	require.NoError(t, s.cmd.Process.Signal(syscall.SIGTERM))
	kill := time.AfterFunc(time.Second, func() { _ = s.cmd.Process.Kill() }) // it may have ended
	for s.stderr.Scan() {
	}
	_ = s.cmd.Wait()
	t.Logf("it ended by itself: %v", kill.Stop())

	s = listen(t, nil, "--state", file)
	for _, world := range worlds {
		s.wantClock(t, world, "2025-09-01T08:00:00")
	}
	s.terminate(t)
}

// TestStop_HTTP2_IsQuick: a client of HTTP/2 keeps one connection for everything, and with it a stream that is open.
func TestStop_HTTP2_IsQuick(t *testing.T) {
	t.Parallel()
	needSIGTERM(t)
	cert, key, pool := certificate(t)
	s := listen(t, nil, "--tls-cert", cert, "--tls-key", key)
	client := http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, ForceAttemptHTTP2: true}}
	stream, err := client.Get(s.url + "/_mock/worlds/default/requests/stream")
	require.NoError(t, err)
	defer stream.Body.Close()
	require.Equal(t, 2, stream.ProtoMajor)
	idle, err := client.Get(s.url + "/_mock/health")
	require.NoError(t, err)
	require.NoError(t, idle.Body.Close())
	start := time.Now()
	s.terminate(t)
	t.Logf("it took %s", time.Since(start))
	assert.Less(t, time.Since(start), quickly)
}

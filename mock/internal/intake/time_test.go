package intake_test

import (
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/intake"
	"dragonmock/mock/internal/pipe"
)

// TestOpen_WhatTheReaderDoes_IsNotTheClientsTime: a large body is read while it is understood. The server sets a deadline when a
// request comes, which is that of a body that nobody opens.
func TestOpen_WhatTheReaderDoes_IsNotTheClientsTime(t *testing.T) {
	t.Parallel()
	const timeout = 30 * time.Second
	for name, row := range map[string]struct {
		work, wait time.Duration // of the reader after each byte, of the client before each
		want       string
	}{
		"at once":              {0, 0, ""},
		"a slow client":        {0, 9 * time.Second, ""},
		"a client that stalls": {0, 11 * time.Second, "it was not whole after 30s"},
		"a slow reader":        {time.Minute, 0, ""},
		"both":                 {20 * time.Second, 22 * time.Second, ""},
		"both for too long":    {20 * time.Second, 25 * time.Second, "it was not whole after 30s"},
	} {
		synctest.Test(t, func(t *testing.T) {
			client, host := net.Pipe()
			var failed error
			web := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				require.NoError(t, http.NewResponseController(w).SetReadDeadline(time.Now().Add(timeout)))
				body, err := intake.Open(w, r, 100, timeout)
				require.NoError(t, err)
				for err == nil {
					_, err = body.Read(make([]byte, 1))
					time.Sleep(row.work)
				}
				failed = err
			})}
			go web.Serve(pipe.Listener(host))
			var sent sync.WaitGroup
			sent.Go(func() {
				_, _ = io.WriteString(client, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n")
				for range 3 {
					time.Sleep(row.wait)
					_, _ = client.Write([]byte("x"))
				}
			})
			answer, err := io.ReadAll(io.LimitReader(client, 5))
			require.NoError(t, err)
			assert.True(t, strings.HasPrefix(string(answer), "HTTP/"), name)
			if row.want == "" {
				assert.Equal(t, io.EOF, failed, name)
			} else {
				assert.ErrorContains(t, failed, row.want, name)
			}
			client.Close()
			sent.Wait()
			web.Close()
		})
	}
}

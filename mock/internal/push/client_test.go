package push_test

import (
	"encoding/pem"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/mocktest"
)

// TestCallback_Redirected_IsTriedAgain: whoever redirects has not taken the callback, whatever the other page says.
func TestCallback_Redirected_IsTriedAgain(t *testing.T) {
	var posts, pages atomic.Int32
	mux := http.NewServeMux()
	mux.HandleFunc("POST /hook", func(w http.ResponseWriter, r *http.Request) {
		if posts.Add(1) == 1 {
			http.Redirect(w, r, "/login", http.StatusMovedPermanently)
			return
		}
		io.WriteString(w, "{}")
	})
	mux.HandleFunc("/login", func(w http.ResponseWriter, _ *http.Request) {
		pages.Add(1)
		io.WriteString(w, "{}")
	})
	client := httptest.NewServer(mux)
	t.Cleanup(client.Close)
	srv, c := mocktest.Start(t, mock.WithCallbackURL(client.URL+"/hook"))
	w := srv.World()
	_, err := w.WalkIn(mocktest.EPassID(c.Issue(1)), "N00001", dragonpass.Party{Adults: 1})
	require.NoError(t, err)
	_, err = w.Advance(time.Minute)
	require.NoError(t, err)
	events, err := w.Events()
	require.NoError(t, err)
	require.Len(t, events, 1)
	assert.Equal(t, "delivered", events[0].State)
	require.Len(t, events[0].Attempts, 2)
	assert.Equal(t, mock.Attempt{At: mocktest.Monday, Status: 301, Error: "expected HTTP 200, got 301", Number: 1}, events[0].Attempts[0])
	assert.Equal(t, mock.Attempt{At: mocktest.Monday.Add(time.Minute), Status: 200, Number: 2}, events[0].Attempts[1])
	assert.Zero(t, pages.Load(), "a redirect is not followed")
}

// TestServerClose_ForeignConnection_Survives: a server ends inside a test process, whose other clients go on. Not parallel: httptest
// closes the idle connections of the default transport too, whenever one of its servers ends.
func TestServerClose_ForeignConnection_Survives(t *testing.T) {
	client := mocktest.NewInbox(t)
	get := func() (reused bool) {
		trace := &httptrace.ClientTrace{GotConn: func(c httptrace.GotConnInfo) { reused = c.Reused }}
		request, err := http.NewRequestWithContext(httptrace.WithClientTrace(t.Context(), trace), http.MethodGet, client.URL, nil)
		require.NoError(t, err)
		answer, err := http.DefaultClient.Do(request)
		require.NoError(t, err)
		_, err = io.Copy(io.Discard, answer.Body)
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
		return reused
	}
	srv, err := mock.New(mock.WithCallbackURL(client.URL))
	require.NoError(t, err)
	get()
	require.True(t, get(), "the connection is kept alive, or the test shows nothing")
	srv.Close()
	assert.True(t, get(), "the connection of another client was closed")
}

func TestWithCallbackProxy_Callbacks_GoThroughIt(t *testing.T) {
	asked := make(chan string, 1)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.Method + " " + r.URL.String()
		io.WriteString(w, "{}")
	}))
	t.Cleanup(proxy.Close)
	srv, c := mocktest.Start(t, mock.WithCallbackURL("http://client.invalid/orders"), mock.WithCallbackProxy(proxy.URL))
	_, err := srv.World().WalkIn(mocktest.EPassID(c.Issue(1)), "N00001", dragonpass.Party{Adults: 1})
	require.NoError(t, err)
	assert.Equal(t, "POST http://client.invalid/orders", <-asked)
	_, err = mock.New(mock.WithCallbackProxy("proxy:3128"))
	assert.ErrorContains(t, err, "expected an absolute http or https URL")
}

// TestCallback_OwnAuthority_IsTrustedOnceItIsNamed: and an answer that is too long acknowledges nothing.
func TestCallback_OwnAuthority_IsTrustedOnceItIsNamed(t *testing.T) {
	answer := `{}`
	client := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, answer) }))
	t.Cleanup(client.Close)
	client.Config.ErrorLog = log.New(io.Discard, "", 0)
	file := filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: client.Certificate().Raw}), 0o600))
	attempt := func(opts ...mock.ServerOption) mock.Attempt {
		srv, c := mocktest.Start(t, append(opts, mock.WithCallbackURL(client.URL))...)
		_, err := srv.World().WalkIn(mocktest.EPassID(c.Issue(1)), "N00001", dragonpass.Party{Adults: 1})
		require.NoError(t, err)
		_, err = srv.World().Advance(0)
		require.NoError(t, err)
		events, err := srv.World().Events()
		require.NoError(t, err)
		require.Len(t, events, 1)
		require.NotEmpty(t, events[0].Attempts)
		return events[0].Attempts[0]
	}
	assert.Contains(t, attempt().Error, "certificate")
	assert.Equal(t, mock.Attempt{At: mocktest.Monday, Number: 1, Status: 200}, attempt(mock.WithCA(file)))
	answer = `"` + strings.Repeat("a", 64<<10) + `"`
	assert.Equal(t, "expected a body of at most 65536 bytes", attempt(mock.WithCA(file)).Error)
}

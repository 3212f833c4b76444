package journal

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestConnections(t *testing.T) {
	arrivals := make(chan Arrival, 1)
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { arrivals <- Arrive(r.Context()) }))
	var connections Connections
	srv.Config.ConnContext = connections.ConnContext
	srv.Start()
	defer srv.Close()
	get := func(client *http.Client) Arrival {
		answer, err := client.Get(srv.URL)
		require.NoError(t, err)
		_, err = io.Copy(io.Discard, answer.Body)
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
		return <-arrivals
	}
	assert.Equal(t, Arrival{1, 1, false}, get(srv.Client()))
	assert.Equal(t, Arrival{1, 2, true}, get(srv.Client()))
	srv.CloseClientConnections()
	srv.Client().CloseIdleConnections()
	assert.Equal(t, Arrival{2, 1, false}, get(srv.Client()))
	other := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	assert.Equal(t, Arrival{3, 1, false}, get(other))
	assert.Equal(t, Arrival{4, 1, false}, get(other))
	assert.Equal(t, Arrival{2, 2, true}, get(srv.Client()))
}

// TestRepeatedGet is the trap: the server drops a kept connection, and Go's client asks again by itself.
func TestRepeatedGet(t *testing.T) {
	arrivals := make(chan Arrival, 3)
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	var connections Connections
	srv.Config.ConnContext = connections.ConnContext
	srv.Config.Handler = http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		a := Arrive(r.Context())
		arrivals <- a
		if a.Reused {
			panic(http.ErrAbortHandler)
		}
	})
	srv.Start()
	defer srv.Close()
	for range 2 {
		answer, err := srv.Client().Get(srv.URL)
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
	}
	assert.Equal(t, []Arrival{{1, 1, false}, {1, 2, true}, {2, 1, false}}, []Arrival{<-arrivals, <-arrivals, <-arrivals}, "two requests, three arrivals")
}

func TestNoConnections(t *testing.T) { assert.Zero(t, Arrive(t.Context())) }

package push

import (
	"context"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/news"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/caller"
	"dragonmock/mock/internal/catalog"
	"dragonmock/mock/internal/host"
	"dragonmock/mock/internal/outbox"
	"dragonmock/mock/internal/saved"
	"dragonmock/mock/internal/sink"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

// TestMain puts a proxy into the environment of all these tests, since net/http reads it once for a process. The proxy
// acknowledges whatever it gets.
func TestMain(m *testing.M) {
	proxy := httptest.NewServer(acknowledge("the environment's proxy"))
	for name, value := range map[string]string{"HTTP_PROXY": proxy.URL, "http_proxy": proxy.URL, "NO_PROXY": "", "no_proxy": ""} {
		if err := os.Setenv(name, value); err != nil {
			panic(err)
		}
	}
	code := m.Run()
	proxy.Close()
	os.Exit(code)
}

// acknowledge takes every callback, and signs with a name.
func acknowledge(name string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("By", name)
		io.WriteString(w, "{}")
	}
}

// newPusher makes a pusher that ends with the test.
func newPusher(t *testing.T, proxy func(*http.Request) (*url.URL, error)) *Pusher {
	t.Helper()
	p := New(Config{
		Render: func(store.Event) ([]byte, error) { return []byte(`{"orderId":"1"}`), nil },
		Log:    slog.New(slog.DiscardHandler), Caller: caller.Config{Proxy: proxy},
	})
	t.Cleanup(p.Close)
	return p
}

// receive starts a client's endpoint that ends with the test.
func receive(t *testing.T, h http.Handler) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

// newWorld makes a world and the platform that it lives on.
func newWorld(t *testing.T, p *Pusher, url string) (*host.Host, *world.World) {
	t.Helper()
	c, err := catalog.Load()
	require.NoError(t, err)
	due := booking.Due()
	maps.Copy(due, outbox.Due())
	h, err := host.New(c, world.Config{Shared: world.Shared{Due: due, Deliver: p.Deliver}}, p.Forget)
	require.NoError(t, err)
	w, err := h.Prepare(world.Config{Receivers: saved.Receivers{CallbackURL: url}})
	require.NoError(t, err)
	require.NoError(t, h.Enter(w))
	return h, w
}

// TestForget_EndedWorld_IsNotKept: who still holds a world that has ended does not have it delivered.
func TestForget_EndedWorld_IsNotKept(t *testing.T) {
	p := newPusher(t, nil)
	host, w := newWorld(t, p, "http://127.0.0.1:0/")
	p.Deliver(t.Context(), w, true)
	assert.Len(t, p.lines, 1)
	require.True(t, host.Delete(w.ID()))
	p.Deliver(t.Context(), w, false)
	assert.Empty(t, p.lines)
}

func TestAttempt_Answer_AcknowledgesOrSaysWhyNot(t *testing.T) {
	p := newPusher(t, nil)
	for name, row := range map[string]struct {
		status int
		body   string
		want   string
	}{
		"JSON":      {200, "{}", ""},
		"no JSON":   {200, "thanks", "expected a JSON body"},
		"no body":   {200, "", "expected a JSON body"},
		"not 200":   {202, "{}", "expected HTTP 200, got 202"},
		"a failure": {500, "{}", "expected HTTP 200, got 500"},
	} {
		t.Run(name, func(t *testing.T) {
			s := receive(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				assert.Equal(t, `{"orderId":"1"}`, string(body))
				assert.Equal(t, "application/json; charset=utf-8", r.Header.Get("Content-Type"))
				w.WriteHeader(row.status)
				io.WriteString(w, row.body)
			}))
			assert.Equal(t, store.Attempt{Status: row.status, Error: row.want}, p.attempt(s.URL, sink.Sending{}))
		})
	}
}

// TestAttempt_Redirect_IsNotFollowed: the page behind it would acknowledge, and never got the POST.
func TestAttempt_Redirect_IsNotFollowed(t *testing.T) {
	p := newPusher(t, nil)
	for _, status := range []int{301, 302, 303, 307, 308} {
		var followed atomic.Int32
		mux := http.NewServeMux()
		mux.Handle("/hook", http.RedirectHandler("/login", status))
		mux.HandleFunc("/login", func(w http.ResponseWriter, _ *http.Request) {
			followed.Add(1)
			io.WriteString(w, "{}")
		})
		got := p.attempt(receive(t, mux).URL+"/hook", sink.Sending{})
		assert.Equal(t, status, got.Status)
		assert.Contains(t, got.Error, "expected HTTP 200, got 30")
		assert.Zero(t, followed.Load(), "a %d is not followed", status)
	}
}

// TestClose_ForeignConnection_Survives: the program around the server has connections of its own on the default
// transport. Not parallel: httptest closes its idle connections too, whenever one of its servers ends.
func TestClose_ForeignConnection_Survives(t *testing.T) {
	s := receive(t, acknowledge("the client"))
	get := func() (reused bool) {
		trace := &httptrace.ClientTrace{GotConn: func(c httptrace.GotConnInfo) { reused = c.Reused }}
		request, err := http.NewRequestWithContext(httptrace.WithClientTrace(t.Context(), trace), http.MethodGet, s.URL, nil)
		require.NoError(t, err)
		answer, err := http.DefaultClient.Do(request)
		require.NoError(t, err)
		_, err = io.Copy(io.Discard, answer.Body)
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
		return reused
	}
	get()
	require.True(t, get(), "the connection is kept alive, or the test shows nothing")
	newPusher(t, nil).Close()
	assert.True(t, get(), "the connection of another client was closed")
}

// TestClose_OwnConnection_Ends: what the pusher opened does not outlive it.
func TestClose_OwnConnection_Ends(t *testing.T) {
	closed := make(chan struct{}, 1)
	s := httptest.NewUnstartedServer(acknowledge("the client"))
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateClosed {
			closed <- struct{}{}
		}
	}
	s.Start()
	t.Cleanup(s.Close)
	p := newPusher(t, nil)
	require.Empty(t, p.attempt(s.URL, sink.Sending{}).Error)
	p.Close()
	<-closed
}

// TestAttempt_ProxyInTheEnvironment_IsNotUsed: net/http never sends loopback addresses to a proxy, and 0.0.0.0 is this
// machine too, but none of those.
func TestAttempt_ProxyInTheEnvironment_IsNotUsed(t *testing.T) {
	var direct atomic.Int32
	s := receive(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		direct.Add(1)
		io.WriteString(w, "{}")
	}))
	callback := strings.Replace(s.URL, "127.0.0.1", "0.0.0.0", 1)
	request, err := http.NewRequest(http.MethodPost, callback, nil)
	require.NoError(t, err)
	named, err := http.ProxyFromEnvironment(request)
	require.NoError(t, err)
	require.NotNil(t, named, "the environment names a proxy for this URL, or the test shows nothing")

	assert.Empty(t, newPusher(t, nil).attempt(callback, sink.Sending{}).Error)
	assert.EqualValues(t, 1, direct.Load(), "the callback comes by the straight way")

	assert.Empty(t, newPusher(t, http.ProxyFromEnvironment).attempt(callback, sink.Sending{}).Error)
	assert.EqualValues(t, 1, direct.Load(), "a proxy is used when it is asked for")
}

// TestDeliver_OfACallbackThatPanics_SendsTheOthers: nor does it end the process.
func TestDeliver_OfACallbackThatPanics_SendsTheOthers(t *testing.T) {
	p := newPusher(t, nil)
	p.render = func(e store.Event) ([]byte, error) {
		if e.Notice.OrderID == "bad" {
			panic("no such order")
		}
		return []byte("{}"), nil
	}
	_, w := newWorld(t, p, receive(t, acknowledge("the client")).URL)
	transact(w, func(tx *world.Tx) {
		for _, id := range []string{"bad", "good"} {
			outbox.Notify(tx, news.Notice{OrderID: id})
		}
	})
	p.Deliver(t.Context(), w, true)
	transact(w, func(tx *world.Tx) {
		events := outbox.List(tx)
		assert.Equal(t, []store.EventState{store.EventWaiting, store.EventDelivered}, []store.EventState{events[0].State, events[1].State})
		assert.Equal(t, "the mock failed: the log says how", events[0].Attempts[0].Error)
	})
}

// TestDeliver_CallerGivesUp_GoesOnWithoutIt: a client that hangs holds nobody for longer than they want to wait.
func TestDeliver_CallerGivesUp_GoesOnWithoutIt(t *testing.T) {
	arrived, release := make(chan struct{}), make(chan struct{})
	s := receive(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(arrived)
		<-release
		io.WriteString(w, "{}")
	}))
	p := newPusher(t, nil)
	_, w := newWorld(t, p, s.URL)
	events := func() (list []store.Event) {
		transact(w, func(tx *world.Tx) { list = outbox.List(tx) })
		return list
	}
	transact(w, func(tx *world.Tx) {
		pass, err := booking.IssueEPass(tx, dragonpass.IssueRequest{
			Path: dragonpass.Lounge, Module: dragonpass.Lounge, ClientUserID: "u", FirstName: "Ada", LastName: "Lovelace",
			ExpirationDate: tx.Now().AddDate(1, 0, 0), Usages: 1,
		})
		require.NoError(t, err)
		_, err = booking.WalkIn(tx, dragonpass.Holder{EPassID: pass.EPassID}, "N99910", dragonpass.Party{Adults: 1})
		require.NoError(t, err)
	})
	<-arrived
	ctx, giveUp := context.WithCancel(t.Context())
	returned := make(chan struct{})
	go func() {
		defer close(returned)
		p.Deliver(ctx, w, true)
	}()
	giveUp()
	<-returned
	require.Equal(t, store.EventPending, events()[0].State, "it is still on its way")
	close(release)
	p.Deliver(t.Context(), w, true)
	assert.Equal(t, store.EventDelivered, events()[0].State)
}

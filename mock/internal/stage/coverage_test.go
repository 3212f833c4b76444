package stage_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/files"
	"dragonmock/mock/internal/mocktest"
	"dragonmock/openapi"
)

// route is an operation of the vendor, and where it is.
type route struct {
	id, method string
	path       *regexp.Regexp
	idempotent bool
}

// routes are the operations of a document, under whichever base of its version they are called.
func routes(t *testing.T, document, version, base string) (all []route) {
	t.Helper()
	for _, op := range mocktest.Document(t, document).Operations() {
		path := regexp.MustCompile(`\\\{.*?\\\}`).ReplaceAllString(regexp.QuoteMeta(op.Path), `[^/]+`)
		all = append(all, route{version + " " + op.ID, op.Method, regexp.MustCompile("^(/api)?" + base + path + "$"), op.Idempotent})
	}
	// A path without parameters is meant before one with them.
	slices.SortStableFunc(all, func(a, b route) int {
		return strings.Count(a.path.String(), "[^/]+") - strings.Count(b.path.String(), "[^/]+")
	})
	return all
}

// observer stands before a server, and sees which operations succeed, which are refused by the vendor's rules or its document,
// and which answer the same when they are sent again.
type observer struct {
	t      *testing.T
	next   http.Handler
	routes []route

	mu                           sync.Mutex
	sent                         int
	succeeded, refused, repeated map[string]bool
}

func (o *observer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	at := slices.IndexFunc(o.routes, func(known route) bool { return known.method == r.Method && known.path.MatchString(r.URL.Path) })
	if at < 0 {
		o.next.ServeHTTP(w, r)
		return
	}
	op := o.routes[at]
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler) // the client has gone
	}
	o.mu.Lock()
	o.sent++
	if r.Header.Get("X-Request-ID") == "" {
		r.Header.Set("X-Request-ID", fmt.Sprint("sent-", o.sent))
	}
	o.mu.Unlock()
	first := o.ask(r, body)
	origin := first.Header().Get("X-Mock-Origin")
	again := first
	if op.idempotent && first.Code == http.StatusOK && origin == "vendor" {
		again = o.ask(r, body)
	}
	o.mu.Lock()
	switch {
	case origin == "vendor" && first.Code == http.StatusOK:
		o.succeeded[op.id] = true
	case origin == "vendor" || origin == "contract":
		o.refused[op.id] = true
	}
	if again != first && again.Header().Get("X-Mock-Origin") == "vendor" { // a fault rule may act on the second
		o.repeated[op.id] = true
		assert.Equal(o.t, first.Body.String(), again.Body.String(), op.id)
	}
	o.mu.Unlock()
	for name, values := range first.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(first.Code)
	_, _ = w.Write(first.Body.Bytes())
}

func (o *observer) ask(r *http.Request, body []byte) *httptest.ResponseRecorder {
	sent := r.Clone(r.Context())
	sent.Body = io.NopCloser(bytes.NewReader(body))
	recorder := httptest.NewRecorder()
	o.next.ServeHTTP(recorder, sent)
	return recorder
}

// TestShippedScenarios_ShowEveryOperation: of both versions, that it succeeds, that it refuses, and that it answers from
// memory what is sent again.
func TestShippedScenarios_ShowEveryOperation(t *testing.T) {
	t.Parallel()
	srv, err := mock.New()
	require.NoError(t, err)
	t.Cleanup(srv.Close)
	seen := &observer{
		t: t, next: srv.Handler(), routes: append(routes(t, openapi.V1, "v1", "(/v1)?"), routes(t, openapi.V2, "v2", "/v2")...),
		succeeded: map[string]bool{}, refused: map[string]bool{}, repeated: map[string]bool{},
	}
	front := httptest.NewServer(seen)
	t.Cleanup(front.Close)
	_, err = files.Play(t.Context(), files.Playing{Target: front.URL, Control: front.URL + "/_mock", Parallel: true, Out: io.Discard}, mocktest.Scenarios(t)...)
	require.NoError(t, err)
	for _, op := range seen.routes {
		assert.True(t, seen.succeeded[op.id], "%s succeeds in no file", op.id)
		assert.True(t, seen.refused[op.id], "%s is refused in no file", op.id)
		assert.Equal(t, op.idempotent, seen.repeated[op.id], "%s sent again", op.id)
	}
}

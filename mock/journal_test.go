package mock_test

import (
	"bufio"
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
)

func TestJournalTellsWhatWasSent(t *testing.T) {
	srv, c := start(t)
	w := srv.World()
	c.with("X-Request-ID", "r-1").post("/orders/lounges/ePasses?verbose=1", obj{"module": 1, "clientUserId": "u-1", "extra": obj{
		"firstName": "Ada", "lastName": "Lovelace", "expirationDate": "2030-12-31T23:59:59+00:00", "availableUsages": 1, "avaliable": 2,
	}}).ok()
	c.post("/resources/prebookings/availability", obj{"module": 1, "resourceId": "N00001", "prebookingDate": "2025-09-04T10:30", "adultCount": 7, "childCount": 0}).refused("PASSENGERS_INVALID")
	c.post("/cancellations", obj{}).refused("ROUTE_NOT_FOUND")
	who := w.Credentials()
	c.post("/auth/token", obj{"clientId": who.ClientID, "secret": who.Secret}).ok()

	all := w.Requests(mock.RequestFilter{})
	require.Equal(t, 4, all.Total)
	issued, refused, unknown, token := all.Requests[0], all.Requests[1], all.Requests[2], all.Requests[3]
	assert.Equal(t, []any{"createEPass", "POST", "/orders/lounges/ePasses", "vendor", 200, "r-1"},
		[]any{issued.Operation, issued.Method, issued.Path, issued.Origin, issued.Status, issued.RequestID})
	assert.Equal(t, monday, issued.World)
	assert.Contains(t, issued.Request.Body, `"Lovelace"`)
	assert.Contains(t, issued.Response.Body, `"DP00000000000001"`)
	assert.Equal(t, []string{"/extra/avaliable", "query verbose"}, issued.Unread, "accepted, but remembered")
	assert.Equal(t, "Bearer ***", issued.Request.Header["Authorization"])
	assert.Equal(t, "PASSENGERS_INVALID; rule A-044; satisfied by a party of at most 6", refused.Reason)
	assert.Equal(t, []any{"", "mock", 404}, []any{unknown.Operation, unknown.Origin, unknown.Status})
	assert.Equal(t, "cancelOrder (PATCH /orders)", unknown.Nearest[0])
	assert.NotContains(t, token.Request.Body, who.Secret)
	assert.NotContains(t, token.Response.Body, "eyJ")

	assert.Equal(t, 1, w.Requests(mock.RequestFilter{Symbol: "PASSENGERS_INVALID"}).Total)
	assert.Equal(t, 1, w.Requests(mock.RequestFilter{Unmatched: true}).Total)
	assert.Len(t, w.Unread().Fields, 2)
	author := &client{t: t, url: srv.URL, extra: http.Header{}}
	listed := author.get("/_mock/worlds/default/requests?operation=createEPass&limit=1").ok()
	assert.Equal(t, []any{1.0, 0.0}, []any{listed["total"], listed["dropped"]})
	assert.Len(t, author.get("/_mock/worlds/default/requests/unread").ok()["fields"], 2)
	author.get("/_mock/worlds/default/requests?operatoin=x").refused("INVALID_REQUEST")
	author.call("DELETE", "/_mock/worlds/default/requests", nil).ok()
	assert.Zero(t, w.Requests(mock.RequestFilter{}).Total)
}

func TestWaitForRequests(t *testing.T) {
	srv, c := start(t)
	author := &client{t: t, url: srv.URL, extra: http.Header{}}
	answer := make(chan map[string]any)
	go func() {
		answer <- author.get("/_mock/worlds/default/requests?operation=retrieveResource&wait=3&timeout=1m").Body["data"].(map[string]any)
	}()
	for range 3 {
		c.get("/resources/N00001").ok()
	}
	assert.Equal(t, 3.0, (<-answer)["total"])
	none := author.get("/_mock/worlds/default/requests?operation=cancelOrder&wait=1&timeout=1ms").ok()
	assert.Equal(t, 0.0, none["total"], "what there is when the time is over")
	author.get("/_mock/worlds/default/requests?wait=1&timeout=soon").refused("INVALID_REQUEST")
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	_, err := srv.World().AwaitRequests(ctx, mock.RequestFilter{Operation: "cancelOrder"}, 1)
	assert.ErrorIs(t, err, context.DeadlineExceeded)
}

func TestWatchRequests(t *testing.T) {
	srv, c := start(t)
	c.get("/resources/N00001").ok()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, "GET", srv.URL+"/_mock/worlds/default/requests/stream", nil)
	require.NoError(t, err)
	request.Header.Set("Last-Event-ID", "0")
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	assert.Equal(t, "text/event-stream", response.Header.Get("Content-Type"))
	c.get("/resources/N00012").ok()
	lines := bufio.NewScanner(response.Body)
	var paths []string
	for len(paths) < 2 && lines.Scan() {
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			_, rest, _ := strings.Cut(data, `"path":"`)
			path, _, _ := strings.Cut(rest, `"`)
			paths = append(paths, path)
		}
	}
	assert.Equal(t, []string{"/resources/N00001", "/resources/N00012"}, paths)
}

// TestJournalIsEachWorldsOwn: and a call that has no world is shown with the default one.
func TestJournalIsEachWorldsOwn(t *testing.T) {
	srv, c := start(t)
	w, err := srv.NewWorld()
	require.NoError(t, err)
	c.in(w).get("/resources/N00001").ok()
	c.in(w).post("/cancellations", obj{}).refused("ROUTE_NOT_FOUND")
	expired, err := w.SignedToken(time.Now().Add(-time.Second))
	require.NoError(t, err)
	late := &client{t: t, url: srv.URL, token: expired, extra: http.Header{}}
	late.get("/resources/N00001").refused("TOKEN_EXPIRED")
	stranger := &client{t: t, url: srv.URL, extra: http.Header{}}
	stranger.get("/resources/N00001").refused("TOKEN_MISSING")
	assert.Equal(t, 3, w.Requests(mock.RequestFilter{}).Total)
	assert.Equal(t, 1, w.Requests(mock.RequestFilter{Unmatched: true}).Total)
	mine := srv.World().Requests(mock.RequestFilter{})
	require.Equal(t, 1, mine.Total)
	assert.Equal(t, "TOKEN_MISSING", mine.Requests[0].Symbol)
}

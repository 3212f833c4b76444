package journal_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

// obj is a JSON object.
type obj = mocktest.Object

func TestJournal_TellsWhatWasSent(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	w := srv.World()
	c.With("X-Request-ID", "r-1").Post("/orders/lounges/ePasses?verbose=1", obj{"module": 1, "clientUserId": "u-1", "extra": obj{
		"firstName": "Ada", "lastName": "Lovelace", "expirationDate": "2030-12-31T23:59:59+00:00", "availableUsages": 1, "avaliable": 2,
	}}).OK()
	c.Ask(obj{"adultCount": 7}).Refused("PASSENGERS_INVALID")
	c.Post("/cancellations", obj{}).Refused("ROUTE_NOT_FOUND")
	who := w.Credentials()
	c.Post("/auth/token", obj{"clientId": who.ClientID, "secret": who.Secret}).OK()

	all := mocktest.Requests(t, w, mock.RequestFilter{})
	require.Equal(t, 4, all.Total)
	issued, refused, unknown, token := all.Requests[0], all.Requests[1], all.Requests[2], all.Requests[3]
	assert.Equal(t, []any{"createEPass", "POST", "/orders/lounges/ePasses", "vendor", 200, "r-1"},
		[]any{issued.Operation, issued.Method, issued.Path, issued.Origin, issued.Status, issued.RequestID})
	assert.Equal(t, mocktest.Monday, issued.World)
	assert.Contains(t, issued.Request.Body, `"Lovelace"`)
	assert.Contains(t, issued.Response.Body, `"DP00000000000001"`)
	assert.Equal(t, []string{"/extra/avaliable", "query verbose"}, issued.Unread, "accepted, but remembered")
	assert.Equal(t, "Bearer ***", issued.Request.Header["Authorization"])
	assert.Equal(t, "PASSENGERS_INVALID; rule A-044; satisfied by a party of at most 6", refused.Reason)
	assert.Equal(t, []any{"", "mock", 404}, []any{unknown.Operation, unknown.Origin, unknown.Status})
	assert.Equal(t, "cancelOrder (PATCH /orders)", unknown.Nearest[0])
	assert.NotContains(t, token.Request.Body, who.Secret)
	assert.NotContains(t, token.Response.Body, "eyJ")

	assert.Equal(t, 1, mocktest.Requests(t, w, mock.RequestFilter{Symbol: "PASSENGERS_INVALID"}).Total)
	assert.Equal(t, 1, mocktest.Requests(t, w, mock.RequestFilter{Unmatched: true}).Total)
	assert.Len(t, mocktest.Unread(t, w).Fields, 2)
	author := mocktest.Author(t, srv)
	listed := author.Get(mocktest.DefaultWorld + "/requests?operation=createEPass&limit=1").OK()
	assert.Equal(t, []any{1.0, 0.0}, []any{listed["total"], listed["dropped"]})
	assert.Len(t, author.Get(mocktest.DefaultWorld + "/requests/unread").OK()["fields"], 2)
	author.Get(mocktest.DefaultWorld + "/requests?operatoin=x").Refused("INVALID_REQUEST")
	author.Call("DELETE", mocktest.DefaultWorld+"/requests", nil).OK()
	assert.Zero(t, mocktest.Requests(t, w, mock.RequestFilter{}).Total)
}

func TestJournal_Awaited_ReturnsWhenEnoughCame(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	author := mocktest.Author(t, srv)
	type listed struct {
		raw []byte
		err error
	}
	awaited := make(chan listed, 1)
	go func() {
		_, raw, err := author.Send("GET", mocktest.DefaultWorld+"/requests?operation=retrieveResource&wait=3&timeout=1m", nil)
		awaited <- listed{raw, err}
	}()
	for range 3 {
		c.Get("/resources/N00001").OK()
	}
	got := <-awaited
	require.NoError(t, got.err)
	var answer struct{ Data struct{ Total int } }
	require.NoError(t, json.Unmarshal(got.raw, &answer), "%s", got.raw)
	assert.Equal(t, 3, answer.Data.Total)
	none := author.Get(mocktest.DefaultWorld + "/requests?operation=cancelOrder&wait=1&timeout=1ms").OK()
	assert.Equal(t, 0.0, none["total"], "what there is when the time is over")
	author.Get(mocktest.DefaultWorld + "/requests?wait=1&timeout=soon").Refused("INVALID_REQUEST")
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	_, err := srv.World().AwaitRequests(ctx, mock.RequestFilter{Operation: "cancelOrder"}, 1)
	assert.ErrorIs(t, err, context.DeadlineExceeded)
}

func TestJournal_Streamed_SendsOldAndNewRequests(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	c.Get("/resources/N00001").OK()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, "GET", srv.URL+mocktest.DefaultWorld+"/requests/stream", nil)
	require.NoError(t, err)
	request.Header.Set("Last-Event-ID", "0")
	response, err := c.HTTP.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	assert.Equal(t, "text/event-stream", response.Header.Get("Content-Type"))
	c.Get("/resources/N00012").OK()
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

// TestJournal_OfEachWorld_HasItsOwnRequests: and a call that has no world is shown with the default one.
func TestJournal_OfEachWorld_HasItsOwnRequests(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	w := mocktest.NewWorld(t, srv)
	c.In(w).Get("/resources/N00001").OK()
	c.In(w).Post("/cancellations", obj{}).Refused("ROUTE_NOT_FOUND")
	expired, err := w.SignedToken(time.Now().Add(-time.Second))
	require.NoError(t, err)
	late := mocktest.Stranger(t, srv.URL).WithToken(expired)
	late.Get("/resources/N00001").Refused("TOKEN_EXPIRED")
	mocktest.Stranger(t, srv.URL).Get("/resources/N00001").Refused("TOKEN_MISSING")
	assert.Equal(t, 3, mocktest.Requests(t, w, mock.RequestFilter{}).Total)
	assert.Equal(t, 1, mocktest.Requests(t, w, mock.RequestFilter{Unmatched: true}).Total)
	mine := mocktest.Requests(t, srv.World(), mock.RequestFilter{})
	require.Equal(t, 1, mine.Total)
	assert.Equal(t, "TOKEN_MISSING", mine.Requests[0].Symbol)
}

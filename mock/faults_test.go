package mock_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
)

// send sends a booking by hand and answers what the client of Go sees.
func (c *client) send(path, body string) (*http.Response, []byte, error) {
	c.t.Helper()
	request, err := http.NewRequest("POST", c.url+path, strings.NewReader(body))
	require.NoError(c.t, err)
	request.Header.Set("Authorization", "Bearer "+c.token)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, nil, err
	}
	defer response.Body.Close()
	got, err := io.ReadAll(response.Body)
	return response, got, err
}

func bookingText(pass, token string) string {
	return `{"module":1,"ePassId":"` + pass + `","extra":{"prebookingToken":"` + token + `","prebookingRequiredInfo":{"firstName":"Ada",
		"lastName":"Lovelace","email":"ada@example.com","phoneNumber":"8081966002","callingCode":"44","transportNumber":"EK001"}}}`
}

const bookingPath = "/orders/lounges/ePasses/prebooking"

// TestReplyLostAfterTheCommit is the case that clients get wrong: the state has changed and nobody was told.
func TestReplyLostAfterTheCommit(t *testing.T) {
	srv, c := start(t)
	pass := ePassID(c.issue(2))
	token := c.place(pass, "N00001", "2025-09-04T10:30", 1)
	_, err := srv.World().Inject(mock.Fault{On: "createEPassLoungePrebooking", Times: 1, Drop: mock.DropAfter})
	require.NoError(t, err)
	_, _, err = c.send(bookingPath, bookingText(pass, token))
	require.Error(t, err)
	assert.Equal(t, [2]float64{1, 1}, c.usages(pass), "it is booked")
	c.book(pass, token).refused("PREBOOKING_TOKEN_USED") // a naive retry learns it the hard way
	lost := srv.World().Requests(mock.RequestFilter{Operation: "createEPassLoungePrebooking"}).Requests[0]
	assert.Equal(t, []any{"fault", 0, "f1"}, []any{lost.Origin, lost.Status, lost.Fault})
	assert.Contains(t, lost.Response.Body, "DP00000000000002", "the journal knows what the client never saw")
}

func TestRequestLostBeforeTheCommit(t *testing.T) {
	srv, c := start(t)
	pass := ePassID(c.issue(2))
	token := c.place(pass, "N00001", "2025-09-04T10:30", 1)
	_, err := srv.World().Inject(mock.Fault{On: "createEPassLoungePrebooking", Times: 1, Drop: mock.DropBefore})
	require.NoError(t, err)
	_, _, err = c.send(bookingPath, bookingText(pass, token))
	require.Error(t, err)
	assert.Equal(t, [2]float64{2, 0}, c.usages(pass), "nothing has happened")
	c.book(pass, token).ok()
}

func TestInjectedFailureWearsTheVendorsEnvelope(t *testing.T) {
	srv, c := start(t)
	_, err := srv.World().Inject(mock.Fault{On: "retrieveResource", Times: 2, Error: dragonpass.ServiceUnavailable})
	require.NoError(t, err)
	for range 2 {
		got := c.get("/resources/N00001")
		got.refused("SERVICE_UNAVAILABLE")
		assert.Equal(t, []any{503, "fault"}, []any{got.Status, got.Header.Get("X-Mock-Origin")})
	}
	c.get("/resources/N00001").ok()
	assert.Equal(t, 2, srv.World().Faults()[0].Hits)
	_, err = srv.World().Inject(mock.Fault{On: "retrieveResorce", Error: dragonpass.ServiceUnavailable})
	assert.ErrorContains(t, err, "retrieveResource", "an unknown operation is refused when it is written")
	assert.Len(t, srv.World().Faults(), 1)
	srv.World().ClearFaults()
	assert.Empty(t, srv.World().Faults())
}

func TestBrokenAnswers(t *testing.T) {
	srv, c := start(t)
	n := 10
	_, err := srv.World().Inject(mock.Fault{On: "retrieveEPass", Times: 1, Truncate: &n}, mock.Fault{On: "retrieveEPass", Times: 1, Malformed: true})
	require.NoError(t, err)
	body := `{"ePassId":"` + ePassID(c.issue(1)) + `"}`
	_, got, err := c.send("/orders/ePasses/search", body)
	assert.True(t, errors.Is(err, io.ErrUnexpectedEOF), "%v", err)
	assert.Len(t, got, n)
	response, got, err := c.send("/orders/ePasses/search", body)
	require.NoError(t, err)
	assert.Equal(t, 200, response.StatusCode)
	assert.NotContains(t, string(got), "}}}", "it is no JSON")
	c.post("/orders/ePasses/search", body).ok()
}

// TestRateLimitGoesByTheWorldsClock: Retry-After is over when the world's clock says so, and no test waits.
func TestRateLimitGoesByTheWorldsClock(t *testing.T) {
	srv, c := start(t)
	author := &client{t: t, url: srv.URL, extra: http.Header{}}
	author.call("PUT", "/_mock/worlds/default/faults", obj{"faults": []obj{{"on": "*", "rateLimit": obj{"requests": 2, "per": "1m"}}}}).ok()
	c.get("/resources/N00001").ok()
	c.get("/resources/N00001").ok()
	got := c.get("/resources/N00001")
	got.refused("RATE_LIMITED")
	assert.Equal(t, []any{429, "60"}, []any{got.Status, got.Header.Get("Retry-After")})
	_, err := srv.World().Advance(time.Minute)
	require.NoError(t, err)
	c.get("/resources/N00001").ok()
}

func TestFaultsOverTheControlPlane(t *testing.T) {
	srv, c := start(t)
	author := &client{t: t, url: srv.URL, extra: http.Header{}}
	const faults = "/_mock/worlds/default/faults"
	author.post(faults, obj{"on": "retrieveResource", "respond": obj{"status": 418, "headers": obj{"X-Tea": "pot"}, "body": "short and stout"}}).ok()
	got := c.get("/resources/N00001")
	assert.Equal(t, []any{418, "pot", "short and stout"}, []any{got.Status, got.Header.Get("X-Tea"), string(got.Raw)})
	rules := author.get(faults).ok()["faults"].([]any)
	assert.Equal(t, []any{"f1", 1.0}, []any{rules[0].(obj)["id"], rules[0].(obj)["hits"]})
	message := author.call("PUT", faults, obj{"faults": []obj{{"on": "x", "error": "NOPE"}, {"on": "*"}}}).refused("INVALID_REQUEST")
	for _, want := range []string{"/faults/0/on", "/faults/0/error", "/faults/1"} {
		assert.Contains(t, message, want)
	}
	assert.Len(t, author.get(faults).ok()["faults"], 1, "nothing has changed")
	author.call("DELETE", faults+"/f1", nil).ok()
	author.call("DELETE", faults+"/f1", nil).refused("VALUE_NOT_FOUND")
	c.get("/resources/N00001").ok()
}

// TestFaultDiceRewind: after a rewind the same calls meet the same faults, and so they do in a fork.
func TestFaultDiceRewind(t *testing.T) {
	srv, c := start(t)
	w := srv.World()
	half := 0.5
	_, err := w.Inject(mock.Fault{On: "retrieveResource", Probability: &half, Error: dragonpass.ServiceUnavailable})
	require.NoError(t, err)
	require.NoError(t, w.Checkpoint("dice"))
	throw := func(c *client) (seen []int) {
		for range 32 {
			seen = append(seen, c.get("/resources/N00001").Status)
		}
		return seen
	}
	first := throw(c)
	assert.Contains(t, first, 200)
	assert.Contains(t, first, 503)
	require.NoError(t, w.Rewind("dice"))
	fork, err := w.Fork()
	require.NoError(t, err)
	assert.Equal(t, first, throw(c))
	assert.Equal(t, first, throw(c.in(fork)))
	w.Reset()
	assert.Empty(t, w.Faults(), "a reset goes back to how the world was made")
}

// TestFaultsByPath: a rule may name the path as it is called, or as the document writes it.
func TestFaultsByPath(t *testing.T) {
	srv, c := start(t)
	for on, hit := range map[string]bool{
		"GET /resources/N00001": true, "/resources/{resourceId}": true, "/resources/*": true, "/resources/N00012": false, "POST /resources/N00001": false,
	} {
		srv.World().ClearFaults()
		_, err := srv.World().Inject(mock.Fault{On: on, Error: "SERVICE_UNAVAILABLE"})
		require.NoError(t, err)
		for _, base := range []string{"", "/v1", "/api/v1"} {
			if got := c.get(base + "/resources/N00001"); hit {
				got.refused("SERVICE_UNAVAILABLE")
			} else {
				got.ok()
			}
		}
	}
}

// TestAddFault_BeyondTheBound_ChangesNothing holds that a rule too many is refused, and that the rules can still be listed.
func TestAddFault_BeyondTheBound_ChangesNothing(t *testing.T) {
	srv, _ := start(t)
	author := &client{t: t, url: srv.URL, extra: http.Header{}}
	const faults = "/_mock/worlds/default/faults"
	rule := obj{"on": "/nothing", "malformed": true}
	rules := make([]obj, 999)
	for i := range rules {
		rules[i] = rule
	}
	author.call("PUT", faults, obj{"faults": rules}).ok()
	author.post(faults, rule).ok()
	assert.Contains(t, author.post(faults, rule).refused("INVALID_REQUEST"), "at most 1000 fault rules")
	assert.Len(t, author.get(faults).ok()["faults"], 1000)
	_, err := srv.World().Inject(mock.Fault{On: "/nothing", Malformed: true})
	assert.ErrorContains(t, err, "at most 1000 fault rules")
	assert.Len(t, srv.World().Faults(), 1000)
}

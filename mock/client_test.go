package mock_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
)

// client is a client of the vendor, as a test writes one.
type client struct {
	t     testing.TB
	url   string
	token string
	extra http.Header // on every call
}

func newClient(t testing.TB, srv *mock.Server) *client {
	return &client{t: t, url: srv.URL, token: srv.World().Token(), extra: http.Header{}}
}

// with is the client with one more header.
func (c *client) with(name, value string) *client {
	copied := *c
	copied.extra = c.extra.Clone()
	copied.extra.Set(name, value)
	return &copied
}

// answer is what came back.
type answer struct {
	t      testing.TB
	Status int
	Header http.Header
	Raw    []byte
	Body   map[string]any
}

// call sends one request; a string body goes as it is, anything else as JSON, nil not at all.
func (c *client) call(method, path string, body any) answer {
	c.t.Helper()
	var reader io.Reader
	switch body := body.(type) {
	case nil:
	case string:
		reader = strings.NewReader(body)
	default:
		data, err := json.Marshal(body)
		require.NoError(c.t, err)
		reader = bytes.NewReader(data)
	}
	request, err := http.NewRequest(method, c.url+path, reader)
	require.NoError(c.t, err)
	request.Header.Set("Content-Type", "application/json")
	if c.token != "" {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	for name, values := range c.extra {
		request.Header[name] = values
	}
	response, err := http.DefaultClient.Do(request)
	require.NoError(c.t, err)
	defer response.Body.Close()
	a := answer{t: c.t, Status: response.StatusCode, Header: response.Header}
	a.Raw, err = io.ReadAll(response.Body)
	require.NoError(c.t, err)
	if len(a.Raw) > 0 && strings.HasPrefix(response.Header.Get("Content-Type"), "application/json") {
		require.NoError(c.t, json.Unmarshal(a.Raw, &a.Body), "%s", a.Raw)
	}
	return a
}

func (c *client) post(path string, body any) answer { c.t.Helper(); return c.call("POST", path, body) }
func (c *client) get(path string) answer            { c.t.Helper(); return c.call("GET", path, nil) }

// ok asserts a success and answers its data.
func (a answer) ok() map[string]any {
	a.t.Helper()
	require.Equal(a.t, 200, a.Status, "%s", a.Raw)
	require.Equal(a.t, 0.0, a.Body["code"])
	data, _ := a.Body["data"].(map[string]any)
	return data
}

// refused asserts a refusal by symbol, and that it wears the vendor's envelope.
func (a answer) refused(symbol string) string {
	a.t.Helper()
	require.Equal(a.t, symbol, a.Header.Get("X-Mock-Error"), "%d %s", a.Status, a.Raw)
	assert.IsType(a.t, "", a.Body["code"])
	message, _ := a.Body["message"].(string)
	assert.NotEmpty(a.t, message)
	assert.Len(a.t, a.Body, 2)
	return message
}

// dig follows member names into an object.
func dig(object map[string]any, names ...string) any {
	var v any = object
	for _, name := range names {
		m, _ := v.(map[string]any)
		v = m[name]
	}
	return v
}

type obj = map[string]any

// issue issues a lounge pass for so many persons.
func (c *client) issue(usages int) map[string]any {
	c.t.Helper()
	return c.post("/orders/lounges/ePasses", obj{"module": 1, "clientUserId": "u-1", "extra": obj{
		"firstName": "Ada", "lastName": "Lovelace", "expirationDate": "2030-12-31T23:59:59+00:00", "availableUsages": usages,
	}}).ok()
}

// ePassID is the id of a pass that was issued.
func ePassID(order map[string]any) string { return dig(order, "extra", "ePassId").(string) }

// token asks for a place and answers its token.
func (c *client) place(ePassID, resourceID, date string, adults int) string {
	c.t.Helper()
	body := obj{"module": 1, "resourceId": resourceID, "prebookingDate": date, "adultCount": adults, "childCount": 0}
	if ePassID != "" {
		body["ePassId"] = ePassID
	}
	data := c.post("/resources/prebookings/availability", body).ok()
	require.Equal(c.t, true, data["available"], "%v", data)
	return data["prebookingToken"].(string)
}

// adaInfo has all the data that any resource asks for.
var adaInfo = obj{
	"firstName": "Ada", "lastName": "Lovelace", "email": "ada@example.com", "phoneNumber": "8081966002", "callingCode": "44", "transportNumber": "EK001",
}

// book turns a token into an order.
func (c *client) book(ePassID, token string) answer {
	c.t.Helper()
	return c.post("/orders/lounges/ePasses/prebooking", booking(ePassID, token))
}

func booking(ePassID, token string) obj {
	return obj{"module": 1, "ePassId": ePassID, "extra": obj{"prebookingToken": token, "prebookingRequiredInfo": adaInfo}}
}

// usages reads available and used of a pass.
func (c *client) usages(ePassID string) [2]float64 {
	c.t.Helper()
	pass := c.post("/orders/ePasses/search", obj{"ePassId": ePassID}).ok()
	return [2]float64{dig(pass, "extra", "availableUsages").(float64), dig(pass, "extra", "usedUsages").(float64)}
}

// monday is when most tests begin: 09:00 in London, 2025-09-01.
var monday = time.Date(2025, 9, 1, 8, 0, 0, 0, time.UTC)

// start runs a server whose clock stands on [monday].
func start(t testing.TB, opts ...mock.Option) (*mock.Server, *client) {
	t.Helper()
	srv := mock.Start(t, append([]mock.Option{mock.WithClock(monday)}, opts...)...)
	return srv, newClient(t, srv)
}

package mock_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
)

func author(t *testing.T, url string) *client { return &client{t: t, url: url, extra: http.Header{}} }

func TestControlToken(t *testing.T) {
	srv := mock.Start(t, mock.WithControlToken("sesame"))
	a := author(t, srv.URL)
	assert.Equal(t, 200, a.get("/_mock/health").Status, "probes have no token")
	assert.Contains(t, a.get("/_mock/worlds").refused("TOKEN_MISSING"), "Bearer")
	assert.Contains(t, a.get("/_mock/nowhere").refused("TOKEN_MISSING"), "Bearer", "nobody learns what is there")
	a.with("Authorization", "Basic sesame").get("/_mock/worlds").refused("TOKEN_MISSING")
	for _, wrong := range []string{"sesam", "sesame!", "SESAME", srv.World().Token()} {
		got := a.with("Authorization", "Bearer "+wrong).get("/_mock/worlds")
		got.refused("TOKEN_INVALID")
		assert.Equal(t, 401, got.Status)
		assert.Equal(t, `Bearer realm="dragonmock control plane"`, got.Header.Get("WWW-Authenticate"))
		assert.NotContains(t, string(got.Raw), "sesame")
	}
	for _, scheme := range []string{"Bearer", "bearer"} {
		a.with("Authorization", scheme+" sesame").with("Origin", "http://elsewhere.example").get("/_mock/worlds").ok()
	}
	newClient(t, srv).issue(1) // the vendor's surface asks for nothing more
	mock.Play(t, srv, "reset") // nor does a player of this process
	_, err := mock.New(mock.WithControlToken("two words"))
	assert.ErrorContains(t, err, "one word")
	_, err = srv.NewWorld(mock.WithControlToken("sesame"))
	assert.ErrorContains(t, err, "option of a server")
}

// TestControlOrigins: without a token, a page of somebody else must not reach a server on its reader's machine.
func TestControlOrigins(t *testing.T) {
	srv := mock.Start(t)
	a := author(t, srv.URL)
	a.with("Origin", srv.URL).post("/_mock/worlds/default/reset", nil).ok()
	for _, origin := range []string{"http://elsewhere.example", "null", "https" + srv.URL[4:], "http://127.0.0.1"} {
		got := a.with("Origin", origin).post("/_mock/worlds/default/reset", nil)
		assert.Contains(t, got.refused("ORIGIN_NOT_ALLOWED"), origin)
		assert.Equal(t, 403, got.Status)
		assert.Empty(t, got.Header.Get("Access-Control-Allow-Origin"))
		preflight := a.with("Origin", origin).call("OPTIONS", "/_mock/worlds", nil)
		preflight.refused("ORIGIN_NOT_ALLOWED")
		assert.Empty(t, preflight.Header.Get("Access-Control-Allow-Origin"))
		assert.Equal(t, 200, a.with("Origin", origin).get("/_mock/health").Status)
	}
	secure := httptest.NewTLSServer(srv.Handler())
	defer secure.Close()
	request := httptest.NewRequest("GET", secure.URL+"/_mock/worlds", nil)
	request.Header.Set("Origin", secure.URL)
	request.RequestURI = ""
	response, err := secure.Client().Do(request)
	require.NoError(t, err)
	response.Body.Close()
	assert.Equal(t, 200, response.StatusCode, "the scheme is the one that was used")
}

func TestControlApart(t *testing.T) {
	srv := mock.Start(t, mock.WithControlApart(), mock.WithControlToken("sesame"))
	plane := httptest.NewServer(srv.ControlHandler())
	defer plane.Close()
	vendor, control := author(t, srv.URL), author(t, plane.URL).with("Authorization", "Bearer sesame")

	assert.Equal(t, 200, vendor.get("/_mock/health").Status)
	for _, path := range []string{"/_mock", "/_mock/worlds", "/_mock/openapi/control.yaml"} {
		got := vendor.with("Authorization", "Bearer sesame").get(path)
		assert.Contains(t, got.refused("ROUTE_NOT_FOUND"), "Nearest")
	}
	control.get("/_mock/worlds").ok()
	author(t, plane.URL).get("/_mock/worlds").refused("TOKEN_MISSING")
	assert.Equal(t, 200, control.get("/_mock/health").Status)
	control.get("/transportHubs").refused("ROUTE_NOT_FOUND")
	control.get("/api/v1/transportHubs").refused("ROUTE_NOT_FOUND")
	mock.Play(t, srv, "reset")
}

func TestControlOff(t *testing.T) {
	srv := mock.Start(t, mock.WithoutControl())
	plane := httptest.NewServer(srv.ControlHandler())
	defer plane.Close()
	for _, url := range []string{srv.URL, plane.URL} {
		a := author(t, url)
		assert.Equal(t, 200, a.get("/_mock/health").Status)
		a.get("/_mock/worlds").refused("ROUTE_NOT_FOUND")
		a.post("/_mock/worlds/default/reset", nil).refused("ROUTE_NOT_FOUND")
	}
	newClient(t, srv).issue(1)
	mock.Play(t, srv, "reset")
}

package control_test

import (
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

func TestControlToken_Missing_IsRefused(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t, mock.WithControlToken("sesame"))
	a := mocktest.Author(t, srv)
	assert.Equal(t, 200, a.Get("/_mock/health").Status, "probes have no token")
	assert.Contains(t, a.Get("/_mock/worlds").Refused("TOKEN_MISSING"), "Bearer")
	assert.Contains(t, a.Get("/_mock/nowhere").Refused("TOKEN_MISSING"), "Bearer", "nobody learns what is there")
	a.With("Authorization", "Basic sesame").Get("/_mock/worlds").Refused("TOKEN_MISSING")
	for _, wrong := range []string{"sesam", "sesame!", "SESAME", srv.World().Token()} {
		got := a.With("Authorization", "Bearer "+wrong).Get("/_mock/worlds")
		got.Refused("TOKEN_INVALID")
		assert.Equal(t, 401, got.Status)
		assert.Equal(t, `Bearer realm="dragonmock control plane"`, got.Header.Get("WWW-Authenticate"))
		assert.NotContains(t, string(got.Raw), "sesame")
	}
	for _, scheme := range []string{"Bearer", "bearer"} {
		a.With("Authorization", scheme+" sesame").With("Origin", "http://elsewhere.example").Get("/_mock/worlds").OK()
	}
	mocktest.NewClient(t, srv).Issue(1) // the vendor's surface asks for nothing more
	mock.Play(t, srv, "reset")          // nor does a player of this process
	_, err := mock.New(mock.WithControlToken("two words"))
	assert.ErrorContains(t, err, "one word")
}

// TestControlOrigin_Foreign_IsRefused: without a token, a page of somebody else must not reach a server on its reader's
// machine.
func TestControlOrigin_Foreign_IsRefused(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t)
	a := mocktest.Author(t, srv)
	a.With("Origin", srv.URL).Post(mocktest.DefaultWorld+"/reset", nil).OK()
	for _, origin := range []string{"http://elsewhere.example", "null", "https" + srv.URL[4:], "http://127.0.0.1"} {
		got := a.With("Origin", origin).Post(mocktest.DefaultWorld+"/reset", nil)
		assert.Contains(t, got.Refused("ORIGIN_NOT_ALLOWED"), origin)
		assert.Equal(t, 403, got.Status)
		assert.Empty(t, got.Header.Get("Access-Control-Allow-Origin"))
		preflight := a.With("Origin", origin).Call("OPTIONS", "/_mock/worlds", nil)
		preflight.Refused("ORIGIN_NOT_ALLOWED")
		assert.Empty(t, preflight.Header.Get("Access-Control-Allow-Origin"))
		assert.Equal(t, 200, a.With("Origin", origin).Get("/_mock/health").Status)
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

func TestControlApart_IsOnItsOwnPortOnly(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t, mock.WithControlApart(), mock.WithControlToken("sesame"))
	plane := httptest.NewServer(srv.ControlHandler())
	defer plane.Close()
	vendor, control := mocktest.Author(t, srv), mocktest.Stranger(t, plane.URL).With("Authorization", "Bearer sesame")

	assert.Equal(t, 200, vendor.Get("/_mock/health").Status)
	for _, path := range []string{"/_mock", "/_mock/worlds", "/_mock/openapi/control.yaml"} {
		got := vendor.With("Authorization", "Bearer sesame").Get(path)
		assert.Contains(t, got.Refused("ROUTE_NOT_FOUND"), "Nearest")
	}
	control.Get("/_mock/worlds").OK()
	mocktest.Stranger(t, plane.URL).Get("/_mock/worlds").Refused("TOKEN_MISSING")
	assert.Equal(t, 200, control.Get("/_mock/health").Status)
	control.Get("/transportHubs").Refused("ROUTE_NOT_FOUND")
	control.Get("/api/v1/transportHubs").Refused("ROUTE_NOT_FOUND")
	mock.Play(t, srv, "reset")
}

func TestControlOff_AnswersHealthOnly(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t, mock.WithoutControl())
	plane := httptest.NewServer(srv.ControlHandler())
	defer plane.Close()
	for _, url := range []string{srv.URL, plane.URL} {
		a := mocktest.Stranger(t, url)
		assert.Equal(t, 200, a.Get("/_mock/health").Status)
		a.Get("/_mock/worlds").Refused("ROUTE_NOT_FOUND")
		a.Post(mocktest.DefaultWorld+"/reset", nil).Refused("ROUTE_NOT_FOUND")
	}
	mocktest.NewClient(t, srv).Issue(1)
	mock.Play(t, srv, "reset")
}

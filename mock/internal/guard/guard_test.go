package guard_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
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

// TestControlToken_PagesMayCall: with a token every page may ask, and read what it is answered.
func TestControlToken_PagesMayCall(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t, mock.WithControlToken("sesame"))
	page := mocktest.Author(t, srv).With("Origin", "http://localhost:3000")
	for _, path := range []string{"/_mock/worlds", "/_mock/health", "/_mock/nowhere", "/metrics", mocktest.DefaultWorld + "/clock"} {
		asked := page.With("Access-Control-Request-Method", "PATCH").With("Access-Control-Request-Headers", "authorization,x-mock-explain").Call("OPTIONS", path, nil)
		assert.Equal(t, 204, asked.Status, path)
		assert.Equal(t, "*", asked.Header.Get("Access-Control-Allow-Origin"))
		assert.Equal(t, "authorization,x-mock-explain", asked.Header.Get("Access-Control-Allow-Headers"), "old browsers take no star")
		for _, method := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
			assert.Contains(t, asked.Header.Get("Access-Control-Allow-Methods"), method)
		}
	}
	anything := page.With("Access-Control-Request-Method", "GET").With("Access-Control-Request-Private-Network", "true").Call("OPTIONS", "/_mock/worlds", nil)
	assert.Equal(t, "*, Authorization", anything.Header.Get("Access-Control-Allow-Headers"))
	assert.Equal(t, "true", anything.Header.Get("Access-Control-Allow-Private-Network"))
	page.Call("OPTIONS", "/_mock/worlds", nil).Refused("TOKEN_MISSING") // no preflight: it asks for no method

	for name, got := range map[string]mocktest.Answer{
		"an answer":          page.With("Authorization", "Bearer sesame").With("X-Mock-Explain", "1").Get("/_mock/worlds"),
		"a refusal":          page.With("Authorization", "Bearer sesame").With("X-Mock-Explain", "1").Get("/_mock/worlds/none/clock"),
		"without the token":  page.With("X-Mock-Explain", "1").Get("/_mock/worlds"),
		"health":             page.Get("/_mock/health"),
		"metrics":            page.With("Authorization", "Bearer sesame").Get("/metrics"),
		"a list":             page.With("Authorization", "Bearer sesame").Get("/_mock"),
		"from nowhere known": mocktest.Author(t, srv).With("Origin", "null").Get("/_mock/health"),
	} {
		assert.Equal(t, "*", got.Header.Get("Access-Control-Allow-Origin"), name)
		shown := strings.Split(got.Header.Get("Access-Control-Expose-Headers"), ", ")
		assert.Contains(t, shown, "*", name)
		for header := range got.Header {
			if strings.HasPrefix(header, "X-") || header == "Www-Authenticate" {
				assert.True(t, slices.ContainsFunc(shown, func(s string) bool { return strings.EqualFold(s, header) }), "%s: %s is not exposed", name, header)
			}
		}
	}
}

// TestHost_OnLoopback_OnlyItsNames: a page whose name was made to mean 127.0.0.1 has the server's origin.
func TestHost_OnLoopback_OnlyItsNames(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t)
	_, port, err := net.SplitHostPort(strings.TrimPrefix(srv.URL, "http://"))
	require.NoError(t, err)
	for host, refused := range map[string]string{
		"localhost:" + port: "", "LOCALHOST.:" + port: "", "api.localhost": "", "127.0.0.1:" + port: "", "127.0.0.9": "", "[::1]:" + port: "", "0.0.0.0:" + port: "",
		"host.docker.internal:" + port: "",
		"evil.example:" + port:         "HOST_NOT_ALLOWED", "evil.example": "HOST_NOT_ALLOWED", "localhost.evil.example": "HOST_NOT_ALLOWED", "127.0.0.1.evil.example:" + port: "HOST_NOT_ALLOWED",
		"192.168.0.1:" + port: "HOST_NOT_ALLOWED", "dragonpass:" + port: "HOST_NOT_ALLOWED", "notlocalhost": "HOST_NOT_ALLOWED", "host.internal.example": "HOST_NOT_ALLOWED",
	} {
		for _, path := range []string{"/_mock/worlds", "/_mock", "/metrics", "/_mock/openapi/control.yaml"} {
			got := ask(t, srv.URL, host, path, nil)
			assert.Equal(t, refused, got.Header.Get("X-Mock-Error"), "%s %s", host, path)
			if refused != "" {
				assert.Equal(t, 403, got.StatusCode)
			}
		}
		assert.Equal(t, 200, ask(t, srv.URL, host, "/_mock/health", nil).StatusCode, "probes use any name")
		assert.Equal(t, "TOKEN_MISSING", ask(t, srv.URL, host, "/api/v1/transportHubs", nil).Header.Get("X-Mock-Error"), "the vendor's surface has a guard of its own")
	}
	evil := map[string]string{"Origin": "http://evil.example:" + port}
	assert.Equal(t, "HOST_NOT_ALLOWED", ask(t, srv.URL, "evil.example:"+port, "/_mock/worlds", evil).Header.Get("X-Mock-Error"))
	assert.Equal(t, "ORIGIN_NOT_ALLOWED", ask(t, srv.URL, "localhost:"+port, "/_mock/worlds", evil).Header.Get("X-Mock-Error"))
	for _, other := range []string{"http://localhost:3000", "http://127.0.0.1:" + port} { // the port or the name is another
		assert.Equal(t, "ORIGIN_NOT_ALLOWED", ask(t, srv.URL, "localhost:"+port, "/_mock/worlds", map[string]string{"Origin": other}).Header.Get("X-Mock-Error"), other)
	}
	assert.Equal(t, 200, ask(t, srv.URL, "localhost:"+port, "/_mock/worlds", map[string]string{"Origin": "http://localhost:" + port}).StatusCode)

	guarded := mock.Start(t, mock.WithControlToken("sesame"))
	assert.Equal(t, 200, ask(t, guarded.URL, "evil.example", "/_mock/worlds", map[string]string{"Authorization": "Bearer sesame", "Origin": "http://evil.example"}).StatusCode, "the token is the guard")
}

// TestHost_OnAllAddresses_AnyName: a container is called by names that nobody can list. An origin that anybody can
// register is a page all the same.
func TestHost_OnAllAddresses_AnyName(t *testing.T) {
	t.Parallel()
	srv, err := mock.New()
	require.NoError(t, err)
	defer srv.Close()
	listener, err := net.Listen("tcp", ":0")
	require.NoError(t, err)
	server := srv.HTTPServer()
	go server.Serve(listener)
	defer server.Close()
	url := "http://127.0.0.1:" + strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
	for host, pages := range map[string]int{
		"dragonpass:8080": 200, "localhost:8080": 200, "172.17.0.2:8080": 200, "[fd00::2]:8080": 200, "dragonpass.default.svc.cluster.local:8080": 403, "evil.example:8080": 403,
	} {
		assert.Equal(t, 200, ask(t, url, host, "/_mock/worlds", nil).StatusCode, host)
		assert.Equal(t, pages, ask(t, url, host, "/_mock/worlds", map[string]string{"Origin": "http://" + host}).StatusCode, host)
		assert.Equal(t, 403, ask(t, url, host, "/_mock/worlds", map[string]string{"Origin": "http://localhost:3000"}).StatusCode, host)
	}
}

// TestHost_OfAServerOfOnesOwn: where nobody noted the listener, the connection tells.
func TestHost_OfAServerOfOnesOwn(t *testing.T) {
	t.Parallel()
	srv, err := mock.New()
	require.NoError(t, err)
	defer srv.Close()
	own := httptest.NewServer(srv.Handler())
	defer own.Close()
	assert.Equal(t, 403, ask(t, own.URL, "evil.example", "/_mock/worlds", nil).StatusCode)
	assert.Equal(t, 200, ask(t, own.URL, "localhost", "/_mock/worlds", nil).StatusCode)
}

// ask sends a GET with a Host of its own.
func ask(t *testing.T, url, host, path string, header map[string]string) *http.Response {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), "GET", url+path, nil)
	require.NoError(t, err)
	request.Host = host
	for name, value := range header {
		request.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	response.Body.Close()
	return response
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

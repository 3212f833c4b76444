package lobby_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/mocktest"
	"dragonmock/openapi"
)

// TestLists: whoever looks around finds what is there, and can call it.
func TestLists(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t)
	a := mocktest.Author(t, srv)
	listed := func(a *mocktest.Client, path string) (calls []string) {
		got := a.Get(path)
		require.Equal(t, 200, got.Status, "%s: %s", path, got.Raw)
		assert.Equal(t, "mock", got.Header.Get("X-Mock-Origin"))
		for _, e := range got.Body["there"].([]any) {
			calls = append(calls, e.(mocktest.Object)["call"].(string))
			assert.NotEmpty(t, e.(mocktest.Object)["is"])
		}
		return calls
	}
	assert.Equal(t, []string{"ANY /api/v1/*", "ANY /api/v2/*", "GET /_mock/openapi", "GET /_mock", "GET /metrics", "GET /_mock/health"}, listed(a, "/"))
	for _, call := range append(listed(a, "/")[2:], listed(a, "/_mock/openapi")...) {
		assert.Equal(t, 200, a.Get(strings.TrimPrefix(call, "GET ")).Status, call)
	}
	document := load(t, openapi.Control)
	var operations []string
	for _, op := range document.Operations() {
		operations = append(operations, op.Method+" /_mock"+op.Path)
	}
	assert.Subset(t, listed(a, "/_mock"), operations)
	assert.Equal(t, listed(a, "/_mock"), listed(a, "/_mock/"))
	assert.Contains(t, listed(a, "/_mock/openapi/"), "GET /_mock/openapi/"+openapi.V1)
	a.Post("/", nil).Refused("ROUTE_NOT_FOUND")
	assert.Contains(t, a.Get("/_mock/openapi/contrl.yaml").Refused("ROUTE_NOT_FOUND"), "did you mean control.yaml?")

	apart := mock.Start(t, mock.WithControlApart(), mock.WithControlToken("sesame"))
	plane := httptest.NewServer(apart.ControlHandler())
	defer plane.Close()
	assert.Equal(t, []string{"ANY /api/v1/*", "ANY /api/v2/*", "GET /_mock/health"}, listed(mocktest.Author(t, apart), "/"))
	mocktest.Stranger(t, plane.URL).Get("/").Refused("TOKEN_MISSING")
	assert.Subset(t, listed(mocktest.Stranger(t, plane.URL).With("Authorization", "Bearer sesame"), "/"), operations)
	mocktest.Author(t, mock.Start(t, mock.WithoutControl())).Get("/_mock").Refused("ROUTE_NOT_FOUND")
}

// TestWhatBrowsersAskFor_IsInNoJournal, nor is a look around.
func TestWhatBrowsersAskFor_IsInNoJournal(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t)
	a := mocktest.Author(t, srv)
	for path, status := range map[string]int{
		"/favicon.ico": 404, "/robots.txt": 200, "/apple-touch-icon-precomposed.png": 404, "/.well-known/appspecific/com.chrome.devtools.json": 404, "/": 200,
	} {
		for _, method := range []string{"GET", "HEAD"} {
			assert.Equal(t, status, a.Call(method, path, nil).Status, path)
		}
	}
	assert.Equal(t, 0.0, a.Get(mocktest.DefaultWorld + "/requests").OK()["total"])
	a.Get("/nowhere").Refused("ROUTE_NOT_FOUND")
	a.Post("/favicon.ico", "{}").Refused("ROUTE_NOT_FOUND")
	assert.Equal(t, 2.0, a.Get(mocktest.DefaultWorld + "/requests").OK()["total"])
}

// TestHead_IsGetWithoutABody, on every GET that there is, with the same status and header.
func TestHead_IsGetWithoutABody(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	a := mocktest.Author(t, srv)
	word := strings.NewReplacer("{id}", "default", "{transportHubId}", "A10045", "{resourceId}", "N00001", "{file}", openapi.V1, "{value}", c.Issue(1)["extra"].(mocktest.Object)["ePassId"].(string))
	paths := map[string]*mocktest.Client{"/": a, "/_mock": a, "/_mock/openapi": a, "/metrics": a, "/nowhere": a, "/_mock/nowhere": a}
	for _, op := range load(t, openapi.Control).Operations() {
		if op.Method == "GET" && op.ID != "streamRequests" {
			paths["/_mock"+word.Replace(op.Path)] = a
		}
	}
	for _, op := range load(t, openapi.V1).Operations() {
		if op.Method == "GET" {
			paths["/api/v1"+word.Replace(op.Path)], paths[word.Replace(op.Path)] = c, c
		}
	}
	for _, op := range load(t, openapi.V2).Operations() {
		if op.Method == "GET" {
			paths["/api/v2"+word.Replace(op.Path)] = c
		}
	}
	assert.Greater(t, len(paths), 20)
	for path, client := range paths {
		get, head := client.Get(path), client.Call("HEAD", path, nil)
		assert.Equal(t, get.Status, head.Status, path)
		assert.Empty(t, head.Raw, path)
		assert.Equal(t, get.Header.Get("Content-Type"), head.Header.Get("Content-Type"), path)
		assert.Equal(t, get.Header.Get("X-Mock-Error"), head.Header.Get("X-Mock-Error"), path)
		if get.Status == 200 {
			assert.NotContains(t, path, "nowhere")
		}
	}
	stream := a.Call("HEAD", mocktest.DefaultWorld+"/requests/stream", nil) // it ends
	assert.Equal(t, "text/event-stream", stream.Header.Get("Content-Type"))
}

// TestOptions_SaysWhatAPathTakes, and so does a refusal of another method.
func TestOptions_SaysWhatAPathTakes(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	for path, allowed := range map[string]string{
		"/api/v1/transportHubs": "OPTIONS, GET, HEAD", "/orders": "OPTIONS, PATCH", "/v1/orders/lounges/ePasses/prebooking": "OPTIONS, POST",
		"/_mock/health": "OPTIONS, GET, HEAD", mocktest.DefaultWorld + "/faults": "OPTIONS, GET, HEAD, POST, PUT", mocktest.DefaultWorld + "/requests": "OPTIONS, DELETE, GET, HEAD",
		"/metrics": "OPTIONS, GET, HEAD",
	} {
		got := c.WithToken("").Call("OPTIONS", path, nil)
		assert.Equal(t, 204, got.Status, path)
		assert.Equal(t, allowed, got.Header.Get("Allow"), path)
		wrong := mocktest.Author(t, srv).Call("TRACE", path, nil)
		assert.Contains(t, wrong.Refused("METHOD_NOT_ALLOWED"), "it knows "+strings.TrimPrefix(allowed, "OPTIONS, "), path)
		got2 := strings.Split(wrong.Header.Get("Allow"), ", ")
		want := strings.Split(allowed, ", ")
		slices.Sort(got2)
		slices.Sort(want)
		assert.Equal(t, want, got2, path)
		assert.Equal(t, 405, wrong.Status)
		small := c.Call("patch", path, nil)
		assert.Contains(t, small.Refused("METHOD_NOT_ALLOWED"), "capitals", path)
	}
}

// TestLog_TellsWhatNoDocumentHas: at debug every request is a line, and what programs ask unasked is no refusal.
func TestLog_TellsWhatNoDocumentHas(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	level := slog.HandlerOptions{Level: slog.LevelDebug}
	h := mock.Start(t, mock.WithLog(slog.New(slog.NewTextHandler(&log, &level))), mock.WithControlToken("sesame")).Handler()
	for call, want := range map[string]string{
		"GET /":                 "level=DEBUG msg=request method=GET path=/ status=200",
		"GET /_mock":            "level=DEBUG msg=request method=GET path=/_mock status=200",
		"OPTIONS /_mock":        "level=DEBUG msg=request method=OPTIONS path=/_mock status=204",
		"DELETE /_mock/openapi": "level=INFO msg=refused method=DELETE path=/_mock/openapi status=405",
		"GET /robots.txt":       "level=DEBUG msg=request method=GET path=/robots.txt status=200",
		"GET /favicon.ico":      "level=DEBUG msg=refused method=GET path=/favicon.ico status=404",
	} {
		log.Reset()
		method, path, _ := strings.Cut(call, " ")
		request := httptest.NewRequest(method, path, nil)
		request.Header.Set("Authorization", "Bearer sesame")
		h.ServeHTTP(httptest.NewRecorder(), request)
		assert.Contains(t, log.String(), want)
	}
	log.Reset()
	preflight := httptest.NewRequest("OPTIONS", "/_mock/worlds", nil)
	preflight.Header.Set("Origin", "http://page.example")
	preflight.Header.Set("Access-Control-Request-Method", "GET")
	h.ServeHTTP(httptest.NewRecorder(), preflight)
	assert.Contains(t, log.String(), "level=DEBUG msg=request method=OPTIONS path=/_mock/worlds status=204")
}

func TestOptions_OfLists(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	for _, path := range []string{"/_mock", "/_mock/", "/_mock/openapi"} {
		got := c.WithToken("").Call("OPTIONS", path, nil)
		assert.Equal(t, 204, got.Status, path)
		assert.Equal(t, "GET, HEAD, OPTIONS", got.Header.Get("Allow"), path)
		for _, method := range []string{"DELETE", "PATCH", "POST", "PUT", "TRACE"} {
			wrong := mocktest.Author(t, srv).Call(method, path, nil)
			assert.Contains(t, wrong.Refused("METHOD_NOT_ALLOWED"), "it knows GET, HEAD", path)
			assert.Equal(t, 405, wrong.Status)
			assert.Equal(t, "GET, HEAD, OPTIONS", wrong.Header.Get("Allow"))
		}
	}
}

// TestSlips: a path that is nearly right is refused, and told what is wrong with it.
func TestSlips(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	a := mocktest.Author(t, srv)
	for path, words := range map[string]string{
		"/api/v1/transportHubs/":        "no path has a slash at its end. Nearest: listTransportHubs",
		"/api/v1//transportHubs":        "two slashes in a row. Nearest: listTransportHubs",
		"//api/v1/transportHubs":        "two slashes in a row",
		"/api/v1/transportHubs/A10045/": "no path has a slash at its end",
		"/api/v3/transportHubs":         "there is no base /api/v3, the base is /api/v1. Nearest: listTransportHubs",
		"/api/transportHubs":            "there is no base /api, the base is /api/v1",
		"/api/v3":                       "there is no base /api/v3, the base is /api/v1",
		"/api/v1":                       "it is a base, and operations are below it",
		"/api/v1/":                      "it is a base, and operations are below it",
		"/api/v1/event":                 "/api/v1/event is not known; v2 has it. Nearest: ",
		"/api/v1/search/modules":        "v2 has it",
		"/event":                        "v2 has it",
	} {
		assert.Contains(t, c.Get(path).Refused("ROUTE_NOT_FOUND"), words, path)
	}
	for _, path := range []string{"/api/v1/ev*", "/api/v1/*", "/api/v1/%7Bx%7D", "/api/v2/nothing"} {
		assert.NotContains(t, c.Get(path).Refused("ROUTE_NOT_FOUND"), "has it", path)
	}
	for path, words := range map[string]string{
		"/_mock/health/": "no path has a slash at its end", "/_mock//worlds": "two slashes in a row", "/_mock/worlds//clock": "two slashes in a row", "/_mock/worlds/default/": "no path has a slash",
	} {
		assert.Contains(t, a.Get(path).Refused("ROUTE_NOT_FOUND"), words, path)
	}
}

// TestQueries: health takes any query, the others say what they know; a plus that became a space is told.
func TestQueries(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	a := mocktest.Author(t, srv)
	for _, method := range []string{"GET", "HEAD"} {
		assert.Equal(t, 200, a.Call(method, "/_mock/health?t=1&_=2", nil).Status)
	}
	assert.Contains(t, a.Get(mocktest.DefaultWorld+"/requests?operaton=createEPass").Refused("INVALID_REQUEST"), "query operaton")
	assert.Contains(t, a.Get("/_mock/worlds?t=1").Refused("INVALID_REQUEST"), "query t")
	assert.Contains(t, c.Get("/api/v1/resources/updates?since=2024-12-31T00:00:00+00:00").Refused("INVALID_REQUEST"), "in a query + is a space, and a plus is written %2B")
	c.Get("/api/v1/resources/updates?since=2024-12-31T00:00:00%2B00:00").OK()
	assert.NotContains(t, c.Get("/api/v1/resources/updates?since=yesterday").Refused("INVALID_REQUEST"), "%2B")
}

// TestMarks: a byte order mark before a body says nothing; UTF-16 is named.
func TestMarks(t *testing.T) {
	t.Parallel()
	const mark = "\uFEFF"
	srv, c := mocktest.Start(t)
	a := mocktest.Author(t, srv)
	who := srv.World().Credentials()
	c.WithToken("").Post("/api/v1/auth/token", fmt.Sprintf(mark+`{"clientId":%q,"secret":%q}`, who.ClientID, who.Secret)).OK()
	assert.Contains(t, c.Post("/orders/ePasses/search", mark+mark+`{}`).Refused("MALFORMED_JSON"), "expected one JSON value")
	assert.Contains(t, c.Post("/orders/ePasses/search", "\xFF\xFE{\x00}\x00").Refused("MALFORMED_JSON"), "UTF-16")
	world := mocktest.DefaultWorld
	a.Post(world+"/clock", mark+`{"advance":"1h"}`).OK()
	a.Call("PUT", world+"/faults", mark+`{"faults":[{"on":"createEPass","times":1,"error":"RATE_LIMITED"}]}`).OK()
	a.Call("PATCH", world+"/resources/N00001", mark+`{"capacity":7}`).OK()
	state := a.Get(world + "/state")
	a.Call("PUT", world+"/state", mark+string(state.Raw[len(`{"code":0,"data":`):len(state.Raw)-1])).OK()
	a.Post("/_mock/scenarios/validate", mark+`{"scenario":"reset"}`).OK()
}

// TestOldAndOddClients speaks as clients do that net/http is not.
func TestOldAndOddClients(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t)
	at := strings.TrimPrefix(srv.URL, "http://")
	form := "POST /_mock/worlds/default/clock HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
	for name, row := range map[string]struct{ request, status, body string }{
		"HTTP/1.0 without Host":  {"GET /_mock/health HTTP/1.0\r\n\r\n", "200", `"status":"ok"`},
		"HTTP/1.0, the verbs":    {"GET /_mock/worlds HTTP/1.0\r\n\r\n", "200", `"worlds"`},
		"absolute":               {"GET http://localhost/_mock/worlds HTTP/1.1\r\nHost: other\r\nConnection: close\r\n\r\n", "200", `"worlds"`},
		"absolute, another name": {"GET http://evil.example/_mock/worlds HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "403", "evil.example"},
		"absolute without path":  {"GET http://localhost HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "200", `"there"`},
		"the server itself":      {"OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "204", ""},
		"no body":                {form + "Content-Length: 0\r\n\r\n", "400", "the body is empty"},
		"without a type":         {form + "Content-Length: 16\r\n\r\n{\"freeze\":true }", "200", `"frozen"`},
		"expects to be asked":    {form + "Expect: 100-continue\r\nContent-Length: 16\r\n\r\n{\"freeze\":true }", "100", `"frozen"`},
		"wants XML, gzipped":     {"GET /_mock/health HTTP/1.1\r\nHost: localhost\r\nAccept: application/xml\r\nAccept-Encoding: gzip, br\r\nConnection: close\r\n\r\n", "200", `"status":"ok"`},
	} {
		conn, err := net.Dial("tcp", at)
		require.NoError(t, err)
		require.NoError(t, conn.SetDeadline(time.Now().Add(time.Minute)))
		_, err = io.WriteString(conn, row.request)
		require.NoError(t, err)
		all, err := io.ReadAll(bufio.NewReader(conn))
		require.NoError(t, err, name)
		conn.Close()
		line, rest, _ := strings.Cut(string(all), "\r\n")
		assert.Contains(t, line, " "+row.status+" ", "%s: %s", name, all)
		assert.Contains(t, rest, row.body, name)
	}
	request, err := http.NewRequest("POST", srv.URL+mocktest.DefaultWorld+"/clock", strings.NewReader(`{"freeze":true}`))
	require.NoError(t, err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded") // as curl -d sends it
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	response.Body.Close()
	assert.Equal(t, 200, response.StatusCode)
}

func load(t *testing.T, name string) *contract.Document {
	t.Helper()
	data, err := openapi.Files.ReadFile(name)
	require.NoError(t, err)
	document, err := contract.Load(data)
	require.NoError(t, err)
	return document
}

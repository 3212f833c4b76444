package dispatch_test

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/mocktest"
)

// TestHead_WhatAParserWouldDrop_IsRefusedOrUnread: nothing that a client sends is lost without a word.
func TestHead_WhatAParserWouldDrop_IsRefusedOrUnread(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	for query, want := range map[string]string{
		"iata=%zz":            "query iata: expected % and two hex digits",
		"iata=%4":             "query iata: expected % and two hex digits",
		"%=1":                 "query %: expected % and two hex digits",
		"countryOrRegion=%C":  "query countryOrRegion: expected %",
		"iata=%ff":            "query iata: expected UTF-8",
		"iata=MAN;pageSize=1": "what divides parameters is &, not ;",
		"iata=MAN&iata=LHR":   "query iata: expected one value, got 2",
		"pageSize=":           "query pageSize: expected an integer",
	} {
		assert.Contains(t, c.Get("/transportHubs?"+query).Refused("INVALID_REQUEST"), want, query)
	}
	c.Get("/transportHubs?;iata=MAN&itaa=LHR&&").OK()
	c.With("X-Programme-ID", "1876920048220766208").Get("/transportHubs").OK()
	c.With("X-Forwarded-For", "127.0.0.1").Get("/transportHubs").OK()
	c.With("X_Request_ID", "a").Get("/transportHubs").OK()
	c.With("Program-ID", "1876920048220766208").Get("/transportHubs").OK()
	c.With("programId", "1876920048220766208").Get("/transportHubs").OK()
	c.With("program_id", "1876920048220766208").Get("/transportHubs").OK()
	c.Call("GET", "/resources/N00001", obj{"module": 1}).OK()
	c.Call("GET", "/resources/N00001", obj{}).OK()
	c.Call("GET", "/resources/N00012", "no JSON").OK()
	unread, err := srv.World().Unread()
	require.NoError(t, err)
	var fields []string
	for _, f := range unread.Fields {
		fields = append(fields, f.Operation+" "+f.Field)
	}
	assert.Equal(t, []string{
		"listTransportHubs header Program-Id", "listTransportHubs header Program_id", "listTransportHubs header Programid", "listTransportHubs header X-Programme-Id",
		"listTransportHubs header X_request_id", "listTransportHubs query ;iata", "listTransportHubs query itaa",
		"retrieveResource /module", "retrieveResource body",
	}, fields)
}

func TestHead_HeadersOfTheMock_AreItsOwn(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	for _, c := range []*mocktest.Client{c, mocktest.Author(t, srv)} {
		path := "/resources/none"
		if c.Token == "" {
			path = "/_mock/worlds/none/clock"
		}
		for value, explained := range map[string]bool{"1": true, "true": true, "True": true, "0": false, "false": false} {
			assert.Equal(t, explained, c.With("X-Mock-Explain", value).Get(path).Header.Get("X-Mock-Reason") != "", value)
		}
	}
	for header, want := range map[string]string{
		"X-Mock-Explian":       "header X-Mock-Explian: the mock reads no such header, did you mean X-Mock-Explain?",
		"X_Mock_Explain":       "header X_mock_explain: the mock reads no such header, did you mean X-Mock-Explain?",
		"X-Mock-Explain":       "header X-Mock-Explain: expected 1 or true",
		"X-Mock-Response-Code": "header X-Mock-Response-Code: the mock reads no such header",
		"X-Mock-Origin":        "header X-Mock-Origin: the mock reads no such header",
	} {
		assert.Contains(t, c.With(header, "yes").Get("/resources/N00001").Refused("INVALID_REQUEST"), want)
		assert.Contains(t, mocktest.Author(t, srv).With(header, "yes").Get("/_mock/worlds/default/clock").Refused("INVALID_REQUEST"), want)
	}
}

// TestHead_WhatIsNoText_IsRefused: a world remembers request ids, and what it remembers must be written. A header that
// nobody reads may hold any byte.
func TestHead_WhatIsNoText_IsRefused(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	before := mocktest.Snapshot(t, srv.World())
	issue := obj{"module": 1, "clientUserId": "u", "extra": obj{"firstName": "A", "lastName": "B", "availableUsages": 1, "expirationDate": "2026-09-01T09:00:00+01:00"}}
	for _, header := range []string{"X-Request-ID", "Content-Type"} {
		said := c.With(header, "Zo\xeb").Post("/orders/lounges/ePasses", issue).Refused("INVALID_REQUEST")
		assert.Contains(t, said, "header "+http.CanonicalHeaderKey(header)+": expected UTF-8")
	}
	assert.Contains(t, c.With("X-Request-ID", "\xed\xa0\x80").Get("/transportHubs").Refused("INVALID_REQUEST"), "header X-Request-Id: expected UTF-8")
	assert.NotEmpty(t, c.With("X-Program-ID", "Zo\xeb").Get("/transportHubs").Refused("PROGRAM_NOT_ALLOWED"))
	assert.Contains(t, c.Get("/resources/N%EB").Refused("INVALID_REQUEST"), "the path: expected UTF-8")
	author := mocktest.Author(t, srv)
	for _, path := range []string{"/_mock/worlds/default/checkpoints/a%ff", "/_mock/worlds/default/rewind/a%ff", "/_mock/worlds/default/faults/%c3"} {
		author.Call("DELETE", path, nil)
		author.Call("PUT", path, nil)
		author.Call("POST", path, nil)
	}
	require.Equal(t, before, mocktest.Snapshot(t, srv.World()))
	c.With("X-Request-ID", "Zoë").Post("/orders/lounges/ePasses", issue).OK()
	c.With("User-Agent", "Zo\xeb").Get("/transportHubs").OK()
	require.NoError(t, srv.World().LoadSnapshot([]byte(mocktest.Snapshot(t, srv.World()))))
}

func TestHead_TwoValuesOfOneHeader_AreRefused(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	for _, name := range []string{"Authorization", "X-Program-ID", "X-Request-ID", "X-Mock-Explain", "Content-Type"} {
		request, err := http.NewRequest(http.MethodGet, srv.URL+"/resources/N00001", nil)
		require.NoError(t, err)
		request.Header.Set("Authorization", "Bearer "+c.Token)
		for _, value := range []string{"1876920048220766208", "18943"} {
			if name == "Authorization" {
				value = "Bearer " + c.Token
			}
			request.Header.Add(name, value)
		}
		answer, err := http.DefaultClient.Do(request)
		require.NoError(t, err)
		answer.Body.Close()
		assert.Equal(t, http.StatusBadRequest, answer.StatusCode, name)
		assert.Equal(t, "INVALID_REQUEST", answer.Header.Get("X-Mock-Error"), name)
	}
}

func zipped(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.String()
}

// TestBody_InACoding_IsReadOrRefusedInWords, on both surfaces.
func TestBody_InACoding_IsReadOrRefusedInWords(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	for _, surface := range []struct {
		*mocktest.Client
		path, body string
		most       int
	}{
		{c, "/memberships", `{"clientUserId":"u","firstName":"A","lastName":"B"}`, 1 << 20},
		{mocktest.Author(t, srv), "/_mock/worlds/default/faults", `{"on":"*","delay":"1ms","times":1}`, 1 << 20},
	} {
		in := func(coding string) *mocktest.Client {
			return surface.With("Content-Encoding", coding).With("Content-Type", "application/json")
		}
		good := zipped(t, surface.body)
		in("gzip").Post(surface.path, good).OK()
		in("X-GZIP").Post(surface.path, good).OK()
		in("identity").Post(surface.path, surface.body).OK()
		for coding, body := range map[string]string{"br": surface.body, "deflate": good, "gzip, gzip": zipped(t, good), "zstd": good} {
			got := in(coding).Post(surface.path, body)
			assert.Contains(t, got.Refused("UNSUPPORTED_MEDIA_TYPE"), "header Content-Encoding: expected gzip, identity or none", coding)
			assert.Equal(t, "gzip", got.Header.Get("Accept-Encoding"))
		}
		for _, body := range []string{surface.body, good[:len(good)-1], good + "x", good[:5]} {
			assert.Contains(t, in("gzip").Post(surface.path, body).Refused("MALFORMED_JSON"), "the body is not in gzip, or not whole")
		}
		fits := strings.Repeat(" ", surface.most-len(surface.body)) + surface.body
		in("gzip").Post(surface.path, zipped(t, fits)).OK()
		in("gzip").Post(surface.path, zipped(t, fits+" ")).Refused("BODY_TOO_LARGE")
		in("gzip").Post(surface.path, zipped(t, strings.Repeat("\x00", 2*surface.most))).Refused("BODY_TOO_LARGE")
		assert.Contains(t, surface.With("Content-Type", "application/json; charset=utf-16").Post(surface.path, surface.body).Refused("UNSUPPORTED_MEDIA_TYPE"), "expected charset utf-8")
		surface.With("Content-Type", `application/json; charset="UTF-8"`).Post(surface.path, surface.body).OK()
		surface.Post(surface.path, surface.body+" {}").Refused("MALFORMED_JSON")
	}
	requests := mocktest.Requests(t, srv.World(), mock.RequestFilter{}).Requests
	assert.JSONEq(t, `{"clientUserId":"u","firstName":"A","lastName":"B"}`, requests[0].Request.Body, "the journal has what was meant")
}

// TestQuery_HandlersSeeWhatTheDocumentHas: an operation cannot act on a parameter that its document does not tell of.
func TestQuery_HandlersSeeWhatTheDocumentHas(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ marks, sent string }{{"", "n=1&strange=2&N=3"}, {"x-any-query: true", "n=1&strange=2"}, {"", "n=1"}} {
		document := strings.Replace(tiny, "      operationId: issue\n", `      operationId: issue
      parameters: [{name: n, in: query, schema: {type: integer}}]
      `+row.marks+"\n", 1)
		var seen url.Values
		s := newServerOf(t, document, strict, dispatch.Plain(func(c *dispatch.Call) (any, error) {
			seen = c.Query
			return map[string]int{"n": 1}, nil
		}))
		assert.Equal(t, http.StatusOK, s.post("/issue?"+row.sent, "{}").Code, row.sent)
		assert.Equal(t, url.Values{"n": {"1"}}, seen, row.sent)
	}
}

package caller_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/caller"
)

// TestNew_WhatItSends: the token goes to its base alone, and nothing is asked for that Go would ask for by itself.
func TestNew_WhatItSends(t *testing.T) {
	var got http.Header
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.Header.Clone() }))
	defer s.Close()
	client := caller.New(caller.Config{Timeout: time.Minute, Release: "1.2.3", Base: s.URL + "/_mock/", Token: "t"})
	defer client.CloseIdleConnections()
	for path, want := range map[string]string{"/_mock/worlds": "Bearer t", "/_mockery": "", "/api/v1": "", "/": ""} {
		request, err := http.NewRequest(http.MethodGet, s.URL+path, nil)
		require.NoError(t, err)
		answer, err := client.Do(request)
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
		assert.Equal(t, want, got.Get("Authorization"), path)
		assert.Equal(t, "dragonmock/1.2.3", got.Get("User-Agent"))
		assert.Empty(t, got.Get("Accept-Encoding"))
		assert.Empty(t, request.Header, "the request is as it was")
	}
}

func TestNew_HeadersAreBounded_RedirectsAreNotFollowed(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/away" {
			http.Redirect(w, r, "/huge", http.StatusTemporaryRedirect)
			return
		}
		w.Header().Set("A", strings.Repeat("a", 100<<10))
	}))
	defer s.Close()
	client := caller.New(caller.Config{Timeout: time.Minute})
	defer client.CloseIdleConnections()
	answer, err := client.Post(s.URL+"/away", "application/json", strings.NewReader("{}"))
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	assert.Equal(t, http.StatusTemporaryRedirect, answer.StatusCode)
	_, err = client.Get(s.URL + "/huge")
	assert.ErrorContains(t, err, "exceeded")
}

func TestAbsoluteURL_NamesAHostAndAPortThatThereCanBe(t *testing.T) {
	for to, want := range map[string]string{
		"http://localhost:1/x": "", "https://a.example:65535": "", "http://[::1]:8080/": "", "http://a.example": "", "http://a.example:": "",
		"http://localhost:99999/x": "port of 1 to 65535, got 99999", "http://localhost:65536": "got 65536", "http://localhost:0": "got 0",
		"foo": "absolute http or https URL", "ftp://a.example:1": "absolute", "http://:80": "absolute", "http://a:b": "absolute",
	} {
		_, err := caller.AbsoluteURL(to)
		if want == "" {
			assert.NoError(t, err, to)
		} else {
			assert.ErrorContains(t, err, want, to)
		}
	}
}

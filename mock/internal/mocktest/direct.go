package mocktest

import (
	"bytes"
	"net/http"
	"net/http/httptest"

	"dragonmock/mock"
)

// Direct calls a server's handler without a socket, for tests that call very often.
type Direct struct {
	handler http.Handler
	token   string
}

// NewDirect returns a client of a server's default world that needs no socket.
func NewDirect(srv *mock.Server) Direct { return Direct{srv.Handler(), srv.World().Token()} }

// Call sends one request. Of request ids the last one counts; without any the header is not sent.
func (d Direct) Call(method, path string, body []byte, requestID ...string) *httptest.ResponseRecorder {
	request := httptest.NewRequest(method, path, bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+d.token)
	for _, id := range requestID {
		request.Header.Set("X-Request-ID", id)
	}
	recorder := httptest.NewRecorder()
	d.handler.ServeHTTP(recorder, request)
	return recorder
}

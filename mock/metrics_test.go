package mock_test

import (
	"net/http/httptest"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock"
)

func TestMetrics(t *testing.T) {
	srv, c := start(t)
	c.issue(1)
	c.issue(1)
	c.post("/orders/ePasses/search", obj{"ePassId": "1"}).refused("EPASS_NOT_FOUND")
	c.post("/orders/ePasses/search", obj{}).refused("INVALID_REQUEST")
	c.get("/nowhere").refused("ROUTE_NOT_FOUND")
	got := author(t, srv.URL).get("/metrics")
	assert.Equal(t, 200, got.Status)
	assert.Equal(t, "text/plain; version=0.0.4; charset=utf-8", got.Header.Get("Content-Type"))
	assert.Empty(t, got.Header.Get("Access-Control-Allow-Origin"))
	for _, want := range []string{
		`dragonmock_requests_total{operation="createEPass",status="200",origin="vendor"} 2`,
		`dragonmock_requests_total{operation="retrieveEPass",status="404",origin="vendor"} 1`,
		`dragonmock_requests_total{operation="retrieveEPass",status="400",origin="contract"} 1`,
		`dragonmock_requests_total{operation="",status="404",origin="mock"} 1`,
		`dragonmock_request_duration_seconds_bucket{operation="createEPass",le="+Inf"} 2`,
		`dragonmock_request_duration_seconds_count{operation="retrieveEPass"} 2`,
		`dragonmock_worlds 1`,
		`dragonmock_journal_bytes [1-9]\d*`,
		`dragonmock_info{version="` + regexp.QuoteMeta(mock.Version()) + `"} 1`,
		`go_goroutines [1-9]\d*`,
		`go_memstats_heap_alloc_bytes [1-9]\d*`,
	} {
		assert.Regexp(t, `(?m)^`+regexp.MustCompile(`[{}+]`).ReplaceAllString(want, `\$0`)+`$`, string(got.Raw))
	}
	author(t, srv.URL).post("/metrics", nil).refused("METHOD_NOT_ALLOWED")
	assert.NotContains(t, string(author(t, mock.Start(t).URL).get("/metrics").Raw), "createEPass", "each server has its own")
}

// TestMetricsAreTheOperators: they have the port and the guard of the control plane.
func TestMetricsAreTheOperators(t *testing.T) {
	srv := mock.Start(t, mock.WithControlApart(), mock.WithControlToken("sesame"))
	plane := httptest.NewServer(srv.ControlHandler())
	defer plane.Close()
	author(t, srv.URL).get("/metrics").refused("ROUTE_NOT_FOUND")
	author(t, plane.URL).get("/metrics").refused("TOKEN_MISSING")
	assert.Equal(t, 200, author(t, plane.URL).with("Authorization", "Bearer sesame").get("/metrics").Status)
	author(t, mock.Start(t, mock.WithoutControl()).URL).get("/metrics").refused("ROUTE_NOT_FOUND")
	author(t, mock.Start(t).URL).with("Origin", "http://elsewhere.example").get("/metrics").refused("ORIGIN_NOT_ALLOWED")
}

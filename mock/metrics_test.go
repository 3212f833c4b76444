package mock_test

import (
	"net/http/httptest"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

func TestMetrics_CountRequestsByOperation(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	c.Issue(1)
	c.Issue(1)
	c.Post("/orders/ePasses/search", obj{"ePassId": "1"}).Refused("EPASS_NOT_FOUND")
	c.Post("/orders/ePasses/search", obj{}).Refused("INVALID_REQUEST")
	c.Get("/nowhere").Refused("ROUTE_NOT_FOUND")
	got := mocktest.Author(t, srv).Get("/metrics")
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
		`dragonmock_callbacks_missed 0`,
		`dragonmock_journal_bytes [1-9]\d*`,
		`dragonmock_info{version="` + regexp.QuoteMeta(mock.Version()) + `"} 1`,
		`go_goroutines [1-9]\d*`,
		`go_memstats_heap_alloc_bytes [1-9]\d*`,
	} {
		assert.Regexp(t, `(?m)^`+regexp.MustCompile(`[{}+]`).ReplaceAllString(want, `\$0`)+`$`, string(got.Raw))
	}
	mocktest.Author(t, srv).Post("/metrics", nil).Refused("METHOD_NOT_ALLOWED")
	assert.NotContains(t, string(mocktest.Author(t, mock.Start(t)).Get("/metrics").Raw), "createEPass", "each server has its own")
}

// TestMetrics_AreGuardedLikeTheControlPlane: they have the port and the guard of the control plane.
func TestMetrics_AreGuardedLikeTheControlPlane(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t, mock.WithControlApart(), mock.WithControlToken("sesame"))
	plane := httptest.NewServer(srv.ControlHandler())
	defer plane.Close()
	mocktest.Author(t, srv).Get("/metrics").Refused("ROUTE_NOT_FOUND")
	mocktest.Stranger(t, plane.URL).Get("/metrics").Refused("TOKEN_MISSING")
	assert.Equal(t, 200, mocktest.Stranger(t, plane.URL).With("Authorization", "Bearer sesame").Get("/metrics").Status)
	mocktest.Author(t, mock.Start(t, mock.WithoutControl())).Get("/metrics").Refused("ROUTE_NOT_FOUND")
	mocktest.Author(t, mock.Start(t)).With("Origin", "http://elsewhere.example").Get("/metrics").Refused("ORIGIN_NOT_ALLOWED")
}

package mocktest

import (
	"testing"
	"time"

	"dragonmock/mock"
)

// Monday is when most tests begin: 2025-09-01, 09:00 in London, 08:00 UTC.
var Monday = time.Date(2025, 9, 1, 8, 0, 0, 0, time.UTC)

// Start runs a server whose clock stands on [Monday], with a client of its default world. The server ends with the test.
func Start(t testing.TB, opts ...mock.ServerOption) (*mock.Server, *Client) {
	t.Helper()
	srv := mock.Start(t, append([]mock.ServerOption{mock.WithClock(Monday)}, opts...)...)
	return srv, NewClient(t, srv)
}

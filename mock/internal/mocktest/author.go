package mocktest

import (
	"testing"

	"dragonmock/mock"
)

// DefaultWorld is the default world's path on the control plane.
const DefaultWorld = "/_mock/worlds/default"

// Author returns the test author's client of a server's control plane.
func Author(t testing.TB, srv *mock.Server) *Client { return Stranger(t, srv.URL) }

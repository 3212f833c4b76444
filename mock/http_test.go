package mock_test

import (
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

// TestConnections_AreNumbered: whoever serves, the journal knows which requests shared a connection.
func TestConnections_AreNumbered(t *testing.T) {
	t.Parallel()
	srv := mock.Start(t)
	c := mocktest.NewClient(t, srv)
	c.Get("/resources/N00001").OK()
	c.Get("/resources/N00001").OK()
	for range 2 {
		answer, err := srv.World().Client().Get("http://dragonmock/resources/N00001")
		require.NoError(t, err)
		_, _ = io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
	}
	var attempts []int
	connections := map[int64]bool{}
	for _, r := range mocktest.Requests(t, srv.World(), mock.RequestFilter{}).Requests {
		attempts, connections[r.Connection] = append(attempts, r.Attempt), true
	}
	assert.Equal(t, []int{1, 2, 1, 1}, attempts)
	assert.Len(t, connections, 3)
	assert.NotContains(t, connections, int64(0))
}

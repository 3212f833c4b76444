package mock_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/internal/mocktest"
)

// TestSweep_ForgetsWhereNobodyCalls: what has expired leaves a world that nobody calls, but for what somebody may come late
// with; a world whose clock stands keeps what it has.
func TestSweep_ForgetsWhereNobodyCalls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv, err := mock.New()
		require.NoError(t, err)
		defer srv.Close()
		running := mocktest.NewWorld(t, srv, mock.WithClock(mocktest.Monday))
		_, err = running.Follow()
		require.NoError(t, err)
		frozen := mocktest.NewWorld(t, srv, mock.WithClock(mocktest.Monday))
		for _, w := range []*mock.World{running, frozen} {
			client := w.Client()
			n := 0
			post := func(path, body string) {
				request, err := http.NewRequest("POST", "http://dragonmock/api/v1"+path, strings.NewReader(body))
				require.NoError(t, err)
				request.Header.Set("Content-Type", "application/json")
				request.Header.Set("X-Request-ID", fmt.Sprint("r-", n))
				n++
				response, err := client.Do(request)
				require.NoError(t, err)
				require.Equal(t, 200, response.StatusCode)
				response.Body.Close()
			}
			question, err := json.Marshal(mocktest.Question(nil))
			require.NoError(t, err)
			for range 120 {
				post(mocktest.AvailabilityPath, string(question))
			}
			for range 120 {
				post("/orders/lounges/ePasses", `{"module":1,"clientUserId":"u-1","extra":{"firstName":"Ada","lastName":"Lovelace","expirationDate":"2030-12-31T23:59:59Z","availableUsages":1}}`)
			}
		}
		assert.Equal(t, [2]int{120, 120}, remembered(t, running))
		time.Sleep(11 * time.Minute) // of the bubble
		assert.Equal(t, [2]int{100, 120}, remembered(t, running))
		time.Sleep(24 * time.Hour)
		assert.Equal(t, [2]int{100, 100}, remembered(t, running))
		assert.Equal(t, [2]int{120, 120}, remembered(t, frozen))
	})
}

// remembered counts the tokens and the answers that a world remembers.
func remembered(t *testing.T, w *mock.World) [2]int {
	data, err := w.Snapshot()
	require.NoError(t, err)
	var saved struct {
		Tables struct {
			Tokens  []any `json:"tokens"`
			Answers []any `json:"answers"`
		} `json:"tables"`
	}
	require.NoError(t, json.Unmarshal(data, &saved))
	return [2]int{len(saved.Tables.Tokens), len(saved.Tables.Answers)}
}

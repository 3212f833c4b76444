package mock_test

import (
	"bufio"
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

// TestWorldClient_NeedsNoNetwork: not in the bubble of synctest either, where an open connection would hang the test.
func TestWorldClient_NeedsNoNetwork(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv, err := mock.New()
		require.NoError(t, err)
		defer srv.Close()
		client := mocktest.NewWorld(t, srv, mock.WithClock(mocktest.Monday)).Client()
		get := func(token string) int {
			request, err := http.NewRequest("GET", "http://dragonmock/api/v1/resources/N00001", nil)
			require.NoError(t, err)
			if token != "" {
				request.Header.Set("Authorization", "Bearer "+token)
			}
			response, err := client.Do(request)
			require.NoError(t, err)
			response.Body.Close()
			return response.StatusCode
		}
		assert.Equal(t, 200, get(""))
		assert.Equal(t, 401, get("nonsense"), "a token of the request's own stays")
		time.Sleep(2 * time.Hour) // of the bubble
		assert.Equal(t, 200, get(""), "the token is a new one")
	})
}

// TestStream_Idle_ShowsThatItLives: a comment every 15 s, which proxies want and browsers do not show.
func TestStream_Idle_ShowsThatItLives(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		srv, err := mock.New()
		require.NoError(t, err)
		defer srv.Close()
		response, err := srv.World().Client().Get("http://dragonmock/_mock/worlds/default/requests/stream?timeout=50s")
		require.NoError(t, err)
		defer response.Body.Close()
		start := time.Now()
		lines := bufio.NewScanner(response.Body)
		var at []time.Duration
		for lines.Scan() {
			if strings.HasPrefix(lines.Text(), ":") {
				at = append(at, time.Since(start))
			}
		}
		require.NoError(t, lines.Err())
		assert.Equal(t, []time.Duration{15 * time.Second, 30 * time.Second, 45 * time.Second}, at)
		assert.Equal(t, 50*time.Second, time.Since(start), "it ends when it was told to")
	})
}

// TestWorld_ThatEndsMeanwhile_IsSaidToHaveEnded: by the mock, whose contract is the control plane's and not the vendor's.
func TestWorld_ThatEndsMeanwhile_IsSaidToHaveEnded(t *testing.T) {
	t.Parallel()
	for _, strict := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			srv, err := mock.New(mock.WithContract(strict))
			require.NoError(t, err)
			defer srv.Close()
			w := mocktest.NewWorld(t, srv, mock.WithClock(mocktest.Monday))
			mocktest.Inject(t, w, mock.Fault{On: "retrieveResource", Delay: &mock.FaultDelay{Fixed: time.Minute}})
			time.AfterFunc(30*time.Second, w.Close)
			response, err := w.Client().Get("http://dragonmock/api/v1/resources/N00001")
			require.NoError(t, err)
			defer response.Body.Close()
			assert.Equal(t, http.StatusGone, response.StatusCode)
			assert.Equal(t, "WORLD_ENDED", response.Header.Get("X-Mock-Error"))
			assert.Equal(t, "mock", response.Header.Get("X-Mock-Origin"))
		})
	}
}

package control_test

import (
	"bytes"
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/mocktest"
)

// TestState_OfManyOrders_GoesOutAndIn: a reader is not stricter than the writer.
func TestState_OfManyOrders_GoesOutAndIn(t *testing.T) {
	t.Parallel()
	srv, _ := mocktest.Start(t)
	w := srv.World()
	const orders, perPass = 45_000, 500 // 19 MB; other bodies have 1 MB
	for range orders / perPass {
		pass, err := w.IssueEPass(mock.EPassRequest{Module: dragonpass.Lounge, ClientUserID: "u", FirstName: "A", LastName: "B", Usages: perPass, ExpirationDate: mocktest.Monday.AddDate(1, 0, 0)})
		require.NoError(t, err)
		for range perPass {
			_, err := w.WalkIn(pass.EPassID, "N00001", dragonpass.Party{Adults: 1})
			require.NoError(t, err)
		}
	}
	get := func() []byte {
		answer, err := http.Get(srv.URL + mocktest.DefaultWorld + "/state")
		require.NoError(t, err)
		defer answer.Body.Close()
		require.Equal(t, http.StatusOK, answer.StatusCode)
		data, err := io.ReadAll(answer.Body)
		require.NoError(t, err)
		return data
	}
	state := get()
	state = bytes.TrimSuffix(state[bytes.Index(state, []byte(`{"version"`)):], []byte("}")) // out of its envelope
	require.Greater(t, len(state), 16<<20)
	request, err := http.NewRequest(http.MethodPut, srv.URL+mocktest.DefaultWorld+"/state", bytes.NewReader(state))
	require.NoError(t, err)
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	said, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Equal(t, http.StatusOK, answer.StatusCode, string(said[:min(len(said), 1000)]))
	require.Contains(t, string(get()), string(state))
}

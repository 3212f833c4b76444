package simulation_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/mocktest"
)

// TestSimulation_RepeatedRequest_IsAnsweredFromMemory: one visit, one transaction.
func TestSimulation_RepeatedRequest_IsAnsweredFromMemory(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	w := srv.World()
	pass, err := w.IssueEPass(mock.EPassRequest{
		Module: dragonpass.Lounge, ClientUserID: "u", FirstName: "Ada", LastName: "Lovelace", Usages: 3, ExpirationDate: mocktest.Monday.Add(time.Hour),
	})
	require.NoError(t, err)
	visit := mocktest.Object{"dpId": pass.EPassID, "adultCount": 1, "childCount": 0}
	first := c.With("X-Request-ID", "r1").Post("/api/v2/simulations/lounges/redemptions", visit).OK()
	assert.Equal(t, first, c.With("X-Request-ID", "r1").Post("/api/v2/simulations/lounges/redemptions", visit).OK())
	cancel := mocktest.Object{"dpId": pass.EPassID, "transactionId": first["transactionId"]}
	gone := c.With("X-Request-ID", "r2").Post("/api/v2/simulations/lounges/cancellation", cancel).OK()
	assert.Equal(t, gone, c.With("X-Request-ID", "r2").Post("/api/v2/simulations/lounges/cancellation", cancel).OK())
	c.Post("/api/v2/simulations/lounges/cancellation", cancel).Refused("ORDER_ALREADY_CANCELLED")
	now, err := w.EPass(pass.EPassID)
	require.NoError(t, err)
	assert.Equal(t, 3, now.Available())
	message := c.Post("/api/v2/simulations/lounges/redemptions", mocktest.Object{"dpId": "x", "adultCount": 1, "childCount": 0}).Refused("EPASS_NOT_FOUND")
	assert.Contains(t, message, "/dpId: no E-pass x")
}

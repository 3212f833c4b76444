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

// TestSimulation_OfACrossModulePass: of the resources that it is for, the party comes to the first one of the path's module.
func TestSimulation_OfACrossModulePass(t *testing.T) {
	t.Parallel()
	_, c := mocktest.Start(t)
	dpID := mocktest.EPassID(c.Post("/api/v2/orders/crossModule/ePasses", mocktest.Object{"module": 0, "clientUserId": "u", "extra": mocktest.Object{
		"firstName": "Ada", "lastName": "Lovelace", "expirationDate": "2030-12-31T23:59:59+00:00", "availableUsages": 3,
		"allowedResources": mocktest.Object{"resourceIds": []string{"N00001", "R01181", "R00001"}},
	}}).OK())
	visit := mocktest.Object{"dpId": dpID, "adultCount": 1, "childCount": 0}
	c.Post("/api/v2/simulations/setMeals/redemptions", visit).OK()
	c.Post("/api/v2/simulations/lounges/redemptions", visit).OK()
	c.Post("/api/v2/simulations/coupons/redemptions", visit).Refused("EPASS_OUT_OF_SCOPE")
	orders := c.Post("/api/v2/orders/ePasses", mocktest.Object{"ePassId": dpID}).OK()["orders"].([]any)
	var at []any
	for _, o := range orders {
		details := c.Post("/api/v2/orders/ePasses/details", mocktest.Object{"orderId": o.(mocktest.Object)["orderId"]}).OK()
		at = append(at, details["extra"].(mocktest.Object)["resourceId"])
	}
	assert.Equal(t, []any{"N00001", "R01181"}, at)
}

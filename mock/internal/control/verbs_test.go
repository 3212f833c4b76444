package control_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/mocktest"
)

func TestAuthor_ConfirmsFailsExpiresAndIssues(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	w := srv.World()
	pass := c.Pass(3)
	pending := func() string {
		return c.Booked(pass, "N99904", mocktest.Thursday, 1)["orderId"].(string)
	}
	confirmed, err := w.Confirm(pending())
	require.NoError(t, err)
	assert.Len(t, confirmed.Vouchers, 1)
	_, err = w.Confirm(confirmed.OrderID)
	assert.ErrorContains(t, err, "is not pending")
	failed, err := w.Fail(pending())
	require.NoError(t, err)
	assert.Equal(t, dragonpass.Failed, failed.Status)
	assert.Equal(t, [2]float64{2, 1}, c.Usages(pass))
	author := mocktest.Author(t, srv)
	const world = mocktest.DefaultWorld
	assert.Equal(t, 1.0, author.Post(world+"/orders/"+pending()+"/confirm", nil).OK()["status"])
	author.Post(world+"/orders/none/fail", nil).Refused("ORDER_NOT_FOUND")
	author.Post(world+"/ePasses/"+pass+"/expire", nil).OK()
	_, err = w.WalkIn(pass, "N00001", dragonpass.Party{Adults: 1})
	assert.ErrorContains(t, err, "EPASS_EXPIRED")
	issued := mocktest.IssueEPass(t, w, "u-7", 2, mocktest.Monday.AddDate(1, 0, 0))
	assert.Equal(t, [2]float64{2, 0}, c.Usages(issued.EPassID))
}

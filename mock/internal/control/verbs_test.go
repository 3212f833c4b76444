package control_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
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

// TestPatch_ShowsWhatTheResourceIs: one of each module, where it is, what is special to it, and what is booked of it.
func TestPatch_ShowsWhatTheResourceIs(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t)
	author := mocktest.Author(t, srv)
	patch := func(id string, change mocktest.Object) mocktest.Answer {
		return author.Call("PATCH", mocktest.DefaultWorld+"/resources/"+id, change)
	}
	special := map[float64]string{1: "loungeInfo", 2: "loungeInfo", 7: "fitnessInfo", 8: "esimInfo", 11: "localOfferInfo"}
	for module, member := range special {
		list := c.Get(fmt.Sprintf("/api/v2/resources?pageSize=1&module=%v", module)).OK()["resources"].(mocktest.Object)
		all := append(list["transportHubResources"].([]any), list["lifestyleResources"].([]any)...)
		id := all[0].(mocktest.Object)["resourceId"].(string)
		got := patch(id, mocktest.Object{"resourceName": "Another"}).OK()
		assert.Equal(t, "Another", got["resourceName"])
		assert.Len(t, got["extra"], 1, id)
		assert.Contains(t, got["extra"], member)
		details := c.Get("/api/v2/resources/" + id).OK()
		assert.Equal(t, details["extra"], got["extra"])
		if module < 7 {
			assert.NotContains(t, got, "options")
			continue
		}
		assert.NotEmpty(t, got["options"], id)
		assert.Equal(t, details["locationInfo"], got["locationInfo"])
		assert.Contains(t, patch(id, mocktest.Object{"walkInAllowed": true}).Refused("INVALID_REQUEST"), "/walkInAllowed: expected false, since what is of module")
		assert.Contains(t, patch(id, mocktest.Object{"extra": mocktest.Object{"loungeInfo": mocktest.Object{"area": 1}}}).Refused("INVALID_REQUEST"), "/extra/loungeInfo: expected none")
	}
}

// TestPatch_ThatChangesNothing: it is refused when it names nothing, and nobody is told where all stays as it was; so a closed
// venue stays closed.
func TestPatch_ThatChangesNothing(t *testing.T) {
	t.Parallel()
	srv, c := mocktest.Start(t, mock.WithEventURL("resource.metadata.updated", "sink"))
	author := mocktest.Author(t, srv)
	at := mocktest.DefaultWorld + "/resources/N00001"
	author.Post(at+"/close", mocktest.Object{"remarks": "Closed"}).OK()
	events := author.Get(mocktest.DefaultWorld + "/events").OK()
	before := mocktest.Snapshot(t, srv.World())
	assert.Contains(t, author.Call("PATCH", at, mocktest.Object{}).Refused("INVALID_REQUEST"), "expected a member to change, got none")
	assert.Equal(t, false, author.Call("PATCH", at, mocktest.Object{"walkInAllowed": false, "extra": mocktest.Object{}}).OK()["walkInAllowed"])
	assert.Equal(t, before, mocktest.Snapshot(t, srv.World()))
	assert.Equal(t, events, author.Get(mocktest.DefaultWorld+"/events").OK())
	author.Call("PATCH", at, mocktest.Object{"walkInAllowed": true}).OK()
	assert.Equal(t, true, c.Get("/api/v2/resources/N00001").OK()["walkInAllowed"])
	assert.Len(t, author.Get(mocktest.DefaultWorld + "/events").OK()["events"], len(events["events"].([]any))+1)
}

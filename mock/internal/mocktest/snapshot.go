package mocktest

import (
	"github.com/stretchr/testify/require"

	"dragonmock/mock"
)

// Snapshot returns a world's whole state: equal states are equal text.
func Snapshot(t TB, w *mock.World) string {
	t.Helper()
	data, err := w.Snapshot()
	require.NoError(t, err)
	return string(data)
}

// FillTables lives through enough that no table of a world is empty but the outbox, which is filled only while a callback
// is on its way. The client is one of the world. It returns a pass and a membership.
func FillTables(t TB, w *mock.World, c *Client) (pass, membership string) {
	t.Helper()
	for id, confirm := range map[string]string{"N00129": `{"after":"5m"}`, "N00012": `"fail"`, "C00001": `{"polls":2}`, "N99904": `"now"`} {
		PatchResource(t, w, id, `{"confirm":`+confirm+`}`)
	}
	pass = EPassID(c.With("X-Request-ID", "issue").Issue(20))
	membership, _ = c.Register("u-1")["membershipId"].(string)
	c.Post("/memberships/qrCodes", Object{"membershipId": membership}).OK()
	for _, resource := range []string{"N00001", "N00129", "N00012", "N99904"} {
		c.Book(pass, c.Place(pass, resource, Thursday, 2)).OK()
	}
	const later = "2025-09-04T11:00"
	FillSlot(t, w, "N00001", later, 1)
	c.Place(pass, "N00001", later, 1)
	Inject(t, w, mock.Fault{ID: "never", On: "cancelOrder", After: 1000, Error: "SERVICE_UNAVAILABLE"})
	c.Post("/api/v2/simulations/lounges/redemptions", Object{"dpId": membership, "resourceId": "N00001", "adultCount": 1, "childCount": 1}).OK()
	return pass, membership
}

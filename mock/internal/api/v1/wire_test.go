package v1

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/news"
	"dragonmock/mock/internal/api"
	"dragonmock/mock/internal/api/apitest"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/wirefields"
	"dragonmock/openapi"
)

// TestWire_HasTheMembersOfTheDocument holds every struct against its schemas.
func TestWire_HasTheMembersOfTheDocument(t *testing.T) {
	t.Parallel()
	walkIn, prebooking := api.UsageOrder{Extra: &api.UsageExtra{}}, api.UsageOrder{Extra: &api.PrebookingExtra{}}
	bundle, issued := api.UsageOrder{Extra: &bundleExtra{}}, api.EPassOrder[ePass]{}
	apitest.Hold(t, document(t), map[string]apitest.Wire{
		"generateAccessToken": {Request: api.AccessTokenRequest{}, Data: []any{api.AccessToken{}}},

		"registerMembership":       {Request: membershipRequest{}, Data: []any{membership{}}},
		"updateMembership":         {Request: api.MembershipUpdate{}, Data: []any{membership{}}},
		"retrieveMembership":       {Request: api.MembershipSearch{}, Data: []any{membership{}}},
		"generateMembershipQRCode": {Request: api.MembershipNamed{}, Data: []any{api.QRCode{}}},
		"updateEntitlements":       {Request: api.EntitlementsUpdate{}, Data: []any{api.MembershipEntitlements{}}},
		"retrieveEntitlements":     {Request: api.MembershipNamed{}, Data: []any{api.MembershipEntitlements{}}},

		"listTransportHubs":           {Data: []any{api.TransportHubsPage{}}},
		"retrieveTransportHub":        {Data: []any{api.TransportHubDetails{}}},
		"listTransportHubResources":   {Data: []any{transportHubResourcesPage{}}},
		"retrieveResource":            {Data: []any{api.ResourceDetails[api.LocationInfo]{}}},
		"listUpdatedResources":        {Data: []any{updatedResourcesPage{}}},
		"checkPrebookingAvailability": {Request: api.AvailabilityRequest{}, Data: []any{api.Availability{}}},

		"createEPass":                         {Request: api.EPassRequest[ePassData]{}, Data: []any{issued}},
		"createEPassWithLoungePrebooking":     {Request: api.BundleRequest[ePassData]{}, Data: []any{bundle}},
		"createEPassWithFastTrackPrebooking":  {Request: api.BundleRequest[ePassData]{}, Data: []any{bundle}},
		"createEPassLoungePrebooking":         {Request: api.PrebookingRequest{}, Data: []any{prebooking}},
		"createEPassFastTrackPrebooking":      {Request: api.PrebookingRequest{}, Data: []any{prebooking}},
		"createMembershipLoungePrebooking":    {Request: membershipPrebookingRequest{}, Data: []any{prebooking}},
		"createMembershipFastTrackPrebooking": {Request: membershipPrebookingRequest{}, Data: []any{prebooking}},

		"listEPassUsageOrders":         {Request: api.EPassUsageOrdersRequest{}, Data: []any{api.UsageOrdersPage{}}},
		"listMembershipUsageOrders":    {Request: api.MembershipUsageOrdersRequest{}, Data: []any{api.UsageOrdersPage{}}},
		"retrieveEPass":                {Request: api.EPassSearch{}, Data: []any{issued}},
		"retrieveEPassUsageOrder":      {Request: api.OrderSearch{}, Data: []any{walkIn, prebooking}},
		"retrieveMembershipUsageOrder": {Request: api.OrderSearch{}, Data: []any{walkIn, prebooking}},
		"cancelOrder":                  {Request: api.Cancellation{}, Data: []any{issued, walkIn, prebooking}},

		"receiveOrderSynchronisation": {Request: callback{}},
	})
}

func document(t *testing.T) *contract.Document {
	t.Helper()
	data, err := openapi.Files.ReadFile(openapi.V1)
	require.NoError(t, err)
	document, err := contract.Load(data)
	require.NoError(t, err)
	return document
}

// TestCallback_IsHeldAgainstTheDocument: what the client is told is checked, and what would break the contract is not sent.
func TestCallback_IsHeldAgainstTheDocument(t *testing.T) {
	t.Parallel()
	render := Version(document(t)).Callback
	at := time.Date(2024, 12, 31, 0, 0, 0, 0, time.UTC)
	good := news.Notice{
		OrderID: "DP00000000000001", ProgramID: "18943", Holder: dragonpass.Holder{EPassID: "1788000066668888"}, Module: 1, Category: 1, CreatedAt: at,
		UsageDate: "2024-12-31T00:00:00", TransportHubID: "A10045", TransportHubName: "Gatwick Airport", ResourceID: "N00129", ResourceName: "No1 Gatwick North",
		Party: dragonpass.Party{Adults: 1, Children: 1},
	}
	for _, row := range []struct {
		change func(*news.Notice)
		want   string
	}{
		{func(*news.Notice) {}, ""},
		{func(n *news.Notice) { n.Cancelled, n.CancelledAt = true, at }, ""},
		{func(n *news.Notice) { n.UsageDate = "" }, ""},
		{func(n *news.Notice) { n.Module = 5 }, "/module: expected one of 1, 2, 3, 4"},
		{func(n *news.Notice) { n.Party = dragonpass.Party{} }, "/passengers/guests: expected an integer of 0 or more"},
		{func(n *news.Notice) { n.UsageDate = "2024-12-31T00:00:00+00:00" }, "/usageDate: expected a string such as"},
	} {
		n := good
		row.change(&n)
		_, err := render(store.Event{Notice: n})
		if row.want == "" {
			assert.NoError(t, err)
		} else {
			assert.ErrorContains(t, err, row.want)
		}
	}
}

// TestWire_SeesADifference: the test above compares something.
func TestWire_SeesADifference(t *testing.T) {
	t.Parallel()
	fields := wirefields.Of(api.UsageOrder{Extra: &bundleExtra{}})
	for _, field := range []string{"/orderId", "/extra/usageDate", "/extra/vouchersList/*/voucher", "/extra/ePass/ePassId", "/extra/prebookingRequiredInfo/email"} {
		assert.Contains(t, fields, field)
	}
	assert.False(t, slices.ContainsFunc(fields, func(f string) bool { return strings.Contains(f, "prebookingExtra") }), "what is inlined has no name")
}

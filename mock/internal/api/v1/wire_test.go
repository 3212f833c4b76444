package v1

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/contract"
	"dragonmock/mock/internal/wirefields"
	"dragonmock/openapi"
)

// wire are the structs of an operation: of its request, and of the data of its answers.
type wire struct {
	request any
	data    []any
}

func wires() map[string]wire {
	walkIn, prebooking := usageOrder{Extra: &usageExtra{}}, usageOrder{Extra: &prebookingExtra{}}
	bundle := usageOrder{Extra: &bundleExtra{}}
	return map[string]wire{
		"generateAccessToken": {accessTokenRequest{}, []any{accessToken{}}},

		"registerMembership":       {membershipRequest{}, []any{membership{}}},
		"updateMembership":         {membershipUpdate{}, []any{membership{}}},
		"retrieveMembership":       {membershipSearch{}, []any{membership{}}},
		"generateMembershipQRCode": {membershipSearch{}, []any{qrCode{}}},
		"updateEntitlements":       {entitlementsUpdate{}, []any{membershipEntitlements{}}},
		"retrieveEntitlements":     {membershipSearch{}, []any{membershipEntitlements{}}},

		"listTransportHubs":           {nil, []any{transportHubsPage{}}},
		"retrieveTransportHub":        {nil, []any{transportHubDetails{}}},
		"listTransportHubResources":   {nil, []any{transportHubResourcesPage{}}},
		"retrieveResource":            {nil, []any{resourceDetails{}}},
		"listUpdatedResources":        {nil, []any{updatedResourcesPage{}}},
		"checkPrebookingAvailability": {availabilityRequest{}, []any{availability{}}},

		"createEPass":                         {ePassRequest{}, []any{ePassOrder{}}},
		"createEPassWithLoungePrebooking":     {ePassRequest{}, []any{bundle}},
		"createEPassWithFastTrackPrebooking":  {ePassRequest{}, []any{bundle}},
		"createEPassLoungePrebooking":         {prebookingRequest{}, []any{prebooking}},
		"createEPassFastTrackPrebooking":      {prebookingRequest{}, []any{prebooking}},
		"createMembershipLoungePrebooking":    {prebookingRequest{}, []any{prebooking}},
		"createMembershipFastTrackPrebooking": {prebookingRequest{}, []any{prebooking}},

		"listEPassUsageOrders":         {usageOrdersRequest{}, []any{usageOrdersPage{}}},
		"listMembershipUsageOrders":    {usageOrdersRequest{}, []any{usageOrdersPage{}}},
		"retrieveEPass":                {ePassSearch{}, []any{ePassOrder{}}},
		"retrieveEPassUsageOrder":      {orderSearch{}, []any{walkIn, prebooking}},
		"retrieveMembershipUsageOrder": {orderSearch{}, []any{walkIn, prebooking}},
		"cancelOrder":                  {orderSearch{}, []any{ePassOrder{}, walkIn, prebooking}},
	}
}

// unread are the members of requests that no handler reads, since the contract leaves them one value alone.
func unread() map[string][]string { return map[string][]string{"cancelOrder": {"/status"}} }

// TestWire_HasTheMembersOfTheDocument holds every struct against its schemas, both ways: nothing that the document knows
// is left unread or unwritten, and nothing is read or written that no operation of the struct knows.
func TestWire_HasTheMembersOfTheDocument(t *testing.T) {
	t.Parallel()
	data, err := openapi.Files.ReadFile(openapi.V1)
	require.NoError(t, err)
	document, err := contract.Load(data)
	require.NoError(t, err)
	structs, ids := wires(), []string{}
	documented, written := map[string][]string{}, map[string][]string{} // by struct
	compare := func(what string, schema []string, except []string, values ...any) {
		assert.ElementsMatch(t, except, without(schema, wirefields.Of(values...)), "%s: of the document, not of the struct", what)
		for _, v := range values {
			name := fmt.Sprintf("%T", v)
			documented[name] = append(documented[name], schema...)
			written[name] = append(written[name], wirefields.Of(v)...)
		}
	}
	for _, op := range document.Operations() {
		ids = append(ids, op.ID)
		own := structs[op.ID]
		if op.TakesBody() {
			compare("request of "+op.ID, op.Fields(), unread()[op.ID], own.request)
		} else {
			assert.Nil(t, own.request, op.ID)
		}
		enveloped := without(op.AnswerFields(http.StatusOK), []string{"/code", "/data"})
		for i, field := range enveloped {
			enveloped[i] = strings.TrimPrefix(field, "/data")
		}
		compare("answer of "+op.ID, enveloped, nil, own.data...)
	}
	assert.ElementsMatch(t, ids, slices.Collect(maps.Keys(structs)), "every operation has structs here")
	require.Len(t, document.Callbacks(), 1)
	compare("callback", document.Callbacks()[0].Fields(), nil, callback{})
	for name, members := range written {
		assert.Empty(t, without(members, documented[name]), "%s: of the struct, not of the document", name)
	}
}

// TestCallback_IsHeldAgainstTheDocument: what the client is told is checked, and what would break the contract is not sent.
func TestCallback_IsHeldAgainstTheDocument(t *testing.T) {
	t.Parallel()
	data, err := openapi.Files.ReadFile(openapi.V1)
	require.NoError(t, err)
	document, err := contract.Load(data)
	require.NoError(t, err)
	render := Version(document).Callback
	at := time.Date(2024, 12, 31, 0, 0, 0, 0, time.UTC)
	good := dragonpass.Notice{
		OrderID: "DP00000000000001", ProgramID: "18943", Holder: dragonpass.Holder{EPassID: "1788000066668888"}, Module: 1, Category: 1, CreatedAt: at,
		UsageDate: "2024-12-31T00:00:00", TransportHubID: "A10045", TransportHubName: "Gatwick Airport", ResourceID: "N00129", ResourceName: "No1 Gatwick North",
		Party: dragonpass.Party{Adults: 1, Children: 1},
	}
	for _, row := range []struct {
		change func(*dragonpass.Notice)
		want   string
	}{
		{func(*dragonpass.Notice) {}, ""},
		{func(n *dragonpass.Notice) { n.Cancelled, n.CancelledAt = true, at }, ""},
		{func(n *dragonpass.Notice) { n.UsageDate = "" }, ""},
		{func(n *dragonpass.Notice) { n.Module = 5 }, "/module: expected one of 1, 2, 3, 4"},
		{func(n *dragonpass.Notice) { n.Party = dragonpass.Party{} }, "/passengers/guests: expected an integer of 0 or more"},
		{func(n *dragonpass.Notice) { n.UsageDate = "2024-12-31T00:00:00+00:00" }, "/usageDate: expected a string such as"},
	} {
		n := good
		row.change(&n)
		_, err := render(n)
		if row.want == "" {
			assert.NoError(t, err)
		} else {
			assert.ErrorContains(t, err, row.want)
		}
	}
}

// without is what is in all and not in some.
func without(all, some []string) []string {
	var rest []string
	for _, one := range all {
		if !slices.Contains(some, one) {
			rest = append(rest, one)
		}
	}
	return rest
}

// TestWire_SeesADifference: the test above compares something.
func TestWire_SeesADifference(t *testing.T) {
	t.Parallel()
	fields := wirefields.Of(usageOrder{Extra: &bundleExtra{}})
	for _, field := range []string{"/orderId", "/extra/usageDate", "/extra/vouchersList/*/voucher", "/extra/ePass/ePassId", "/extra/prebookingRequiredInfo/email"} {
		assert.Contains(t, fields, field)
	}
	assert.False(t, slices.ContainsFunc(fields, func(f string) bool { return strings.Contains(f, "prebookingExtra") }), "what is inlined has no name")
}

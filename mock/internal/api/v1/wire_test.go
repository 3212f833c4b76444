package v1

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

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
	for name, members := range written {
		assert.Empty(t, without(members, documented[name]), "%s: of the struct, not of the document", name)
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

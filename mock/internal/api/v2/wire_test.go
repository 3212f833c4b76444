package v2

import (
	"testing"

	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/api"
	"dragonmock/mock/internal/api/apitest"
	"dragonmock/mock/internal/api/v2/lifestyle"
	"dragonmock/mock/internal/contract"
	"dragonmock/openapi"
)

// TestWire_HasTheMembersOfTheDocument holds every struct against its schemas.
func TestWire_HasTheMembersOfTheDocument(t *testing.T) {
	t.Parallel()
	data, err := openapi.Files.ReadFile(openapi.V2)
	require.NoError(t, err)
	document, err := contract.Load(data)
	require.NoError(t, err)
	walkIn, prebooking := api.UsageOrder{Extra: &usageExtra{}}, api.UsageOrder{Extra: &prebookingExtra{}}
	booked := api.UsageOrder{Extra: &lifestyle.OrderExtra{}}
	bundle, issued := api.UsageOrder{Extra: &bundleExtra{}}, api.EPassOrder[ePass]{}
	apitest.HoldSome(t, document, func(id string) bool { return lifestyle.Handlers(api.Renders{})[id] == nil }, map[string]apitest.Wire{
		"generateAccessToken": {Request: api.AccessTokenRequest{}, Data: []any{api.AccessToken{}}},

		"createUser":          {Request: userRequest{}, Data: []any{clientUser{}}},
		"updateUser":          {Request: userRequest{}, Data: []any{clientUser{}}},
		"retrieveUser":        {Request: userSearch{}, Data: []any{clientUser{}}},
		"listUserEPasses":     {Request: userEPassesRequest{}, Data: []any{userEPassesPage{}}},
		"listUserMemberships": {Request: userMembershipsRequest{}, Data: []any{userMembershipsPage{}}},
		"deleteUser":          {Request: userSearch{}, Data: []any{deletedUser{}}},

		"search":      {Request: searchRequest{}, Data: []any{searchPage{}}},
		"listModules": {Data: []any{modulesThere{}}},

		"registerMembership":       {Request: membershipRequest{}, Data: []any{membership{}}},
		"updateMembership":         {Request: api.MembershipUpdate{}, Data: []any{membership{}}},
		"retrieveMembership":       {Request: api.MembershipSearch{}, Data: []any{membership{}}},
		"generateMembershipQRCode": {Request: api.MembershipNamed{}, Data: []any{api.QRCode{}}},
		"updateEntitlements":       {Request: api.EntitlementsUpdate{}, Data: []any{api.MembershipEntitlements{}}},
		"retrieveEntitlements":     {Request: api.MembershipNamed{}, Data: []any{api.MembershipEntitlements{}}},

		"listTransportHubs":           {Data: []any{api.TransportHubsPage{}}},
		"retrieveTransportHub":        {Data: []any{api.TransportHubDetails{}}},
		"listResources":               {Data: []any{resourcesPage{}}},
		"retrieveResource":            {Data: []any{api.ResourceDetails[locationInfo]{}, lifestyle.ResourceDetails{}}},
		"checkPrebookingAvailability": {Request: api.AvailabilityRequest{}, Data: []any{api.Availability{}}},

		"createEPass":                         {Request: api.EPassRequest[ePassData]{}, Data: []any{issued}},
		"createCrossModuleEPass":              {Request: api.EPassRequest[ePassData]{}, Data: []any{issued}, Unread: []string{"/extra/allowedModules"}},
		"createMultiModuleEPass":              {Request: api.EPassRequest[ePassData]{}, Data: []any{issued}, Unread: []string{"/extra/allowedModules"}},
		"createEPassWithLoungePrebooking":     {Request: api.BundleRequest[ePassData]{}, Data: []any{bundle}},
		"createEPassWithFastTrackPrebooking":  {Request: api.BundleRequest[ePassData]{}, Data: []any{bundle}},
		"createEPassLoungePrebooking":         {Request: api.PrebookingRequest{}, Data: []any{prebooking}},
		"createEPassFastTrackPrebooking":      {Request: api.PrebookingRequest{}, Data: []any{prebooking}},
		"createMembershipLoungePrebooking":    {Request: membershipPrebookingRequest{}, Data: []any{prebooking}},
		"createMembershipFastTrackPrebooking": {Request: membershipPrebookingRequest{}, Data: []any{prebooking}},

		"previewMembershipLoungePrebooking":    {Request: membershipPrebookingRequest{}, Data: []any{preview{}}},
		"previewMembershipFastTrackPrebooking": {Request: membershipPrebookingRequest{}, Data: []any{preview{}}},

		"listEPassUsageOrders":         {Request: api.EPassUsageOrdersRequest{}, Data: []any{api.UsageOrdersPage{}}},
		"listMembershipUsageOrders":    {Request: api.MembershipUsageOrdersRequest{}, Data: []any{api.UsageOrdersPage{}}},
		"retrieveEPass":                {Request: api.EPassSearch{}, Data: []any{issued}},
		"retrieveEPassUsageOrder":      {Request: api.OrderSearch{}, Data: []any{walkIn, prebooking, booked}},
		"retrieveMembershipUsageOrder": {Request: api.OrderSearch{}, Data: []any{walkIn, prebooking, booked}},
		"recoverEvents":                {Data: []any{eventsPage{}}},

		"receiveWalkinRedemption":            {Request: walkInRedemption{}},
		"receivePrebookingStatusChanged":     {Request: statusChanged{}},
		"receiveResourceMetadataUpdated":     {Request: resourcesBatch{}},
		"receiveTransportHubMetadataUpdated": {Request: hubsBatch{}},
		"receiveResourceAvailabilityChanged": {Request: resourcesBatch{}},

		"simulateLoungeRedemption":              {Request: walkInRequest{}, Data: []any{transaction{}}},
		"simulateSetMealRedemption":             {Request: walkInRequest{}, Data: []any{transaction{}}},
		"simulateCouponRedemption":              {Request: walkInRequest{}, Data: []any{transaction{}}},
		"simulateLoungePrebookingRedemption":    {Request: redemptionRequest{}, Data: []any{redemption{}}},
		"simulateFastTrackPrebookingRedemption": {Request: redemptionRequest{}, Data: []any{redemption{}}},
		"simulateLoungeCancellation":            {Request: cancellationRequest{}, Data: []any{transaction{}}},
		"simulateFastTrackCancellation":         {Request: cancellationRequest{}, Data: []any{transaction{}}},
		"simulateSetMealCancellation":           {Request: cancellationRequest{}, Data: []any{transaction{}}},
		"simulateCouponCancellation":            {Request: cancellationRequest{}, Data: []any{transaction{}}},

		"cancelOrder": {Request: api.Cancellation{}, Data: []any{issued, walkIn, prebooking, booked}},
	})
}

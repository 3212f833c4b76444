package lifestyle

import (
	"testing"

	"github.com/stretchr/testify/require"

	"dragonmock/mock/internal/api"
	"dragonmock/mock/internal/api/apitest"
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
	booked := api.UsageOrder{Extra: &OrderExtra{}}
	apitest.HoldSome(t, document, func(id string) bool { return Handlers(api.Renders{})[id] != nil }, map[string]apitest.Wire{
		"checkOptionPrebookingAvailability":    {Request: optionAvailabilityRequest{}, Data: []any{api.Availability{}}},
		"checkESIMTopUpAvailability":           {Request: topUpAvailabilityRequest{}, Data: []any{api.Availability{}}},
		"listESIMOptions":                      {Data: []any{esimOptionList{}}},
		"retrieveFitnessSchedule":              {Data: []any{schedule{}}},
		"retrieveFitnessOption":                {Data: []any{visitDetails{}}},
		"listLocalOfferOptions":                {Data: []any{offerList{}}},
		"retrieveLocalOfferOption":             {Data: []any{offerDetails{}}},
		"retrieveResourcePrices":               {Request: resourcePricesRequest{}, Data: []any{resourcePrices{}}},
		"retrieveOptionPrices":                 {Request: optionPricesRequest{}, Data: []any{optionPrices{}}},
		"createEPassESIMPrebooking":            {Request: ePassOptionRequest{}, Data: []any{booked}},
		"createMembershipESIMPrebooking":       {Request: membershipOptionRequest{}, Data: []any{booked}},
		"createEPassESIMTopUp":                 {Request: ePassOptionRequest{}, Data: []any{booked}},
		"createMembershipESIMTopUp":            {Request: membershipOptionRequest{}, Data: []any{booked}},
		"createEPassFitnessPrebooking":         {Request: ePassOptionRequest{}, Data: []any{booked}},
		"createMembershipFitnessPrebooking":    {Request: membershipOptionRequest{}, Data: []any{booked}},
		"createEPassLocalOfferPrebooking":      {Request: ePassOptionRequest{}, Data: []any{booked}},
		"createMembershipLocalOfferPrebooking": {Request: membershipOptionRequest{}, Data: []any{booked}},
		"retrieveESIMOrder":                    {Request: api.OrderSearch{}, Data: []any{booked}},
		"listESIMPackages":                     {Request: esimPackagesRequest{}, Data: []any{esimPackages{}}},
		"checkInFitness":                       {Request: api.OrderSearch{}, Data: []any{checkedIn{}}},
	})
}

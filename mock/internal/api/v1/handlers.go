package v1

import (
	"maps"
	"strconv"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/api"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

// handlers holds the handler of every operation by its operationId.
func handlers() map[string]dispatch.Handler {
	show := api.Renders{EPass: ePassAnswer, Order: func(_ *world.Tx, o booking.Order) any { return orderAnswer(o) }, Membership: membershipAnswer, Bundle: bundleAnswer, Hides: dragonpass.Module.V2Alone}
	all := api.Handlers(show)
	maps.Copy(all, api.IssuingEPasses(show, readEPass))
	maps.Copy(all, api.MembershipPrebookings(show, membershipPrebooking))
	maps.Copy(all, map[string]dispatch.Handler{
		"registerMembership": api.Body(show, registerMembership),

		"listTransportHubResources": api.Plain(show, listTransportHubResources),
		"retrieveResource":          api.Plain(show, retrieveResource),
		"listUpdatedResources":      api.Plain(show, listUpdatedResources),
	})
	return all
}

func listTransportHubResources(c *dispatch.Call) (any, error) {
	language, err := api.LanguageOf(c)
	if err != nil {
		return nil, err
	}
	module, _ := strconv.Atoi(c.Query.Get("module"))
	resources, err := booking.TransportHubResources(c.Tx, c.Path.Get("transportHubId"), dragonpass.Module(module), api.QueryPage(c))
	return transportHubResourcesPage{
		Pagination: api.PageOf(resources), Language: language, Resources: transportHubResources{api.Each(resources.Items, resourceWire)},
	}, err
}

func retrieveResource(c *dispatch.Call) (any, error) {
	language, err := api.LanguageOf(c)
	if err != nil {
		return nil, err
	}
	r, err := booking.ShowResource(c.Tx, c.Path.Get("resourceId"))
	if err != nil {
		return nil, err
	}
	return api.DetailsOf(r, api.LocationOf(r), language), nil
}

func listUpdatedResources(c *dispatch.Call) (any, error) {
	since, err := api.InstantOf("since", c.Query.Get("since"))
	if err != nil {
		return nil, err
	}
	updates := booking.ResourceUpdates(c.Tx, since, api.QueryPage(c))
	return updatedResourcesPage{api.PageOf(updates), api.Each(updates.Items, func(u store.ResourceUpdate) updatedResource {
		return updatedResource{ResourceID: u.ResourceID, Module: int(u.Module), UpdatedAt: api.Timestamp(u.UpdatedAt)}
	})}, nil
}

func readEPass(data ePassData) (dragonpass.IssueRequest, error) {
	expires, err := api.InstantOf("expirationDate", data.ExpirationDate)
	return dragonpass.IssueRequest{
		FirstName: data.FirstName, LastName: data.LastName,
		ExpirationDate: expires, Usages: data.AvailableUsages, AllowedResources: data.AllowedResources.ResourceID,
	}, err
}

func membershipPrebooking(r membershipPrebookingRequest) dragonpass.PrebookRequest {
	return r.Extra.Of(r.Module, dragonpass.Holder{MembershipID: r.MembershipID})
}

func registerMembership(c *dispatch.Call, r membershipRequest) (any, error) {
	expires, err := api.InstantOf("expirationDate", r.ExpirationDate)
	if err != nil {
		return nil, err
	}
	m, err := booking.RegisterMembership(c.Tx, dragonpass.RegisterRequest{
		ProgramID: c.Program, ClientUserID: r.ClientUserID, FirstName: r.FirstName, LastName: r.LastName,
		PhoneNumber: r.PhoneNumber, CallingCode: r.CallingCode, Email: r.Email, ExpirationDate: expires,
	})
	return membershipAnswer(c.Tx, m), err
}

func resourceWire(r dragonpass.Resource) api.Resource[api.LocationInfo] {
	return api.ResourceOf(r, api.LocationOf(r))
}

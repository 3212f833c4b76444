package v1

import (
	"strconv"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/rules"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/token"
)

// handlers holds the handler of every operation by its operationId.
func handlers() map[string]dispatch.Handler {
	lounge, fastTrack := dragonpass.Lounge, dragonpass.FastTrack
	return map[string]dispatch.Handler{
		"generateAccessToken": dispatch.Body(generateAccessToken),

		"registerMembership":       dispatch.Body(registerMembership),
		"updateMembership":         dispatch.Body(updateMembership),
		"retrieveMembership":       dispatch.Body(retrieveMembership),
		"generateMembershipQRCode": dispatch.Body(generateMembershipQRCode),
		"updateEntitlements":       dispatch.Body(updateEntitlements),
		"retrieveEntitlements":     dispatch.Body(retrieveEntitlements),

		"listTransportHubs":           dispatch.Plain(listTransportHubs),
		"retrieveTransportHub":        dispatch.Plain(retrieveTransportHub),
		"listTransportHubResources":   dispatch.Plain(listTransportHubResources),
		"retrieveResource":            dispatch.Plain(retrieveResource),
		"listUpdatedResources":        dispatch.Plain(listUpdatedResources),
		"checkPrebookingAvailability": dispatch.Body(checkPrebookingAvailability),

		"createEPass":                         dispatch.Body(createEPass),
		"createEPassWithLoungePrebooking":     dispatch.Body(createEPassWithPrebooking(lounge)),
		"createEPassLoungePrebooking":         dispatch.Body(createPrebooking(lounge)),
		"createEPassFastTrackPrebooking":      dispatch.Body(createPrebooking(fastTrack)),
		"createEPassWithFastTrackPrebooking":  dispatch.Body(createEPassWithPrebooking(fastTrack)),
		"createMembershipLoungePrebooking":    dispatch.Body(createPrebooking(lounge)),
		"createMembershipFastTrackPrebooking": dispatch.Body(createPrebooking(fastTrack)),

		"listEPassUsageOrders":         dispatch.Body(listUsageOrders),
		"listMembershipUsageOrders":    dispatch.Body(listUsageOrders),
		"retrieveEPass":                dispatch.Body(retrieveEPass),
		"retrieveEPassUsageOrder":      dispatch.Body(retrieveEPassUsageOrder),
		"retrieveMembershipUsageOrder": dispatch.Body(retrieveMembershipUsageOrder),
		"cancelOrder":                  dispatch.Body(cancelOrder),
	}
}

func generateAccessToken(c *dispatch.Call, r accessTokenRequest) (any, error) {
	issued, err := token.Issue(c.World, r.Secret)
	return accessToken{AccessToken: issued, TokenType: "Bearer", ExpiresIn: int(token.Life / time.Second)}, err
}

func listTransportHubs(c *dispatch.Call) (any, error) {
	language, err := languageOf(c)
	if err != nil {
		return nil, err
	}
	kind, _ := strconv.Atoi(c.Query.Get("type"))
	hubs := booking.TransportHubs(c.Tx, booking.HubFilter{IATA: c.Query.Get("iata"), CountryOrRegion: c.Query.Get("countryOrRegion"), Type: kind}, queryPage(c))
	return transportHubsPage{Pagination: pageOf(hubs), Language: language, TransportHubs: each(hubs.Items, hubWire)}, nil
}

func retrieveTransportHub(c *dispatch.Call) (any, error) {
	language, err := languageOf(c)
	if err != nil {
		return nil, err
	}
	hub, err := booking.TransportHub(c.Tx, c.Path.Get("transportHubId"))
	return transportHubDetails{Language: language, transportHub: hubWire(hub), ImagesList: each(hub.Images, pictureWire)}, err
}

func listTransportHubResources(c *dispatch.Call) (any, error) {
	language, err := languageOf(c)
	if err != nil {
		return nil, err
	}
	module, _ := strconv.Atoi(c.Query.Get("module"))
	resources, err := booking.TransportHubResources(c.Tx, c.Path.Get("transportHubId"), dragonpass.Module(module), queryPage(c))
	return transportHubResourcesPage{
		Pagination: pageOf(resources), Language: language, Resources: transportHubResources{each(resources.Items, resourceWire)},
	}, err
}

func retrieveResource(c *dispatch.Call) (any, error) {
	language, err := languageOf(c)
	if err != nil {
		return nil, err
	}
	r, err := booking.ShowResource(c.Tx, c.Path.Get("resourceId"))
	if err != nil {
		return nil, err
	}
	return detailsWire(r, language), nil
}

func listUpdatedResources(c *dispatch.Call) (any, error) {
	var since time.Time
	if sent := c.Query.Get("since"); sent != "" {
		var err error
		if since, err = instantOf("since", sent); err != nil {
			return nil, err
		}
	}
	updates := booking.ResourceUpdates(c.Tx, since, queryPage(c))
	return updatedResourcesPage{pageOf(updates), each(updates.Items, func(u store.ResourceUpdate) updatedResource {
		return updatedResource{ResourceID: u.ResourceID, Module: int(u.Module), UpdatedAt: timestamp(u.UpdatedAt)}
	})}, nil
}

func checkPrebookingAvailability(c *dispatch.Call, r availabilityRequest) (any, error) {
	found, err := booking.CheckAvailability(c.Tx, dragonpass.AvailabilityRequest{
		Holder: dragonpass.Holder{EPassID: r.EPassID, MembershipID: r.MembershipID}, Module: dragonpass.Module(r.Module), ResourceID: r.ResourceID,
		Date: dragonpass.LocalTime(r.PrebookingDate), Party: dragonpass.Party{Adults: r.AdultCount, Children: r.ChildCount},
	})
	if err != nil {
		return nil, err
	}
	if found.Reason != "" {
		c.Note = "not available: " + found.Reason
		return availability{}, nil
	}
	return availability{Available: true, PrebookingToken: found.Token.Token, ValidUntil: found.Token.ValidUntil.Unix(), Price: new(priceWire(found.Price))}, nil
}

func createEPass(c *dispatch.Call, r ePassRequest) (any, error) {
	request, err := issueRequest(c, dragonpass.ModuleOf(c.Path.Get("module")), r)
	if err != nil {
		return nil, err
	}
	pass, err := booking.IssueEPass(c.Tx, request)
	return ePassWire(pass), err
}

func createEPassWithPrebooking(path dragonpass.Module) func(*dispatch.Call, ePassRequest) (any, error) {
	return func(c *dispatch.Call, r ePassRequest) (any, error) {
		request, err := issueRequest(c, path, r)
		if err != nil {
			return nil, err
		}
		pass, order, err := booking.IssueAndPrebook(c.Tx, dragonpass.BundleRequest{
			Issue: request, Token: r.Extra.PrebookingToken, Passenger: passengerOf(r.Extra.PrebookingRequiredInfo),
		})
		if err != nil {
			return nil, err
		}
		return bundleWire(order, pass), nil
	}
}

func issueRequest(c *dispatch.Call, path dragonpass.Module, r ePassRequest) (dragonpass.IssueRequest, error) {
	expires, err := instantOf("expirationDate", r.Extra.ExpirationDate)
	return dragonpass.IssueRequest{
		ProgramID: c.Program, Path: path, Module: dragonpass.Module(r.Module), ClientUserID: r.ClientUserID,
		FirstName: r.Extra.FirstName, LastName: r.Extra.LastName, ExpirationDate: expires, Usages: r.Extra.AvailableUsages,
		AllowedResources: r.Extra.AllowedResources.ResourceID,
	}, err
}

// createPrebooking serves passes and memberships alike: the contract says which of the two ids is there.
func createPrebooking(path dragonpass.Module) func(*dispatch.Call, prebookingRequest) (any, error) {
	return func(c *dispatch.Call, r prebookingRequest) (any, error) {
		order, err := booking.Prebook(c.Tx, dragonpass.PrebookRequest{
			ProgramID: c.Program, Path: path, Module: dragonpass.Module(r.Module),
			Holder: dragonpass.Holder{EPassID: r.EPassID, MembershipID: r.MembershipID},
			Token:  r.Extra.PrebookingToken, Passenger: passengerOf(r.Extra.PrebookingRequiredInfo),
		})
		if err != nil {
			return nil, err
		}
		return orderAnswer(order), nil
	}
}

func listUsageOrders(c *dispatch.Call, r usageOrdersRequest) (any, error) {
	filter := booking.OrdersFilter{Module: dragonpass.Module(r.Module)}
	if r.Status != nil {
		filter.Status = new(dragonpass.OrderStatus(*r.Status))
	}
	orders, err := booking.UsageOrders(c.Tx, dragonpass.Holder{EPassID: r.EPassID, MembershipID: r.MembershipID}, filter, page(r.PageSize, r.PageNumber))
	if err != nil {
		return nil, err
	}
	return usageOrdersPage{Pagination: pageOf(orders), Orders: each(orders.Items, rowWire)}, nil
}

func retrieveEPass(c *dispatch.Call, r ePassSearch) (any, error) {
	find, id := booking.EPass, r.EPassID
	if r.OrderID != "" {
		find, id = booking.EPassByOrder, r.OrderID
	}
	pass, err := find(c.Tx, id)
	return ePassWire(pass), err
}

func retrieveMembershipUsageOrder(c *dispatch.Call, r orderSearch) (any, error) {
	order, err := booking.MembershipUsageOrder(c.Tx, r.OrderID)
	if err != nil {
		return nil, err
	}
	return orderAnswer(order), nil
}

func retrieveEPassUsageOrder(c *dispatch.Call, r orderSearch) (any, error) {
	order, err := booking.EPassUsageOrder(c.Tx, r.OrderID)
	if err != nil {
		return nil, err
	}
	return orderAnswer(order), nil
}

func cancelOrder(c *dispatch.Call, r orderSearch) (any, error) {
	cancelled, err := booking.CancelOrder(c.Tx, r.OrderID)
	switch {
	case err != nil:
		return nil, err
	case cancelled.EPass != nil:
		return ePassWire(*cancelled.EPass), nil
	}
	return orderAnswer(*cancelled.Order), nil
}

// languageOf is the language that the call asks for. Errors: LANGUAGE_NOT_ALLOWED.
func languageOf(c *dispatch.Call) (string, error) {
	return rules.ChooseLanguage(c.Query.Get("language"), c.World.Client().Languages)
}

// The page of calls that name none.
const defaultPageSize = 10

func page(size, number int) booking.Page {
	if size == 0 {
		size = defaultPageSize
	}
	return booking.Page{Size: size, Number: max(number, 1)}
}

func queryPage(c *dispatch.Call) booking.Page {
	size, _ := strconv.Atoi(c.Query.Get("pageSize")) // legal, or absent
	number, _ := strconv.Atoi(c.Query.Get("pageNumber"))
	return page(size, number)
}

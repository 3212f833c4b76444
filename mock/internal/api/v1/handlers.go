package v1

import (
	"strconv"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/platform"
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
	token, err := dispatch.IssueToken(c.World, r.Secret)
	return accessToken{AccessToken: token, TokenType: "Bearer", ExpiresIn: int(dispatch.TokenLife / time.Second)}, err
}

func listTransportHubs(c *dispatch.Call) (any, error) {
	language, err := languageOf(c)
	if err != nil {
		return nil, err
	}
	kind, _ := strconv.Atoi(c.Query.Get("type"))
	hubs := c.Tx.TransportHubs(platform.HubFilter{IATA: c.Query.Get("iata"), CountryOrRegion: c.Query.Get("countryOrRegion"), Type: kind}, queryPage(c))
	return transportHubsPage{Pagination: pageOf(hubs), Language: language, TransportHubs: each(hubs.Items, hubWire)}, nil
}

func retrieveTransportHub(c *dispatch.Call) (any, error) {
	language, err := languageOf(c)
	if err != nil {
		return nil, err
	}
	hub, err := c.Tx.TransportHub(c.Path.Get("transportHubId"))
	return transportHubDetails{Language: language, transportHub: hubWire(hub), ImagesList: each(hub.Images, pictureWire)}, err
}

func listTransportHubResources(c *dispatch.Call) (any, error) {
	language, err := languageOf(c)
	if err != nil {
		return nil, err
	}
	module, _ := strconv.Atoi(c.Query.Get("module"))
	resources, err := c.Tx.TransportHubResources(c.Path.Get("transportHubId"), dragonpass.Module(module), queryPage(c))
	return transportHubResourcesPage{
		Pagination: pageOf(resources), Language: language, Resources: transportHubResources{each(resources.Items, resourceWire)},
	}, err
}

func retrieveResource(c *dispatch.Call) (any, error) {
	language, err := languageOf(c)
	if err != nil {
		return nil, err
	}
	r, err := c.Tx.Resource(c.Path.Get("resourceId"))
	if err != nil {
		return nil, err
	}
	return detailsWire(r, language), nil
}

func listUpdatedResources(c *dispatch.Call) (any, error) {
	var since time.Time
	if sent := c.Query.Get("since"); sent != "" {
		var err error
		if since, err = instantOf("query since", sent); err != nil {
			return nil, err
		}
	}
	updates := c.Tx.ResourceUpdates(since, queryPage(c))
	return updatedResourcesPage{pageOf(updates), each(updates.Items, func(u platform.ResourceUpdate) updatedResource {
		return updatedResource{ResourceID: u.ResourceID, Module: int(u.Module), UpdatedAt: timestamp(u.UpdatedAt)}
	})}, nil
}

func checkPrebookingAvailability(c *dispatch.Call, r availabilityRequest) (any, error) {
	found, err := c.Tx.CheckAvailability(platform.AvailabilityRequest{
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
	pass, err := c.Tx.IssueEPass(request)
	return ePassWire(pass), err
}

func createEPassWithPrebooking(path dragonpass.Module) func(*dispatch.Call, ePassRequest) (any, error) {
	return func(c *dispatch.Call, r ePassRequest) (any, error) {
		request, err := issueRequest(c, path, r)
		if err != nil {
			return nil, err
		}
		pass, order, err := c.Tx.IssueAndPrebook(platform.BundleRequest{
			Issue: request, Token: r.Extra.PrebookingToken, Passenger: passengerOf(r.Extra.PrebookingRequiredInfo),
		})
		if err != nil {
			return nil, err
		}
		return bundleWire(c.Tx, order, pass)
	}
}

func issueRequest(c *dispatch.Call, path dragonpass.Module, r ePassRequest) (platform.IssueRequest, error) {
	expires, err := instantOf("/extra/expirationDate", r.Extra.ExpirationDate)
	return platform.IssueRequest{
		ProgramID: c.Program, Path: path, Module: dragonpass.Module(r.Module), ClientUserID: r.ClientUserID,
		FirstName: r.Extra.FirstName, LastName: r.Extra.LastName, ExpirationDate: expires, Usages: r.Extra.AvailableUsages,
		AllowedResources: r.Extra.AllowedResources.ResourceID,
	}, err
}

// createPrebooking serves passes and memberships alike: the contract says which of the two ids is there.
func createPrebooking(path dragonpass.Module) func(*dispatch.Call, prebookingRequest) (any, error) {
	return func(c *dispatch.Call, r prebookingRequest) (any, error) {
		order, err := c.Tx.Prebook(platform.PrebookRequest{
			ProgramID: c.Program, Path: path, Module: dragonpass.Module(r.Module),
			Holder: dragonpass.Holder{EPassID: r.EPassID, MembershipID: r.MembershipID},
			Token:  r.Extra.PrebookingToken, Passenger: passengerOf(r.Extra.PrebookingRequiredInfo),
		})
		if err != nil {
			return nil, err
		}
		return orderAnswer(c.Tx, order)
	}
}

func listUsageOrders(c *dispatch.Call, r usageOrdersRequest) (any, error) {
	filter := platform.OrdersFilter{Module: dragonpass.Module(r.Module)}
	if r.Status != nil {
		filter.Status = new(dragonpass.OrderStatus(*r.Status))
	}
	orders, err := c.Tx.UsageOrders(dragonpass.Holder{EPassID: r.EPassID, MembershipID: r.MembershipID}, filter, page(r.PageSize, r.PageNumber))
	if err != nil {
		return nil, err
	}
	answer := usageOrdersPage{Pagination: pageOf(orders), Orders: []usageOrderRow{}}
	for _, o := range orders.Items {
		row, err := rowWire(c.Tx, o)
		if err != nil {
			return nil, err
		}
		answer.Orders = append(answer.Orders, row)
	}
	return answer, nil
}

func retrieveEPass(c *dispatch.Call, r ePassSearch) (any, error) {
	find, id := c.Tx.EPass, r.EPassID
	if r.OrderID != "" {
		find, id = c.Tx.EPassByOrder, r.OrderID
	}
	pass, err := find(id)
	return ePassWire(pass), err
}

func retrieveMembershipUsageOrder(c *dispatch.Call, r orderSearch) (any, error) {
	order, err := c.Tx.MembershipUsageOrder(r.OrderID)
	if err != nil {
		return nil, err
	}
	return orderAnswer(c.Tx, order)
}

func retrieveEPassUsageOrder(c *dispatch.Call, r orderSearch) (any, error) {
	order, err := c.Tx.EPassUsageOrder(r.OrderID)
	if err != nil {
		return nil, err
	}
	return orderAnswer(c.Tx, order)
}

func cancelOrder(c *dispatch.Call, r orderSearch) (any, error) {
	cancelled, err := c.Tx.CancelOrder(r.OrderID)
	switch {
	case err != nil:
		return nil, err
	case cancelled.EPass != nil:
		return ePassWire(*cancelled.EPass), nil
	}
	return orderAnswer(c.Tx, *cancelled.Order)
}

// languageOf is the language that the call asks for. Errors: LANGUAGE_NOT_ALLOWED.
func languageOf(c *dispatch.Call) (string, error) {
	language := c.Query.Get("language")
	if language == "" {
		return platform.DefaultLanguage, nil
	}
	if !c.World.Client().Speaks(language) {
		return "", dragonpass.Refuse(dragonpass.LanguageNotAllowed, "query language: the client is not authorised for %s", language).
			By("D/339140m0").Unless("%s, or an authorisation", platform.DefaultLanguage)
	}
	return language, nil
}

// The page of calls that name none.
const defaultPageSize = 10

func page(size, number int) platform.Page {
	if size == 0 {
		size = defaultPageSize
	}
	return platform.Page{Size: size, Number: max(number, 1)}
}

func queryPage(c *dispatch.Call) platform.Page {
	size, _ := strconv.Atoi(c.Query.Get("pageSize")) // legal, or absent
	number, _ := strconv.Atoi(c.Query.Get("pageNumber"))
	return page(size, number)
}

// instantOf reads a date with any offset.
func instantOf(pointer, s string) (time.Time, error) {
	t, err := platform.ParseInstant(s)
	if err != nil {
		return t, dragonpass.Refuse(dragonpass.InvalidRequest, "%s: %s", pointer, err).By("A-020")
	}
	return t, nil
}

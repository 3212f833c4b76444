package v2

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/access"
	"dragonmock/mock/dragonpass/geo"
	"dragonmock/mock/dragonpass/translation"
	"dragonmock/mock/internal/api"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/store"
)

// handlers holds the handler of every operation by its operationId.
func handlers(callback func(store.Event) ([]byte, error)) map[string]dispatch.Handler {
	show := api.Renders{EPass: ePassAnswer, Order: orderAnswer, Membership: membershipAnswer, Bundle: bundleAnswer, InLanguage: translation.TransportHub}
	all := api.Handlers(show)
	maps.Copy(all, api.IssuingEPasses(show, bundleRequest))
	maps.Copy(all, api.IssuingCrossModuleEPasses(show, bundleRequest))
	maps.Copy(all, api.MembershipPrebookings(show, membershipPrebooking))
	maps.Copy(all, previews())
	maps.Copy(all, aboutUsers())
	maps.Copy(all, simulations())
	maps.Copy(all, map[string]dispatch.Handler{
		"registerMembership": dispatch.Body(registerMembership),

		"recoverEvents":    dispatch.Plain(recoverEvents(callback)),
		"listResources":    dispatch.Plain(listResources),
		"retrieveResource": dispatch.Plain(retrieveResource),
	})
	return all
}

func listResources(c *dispatch.Call) (any, error) {
	language, err := api.LanguageOf(c)
	if err != nil {
		return nil, err
	}
	filter, err := filterOf(c)
	if err != nil {
		return nil, err
	}
	found, err := booking.Resources(c.Tx, filter, api.QueryPage(c))
	atHubs := len(found.Items) // they come first
	if i := slices.IndexFunc(found.Items, func(r dragonpass.Resource) bool { return r.Module.Lifestyle() }); i >= 0 {
		atHubs = i
	}
	return resourcesPage{
		Pagination: api.PageOf(found), Language: language,
		Resources: resources{
			TransportHubResources: api.Each(found.Items[:atHubs], func(r dragonpass.Resource) api.Resource[locationInfo] { return resourceWire(listed(r, language)) }),
			LifestyleResources:    api.Each(found.Items[atHubs:], func(r dragonpass.Resource) lifestyle { return lifestyleWire(listed(r, language)) }),
		},
	}, err
}

// listed is a resource in a language. No list leaves one out.
func listed(r dragonpass.Resource, language string) dragonpass.Resource {
	r, _ = translation.Resource(r, language, true)
	return r
}

// filterOf reads the filters of a list of resources. Errors: INVALID_REQUEST for a part of a circle.
func filterOf(c *dispatch.Call) (dragonpass.ResourceFilter, error) {
	f := dragonpass.ResourceFilter{
		TransportHubID: c.Query.Get("transportHubId"), IATA: c.Query.Get("iata"), CityID: c.Query.Get("cityId"), CountryOrRegion: c.Query.Get("countryOrRegion"),
	}
	for _, sent := range c.Query["module"] {
		module, _ := strconv.Atoi(sent) // legal
		f.Modules = append(f.Modules, dragonpass.Module(module))
	}
	var circle geo.Circle
	var missing []string
	for name, into := range map[string]*float64{"latitude": &circle.Latitude, "longitude": &circle.Longitude, "radius": &circle.Radius} {
		if *into, _ = strconv.ParseFloat(c.Query.Get(name), 64); !c.Query.Has(name) {
			missing = append(missing, name)
		}
	}
	switch len(missing) {
	case 0:
		f.Circle = &circle
	case 1, 2:
		slices.Sort(missing)
		return f, dragonpass.RefuseField(dragonpass.InvalidRequest, missing[0], "expected latitude, longitude and radius together, without %s", strings.Join(missing, " and ")).
			By("D/3504481e0")
	}
	return f, nil
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
	r, there := translation.Resource(r, language, api.FallbackAllowed(c))
	if !there {
		return nil, access.RefuseUntranslated(dragonpass.ResourceNotFound, "resourceId", r.ResourceID, language)
	}
	if r.Module.Lifestyle() {
		return lifestyleDetails{language, lifestyleWire(r), api.AboutOf(r)}, nil
	}
	return api.DetailsOf(r, locationOf(r), language), nil
}

func bundleRequest(r ePassRequest) (dragonpass.BundleRequest, error) {
	begins, expires, err := lifeOf(r.Extra.ActivationDate, r.Extra.ExpirationDate)
	return dragonpass.BundleRequest{
		Issue: dragonpass.IssueRequest{
			Module: dragonpass.Module(r.Module), ClientUserID: r.ClientUserID, FirstName: r.Extra.FirstName, LastName: r.Extra.LastName,
			ActivationDate: begins, ExpirationDate: expires, Usages: r.Extra.AvailableUsages, AllowedResources: r.Extra.AllowedResources.ResourceIDs,
		},
		Token: r.Extra.PrebookingToken, Passenger: api.PassengerOf(r.Extra.PrebookingRequiredInfo),
	}, err
}

// lifeOf reads the first and the last instant of a pass or a membership; one that is not there is zero.
func lifeOf(activation, expiration string) (begins, expires time.Time, err error) {
	if begins, err = api.InstantOf("activationDate", activation); err == nil {
		expires, err = api.InstantOf("expirationDate", expiration)
	}
	return begins, expires, err
}

func registerMembership(c *dispatch.Call, r membershipRequest) (any, error) {
	begins, expires, err := lifeOf(r.ActivationDate, r.ExpirationDate)
	if err != nil {
		return nil, err
	}
	m, err := booking.RegisterMembership(c.Tx, dragonpass.RegisterRequest{
		ProgramID: c.Program, ClientUserID: r.ClientUserID, FirstName: r.FirstName, LastName: r.LastName,
		PhoneNumber: r.PhoneNumber, CallingCode: r.CallingCode, Email: r.Email, ActivationDate: begins, ExpirationDate: expires,
	})
	return membershipAnswer(c.Tx, m), err
}

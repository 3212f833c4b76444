package v2

import (
	"slices"
	"strconv"
	"strings"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/access"
	"dragonmock/mock/dragonpass/geo"
	"dragonmock/mock/dragonpass/option"
	"dragonmock/mock/dragonpass/translation"
	"dragonmock/mock/internal/api"
	"dragonmock/mock/internal/api/v2/lifestyle"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/dispatch"
)

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
	return resourcesPage{Pagination: api.PageOf(found), Language: language, Resources: resourcesOf(found.Items, language)}, err
}

// resourcesOf shows resources, of which those at hubs come first, in a language.
func resourcesOf(all []dragonpass.Resource, language string) resources {
	atHubs := slices.IndexFunc(all, func(r dragonpass.Resource) bool { return r.Module.Lifestyle() })
	if atHubs < 0 {
		atHubs = len(all)
	}
	return resources{
		TransportHubResources: api.Each(all[:atHubs], func(r dragonpass.Resource) api.Resource[locationInfo] { return resourceWire(listed(r, language)) }),
		LifestyleResources:    api.Each(all[atHubs:], func(r dragonpass.Resource) lifestyle.Resource { return lifestyle.ResourceOf(listed(r, language)) }),
	}
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
		return lifestyle.DetailsOf(r, language), nil
	}
	return api.DetailsOf(r, locationOf(r), language), nil
}

// offered is a lifestyle resource as its author sees it: with what is booked of it, in the shape in which it is given.
type offered struct {
	lifestyle.ResourceDetails `json:",embed"`

	Options []option.Option `json:"options"`
}

// resourceAnswer renders a resource's details in the default language for whoever changes it.
func resourceAnswer(r dragonpass.Resource) any {
	if r.Module.Lifestyle() {
		return offered{lifestyle.DetailsOf(r, dragonpass.DefaultLanguage), r.Options}
	}
	return api.DetailsOf(r, locationOf(r), dragonpass.DefaultLanguage)
}

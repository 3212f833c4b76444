package booking

import (
	"slices"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/rules"
	"dragonmock/mock/internal/world"
)

// FindResource finds a resource as this world has it. Nobody looks at it: see [ShowResource].
func FindResource(tx *world.Tx, id string) (dragonpass.Resource, bool) {
	if r, ok := tx.Resources.Get(id); ok {
		return r, true
	}
	return tx.Catalog().Resource(id)
}

// found is a resource of the catalogue as this world has it.
func found(tx *world.Tx, id string) dragonpass.Resource {
	r, _ := FindResource(tx, id)
	return r
}

// seat is the module of a resource of the catalogue, and where it is, as this world has them.
func seat(tx *world.Tx, id string) (dragonpass.Module, *dragonpass.TransportHub) {
	if r, ok := tx.Resources.Get(id); ok {
		return r.Module, &r.Hub
	}
	m, place, _ := tx.Catalog().Seat(id)
	return m, place
}

// ShowResource shows a resource to the client. If it is the slow test venue, the answer is slow. Errors:
// RESOURCE_NOT_FOUND.
func ShowResource(tx *world.Tx, id string) (dragonpass.Resource, error) {
	r, ok := seeResource(tx, id)
	return r, rules.RequireResource(id, ok)
}

// shows says whether the version of the call knows a module. Who calls by no version sees all.
func shows(tx *world.Tx, m dragonpass.Module) bool { return tx.Hides == nil || !tx.Hides(m) }

// seeResource is [ShowResource] for a rule that decides what it means that there is none.
func seeResource(tx *world.Tx, id string) (dragonpass.Resource, bool) {
	r, ok := FindResource(tx, id)
	if !shows(tx, r.Module) {
		return dragonpass.Resource{}, false
	}
	if r.Quirk == dragonpass.Slow {
		tx.MarkSlow()
	}
	return r, ok
}

// HubFilter narrows the list of hubs. Zero members ask nothing.
type HubFilter struct {
	IATA            string
	CountryOrRegion string // ISO 3166-1 alpha-2
	Type            int    // 1 airport, 2 railway station
}

// TransportHubs lists hubs by id.
func TransportHubs(tx *world.Tx, filter HubFilter, page Page) Paged[dragonpass.TransportHub] {
	hubs := Paged[dragonpass.TransportHub]{Page: page}
	for _, h := range tx.Catalog().Hubs() {
		if (filter.IATA == "" || h.IATA == filter.IATA) &&
			(filter.CountryOrRegion == "" || h.CountryOrRegion == filter.CountryOrRegion) &&
			(filter.Type == 0 || h.Type == filter.Type) && hubs.next() {
			hubs.keep(h)
		}
	}
	return hubs
}

// TransportHub returns a hub. Errors: TRANSPORT_HUB_NOT_FOUND.
func TransportHub(tx *world.Tx, id string) (dragonpass.TransportHub, error) {
	h, ok := tx.Catalog().Hub(id)
	return h, rules.RequireTransportHub(id, ok)
}

// Resources lists resources by id: those at hubs, and behind them those in cities. No venue in a list is slow.
// Errors: those of [rules.CheckFilters], TRANSPORT_HUB_NOT_FOUND.
func Resources(tx *world.Tx, f dragonpass.ResourceFilter, page Page) (Paged[dragonpass.Resource], error) {
	if err := rules.CheckFilters(f); err != nil {
		return Paged[dragonpass.Resource]{}, err
	}
	if f.TransportHubID != "" {
		if _, err := TransportHub(tx, f.TransportHubID); err != nil {
			return Paged[dragonpass.Resource]{}, err
		}
	}
	var city dragonpass.TransportHub
	if f.CityID != "" {
		city, _ = tx.Catalog().City(f.CityID)
	}
	asked := func(m dragonpass.Module) bool { return len(f.Modules) == 0 || slices.Contains(f.Modules, m) }
	resources := Paged[dragonpass.Resource]{Page: page}
	for _, ids := range [][]string{tx.Catalog().HubResourceIDs(), lifestyleIDs(tx, f)} {
		for _, id := range ids {
			module, hub := seat(tx, id)
			if asked(module) &&
				(f.TransportHubID == "" || hub.TransportHubID == f.TransportHubID) &&
				(f.IATA == "" || hub.IATA == f.IATA) &&
				(f.CityID == "" || f.CityID == city.CityID && hub.City == city.City && hub.CountryOrRegion == city.CountryOrRegion) &&
				(f.CountryOrRegion == "" || hub.CountryOrRegion == f.CountryOrRegion) &&
				within(tx, f, id) && resources.next() {
				resources.keep(found(tx, id))
			}
		}
	}
	return resources, nil
}

// within says whether a resource is in the circle that is asked for. One in a city has coordinates of its own.
func within(tx *world.Tx, f dragonpass.ResourceFilter, id string) bool {
	if f.Circle == nil {
		return true
	}
	at := found(tx, id).Hub
	return f.Circle.Holds(at.Latitude, at.Longitude)
}

// lifestyleIDs are the ids of what is in cities; none where a filter leaves only what is at hubs.
func lifestyleIDs(tx *world.Tx, f dragonpass.ResourceFilter) []string {
	wanted := len(f.Modules) == 0 || slices.ContainsFunc(f.Modules, dragonpass.Module.Lifestyle)
	if f.TransportHubID+f.IATA != "" || !wanted {
		return nil
	}
	return tx.Catalog().LifestyleIDs()
}

// TransportHubResources lists the resources of a hub by id; module 0 lists all. No venue in a list is slow. Errors:
// TRANSPORT_HUB_NOT_FOUND.
func TransportHubResources(tx *world.Tx, hubID string, module dragonpass.Module, page Page) (Paged[dragonpass.Resource], error) {
	if _, err := TransportHub(tx, hubID); err != nil {
		return Paged[dragonpass.Resource]{}, err
	}
	resources := Paged[dragonpass.Resource]{Page: page}
	for _, id := range tx.Catalog().ResourceIDsOf(hubID) {
		if m, _ := seat(tx, id); (module == 0 || m == module) && resources.next() {
			resources.keep(found(tx, id))
		}
	}
	return resources, nil
}

package platform

import (
	"dragonmock/mock/dragonpass"
)

// resource finds a resource as this world has it.
func (tx *Tx) resource(id string) (dragonpass.Resource, bool) {
	if r, ok := tx.state.resources.get(id); ok {
		return r, true
	}
	return tx.world.catalog.Resource(id)
}

// Resource looks at a resource. Errors: RESOURCE_NOT_FOUND.
func (tx *Tx) Resource(id string) (dragonpass.Resource, error) {
	r, ok := tx.resource(id)
	if r.Quirk == dragonpass.Slow {
		tx.slow = true
	}
	if !ok {
		return r, dragonpass.Refuse(dragonpass.ResourceNotFound, "resourceId: no resource %s", id).By("D (seed)")
	}
	return r, nil
}

// HubFilter narrows the list of hubs. Zero members ask nothing.
type HubFilter struct {
	IATA, CountryOrRegion string
	Type                  int
}

// TransportHubs lists hubs by id.
func (tx *Tx) TransportHubs(filter HubFilter, page Page) Paged[dragonpass.TransportHub] {
	var hubs []dragonpass.TransportHub
	for _, h := range tx.world.catalog.Hubs() {
		if (filter.IATA == "" || h.IATA == filter.IATA) &&
			(filter.CountryOrRegion == "" || h.CountryOrRegion == filter.CountryOrRegion) &&
			(filter.Type == 0 || h.Type == filter.Type) {
			hubs = append(hubs, h)
		}
	}
	return cut(hubs, page)
}

// TransportHub looks at a hub. Errors: TRANSPORT_HUB_NOT_FOUND.
func (tx *Tx) TransportHub(id string) (dragonpass.TransportHub, error) {
	h, ok := tx.world.catalog.Hub(id)
	if !ok {
		return h, dragonpass.Refuse(dragonpass.TransportHubNotFound, "transportHubId: no transport hub %s", id).By("D/339140m0")
	}
	return h, nil
}

// TransportHubResources lists the resources of a hub by id; module 0 lists all. Errors: TRANSPORT_HUB_NOT_FOUND.
func (tx *Tx) TransportHubResources(hubID string, module dragonpass.Module, page Page) (Paged[dragonpass.Resource], error) {
	if _, err := tx.TransportHub(hubID); err != nil {
		return Paged[dragonpass.Resource]{}, err
	}
	var resources []dragonpass.Resource
	for _, id := range tx.world.catalog.ResourceIDsOf(hubID) {
		if r, _ := tx.resource(id); module == 0 || r.Module == module {
			resources = append(resources, r)
		}
	}
	return cut(resources, page), nil
}

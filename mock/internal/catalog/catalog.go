package catalog

import (
	"fmt"
	"slices"
	"sync"
	"time"
	_ "time/tzdata" // a zone of the data file is never missing, wherever a test runs

	"github.com/go-json-experiment/json"

	"dragonmock/mock/dragonpass"
)

//go:generate go run ./generate catalog.json.gz lifestyle.json.gz

// Catalog is every hub and resource there is. It is immutable and safe for concurrent use; what it returns must not be
// modified.
type Catalog struct {
	hubs      func() *section // each is read when something of it is first asked for
	lifestyle func() *section // in cities
	zones     sync.Map        // *time.Location by name, loaded when first needed
}

// Hubs returns all hubs, sorted by id.
func (c *Catalog) Hubs() []dragonpass.TransportHub { return c.hubs().places }

// Hub finds a hub by id.
func (c *Catalog) Hub(id string) (dragonpass.TransportHub, bool) { return c.hubs().place(id) }

// Cities returns the cities that have lifestyle resources, sorted by id.
func (c *Catalog) Cities() []dragonpass.TransportHub { return c.lifestyle().places }

// City finds a city by id.
func (c *Catalog) City(id string) (dragonpass.TransportHub, bool) { return c.lifestyle().place(id) }

// Resource finds a resource by id. It panics if the data file has it wrong, which a test rules out for the shipped one.
func (c *Catalog) Resource(id string) (dragonpass.Resource, bool) {
	if r, ok := c.hubs().resource(c, id); ok {
		return r, true
	}
	return c.lifestyle().resource(c, id)
}

// Seat finds the module of a resource, and its hub or city, which is far cheaper than [Catalog.Resource]. A resource in a city
// has coordinates of its own.
func (c *Catalog) Seat(id string) (dragonpass.Module, *dragonpass.TransportHub, bool) {
	if m, place, ok := c.hubs().seat(id); ok {
		return m, place, true
	}
	return c.lifestyle().seat(id)
}

// ResourceIDs returns the ids of all resources, those at hubs first.
func (c *Catalog) ResourceIDs() []string { return slices.Concat(c.HubResourceIDs(), c.LifestyleIDs()) }

// HubResourceIDs returns the ids of all resources at hubs, sorted.
func (c *Catalog) HubResourceIDs() []string { return c.hubs().ids }

// LifestyleIDs returns the ids of all resources in cities, sorted.
func (c *Catalog) LifestyleIDs() []string { return c.lifestyle().ids }

// ResourceIDsOf returns the ids of a hub's resources, sorted.
func (c *Catalog) ResourceIDsOf(hubID string) []string { return c.hubs().byPlace[hubID] }

// ReadRow reads one resource as [WriteRow] writes it; its hub or city must be one of the catalogue.
func (c *Catalog) ReadRow(data []byte) (dragonpass.Resource, error) {
	var row resourceRow
	if err := json.Unmarshal(data, &row, json.RejectUnknownMembers(true)); err != nil {
		return dragonpass.Resource{}, err
	}
	find, id := c.Hub, row.LocationInfo.TransportHubID
	if row.LocationInfo.CityID != "" {
		find, id = c.City, row.LocationInfo.CityID
	}
	place, ok := find(id)
	if !ok {
		return dragonpass.Resource{}, fmt.Errorf("resource %s: no hub or city %s", row.ResourceID, id)
	}
	return c.at(place, row)
}

func (c *Catalog) at(hub dragonpass.TransportHub, row resourceRow) (dragonpass.Resource, error) {
	zone, err := c.zone(hub.TimeZone)
	if err != nil {
		return dragonpass.Resource{}, err
	}
	return row.resource(hub, zone)
}

// zone loads a time zone once, since reading one is slow and many resources share it.
func (c *Catalog) zone(name string) (*time.Location, error) {
	if zone, ok := c.zones.Load(name); ok {
		return zone.(*time.Location), nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, err
	}
	kept, _ := c.zones.LoadOrStore(name, zone)
	return kept.(*time.Location), nil
}

package catalog

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	_ "time/tzdata" // a zone of the data file is never missing, wherever a test runs

	"github.com/go-json-experiment/json"

	"dragonmock/mock/dragonpass"
)

//go:generate go run ./generate catalog.json.gz

// Catalog is every hub and resource there is. It is immutable and safe for concurrent use; what it returns must not be
// modified.
type Catalog struct {
	text      func() []byte             // the data file
	hubs      []dragonpass.TransportHub // by id
	ids       []string                  // of the resources, sorted
	resources map[string]*entry
	byHub     map[string][]string // resource ids, sorted
	zones     sync.Map            // *time.Location by name, loaded when first needed
}

// entry is a resource as it is written, and as it is once it was asked for.
type entry struct {
	row     span
	hub     int // its place among the hubs
	decoded atomic.Pointer[dragonpass.Resource]
}

// Hubs returns all hubs, sorted by id.
func (c *Catalog) Hubs() []dragonpass.TransportHub { return c.hubs }

// Hub finds a hub by id.
func (c *Catalog) Hub(id string) (dragonpass.TransportHub, bool) {
	i, ok := c.hubIndex(id)
	if !ok {
		return dragonpass.TransportHub{}, false
	}
	return c.hubs[i], true
}

func (c *Catalog) hubIndex(id string) (int, bool) {
	return slices.BinarySearchFunc(c.hubs, id, func(h dragonpass.TransportHub, id string) int {
		return strings.Compare(h.TransportHubID, id)
	})
}

// Resource finds a resource by id. It panics if the data file has it wrong, which a test rules out for the shipped one.
func (c *Catalog) Resource(id string) (dragonpass.Resource, bool) {
	e, ok := c.resources[id]
	if !ok {
		return dragonpass.Resource{}, false
	}
	if r := e.decoded.Load(); r != nil {
		return *r, true
	}
	// Two that ask at once decode the same; either may be kept.
	r, err := c.decode(e)
	if err != nil {
		panic(fmt.Sprintf("catalogue: resource %s: %v", id, err))
	}
	e.decoded.Store(&r)
	return r, true
}

// ResourceIDs returns the ids of all resources, sorted.
func (c *Catalog) ResourceIDs() []string { return c.ids }

// ResourceIDsOf returns the ids of a hub's resources, sorted.
func (c *Catalog) ResourceIDsOf(hubID string) []string { return c.byHub[hubID] }

func (c *Catalog) decode(e *entry) (dragonpass.Resource, error) {
	var row resourceRow
	if err := json.Unmarshal(e.row.of(c.text()), &row, json.RejectUnknownMembers(true)); err != nil {
		return dragonpass.Resource{}, err
	}
	return c.at(c.hubs[e.hub], row)
}

// ReadRow reads one resource as [WriteRow] writes it; its hub must be one of the catalogue.
func (c *Catalog) ReadRow(data []byte) (dragonpass.Resource, error) {
	var row resourceRow
	if err := json.Unmarshal(data, &row, json.RejectUnknownMembers(true)); err != nil {
		return dragonpass.Resource{}, err
	}
	hub, ok := c.Hub(row.LocationInfo.TransportHubID)
	if !ok {
		return dragonpass.Resource{}, fmt.Errorf("resource %s: no hub %s", row.ResourceID, row.LocationInfo.TransportHubID)
	}
	return c.at(hub, row)
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

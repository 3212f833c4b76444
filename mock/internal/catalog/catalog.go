package catalog

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"dragonmock/mock/dragonpass"
)

//go:embed catalog.json
var shipped []byte

// Catalog is every hub and resource there is. It is immutable and safe for concurrent use; what it answers must not be
// modified.
type Catalog struct {
	hubs      []dragonpass.TransportHub // by id
	resources map[string]dragonpass.Resource
	byHub     map[string][]string // resource ids, sorted
}

// Load reads the shipped catalogue.
func Load() (*Catalog, error) { return parse(shipped) }

func parse(data []byte) (*Catalog, error) {
	var file struct {
		Hubs      []hubRow      `json:"transportHubs"`
		Resources []resourceRow `json:"resources"`
	}
	if err := json.Unmarshal(data, &file, json.RejectUnknownMembers(true)); err != nil {
		return nil, fmt.Errorf("catalogue: %w", err)
	}
	c := &Catalog{resources: make(map[string]dragonpass.Resource, len(file.Resources)), byHub: make(map[string][]string, len(file.Hubs))}
	zones := map[string]*time.Location{}
	for _, row := range file.Hubs {
		zone, err := time.LoadLocation(row.TimeZone)
		if err != nil {
			return nil, fmt.Errorf("catalogue: hub %s: %w", row.TransportHubID, err)
		}
		zones[row.TransportHubID] = zone
		c.hubs = append(c.hubs, row.hub())
	}
	slices.SortFunc(c.hubs, func(a, b dragonpass.TransportHub) int {
		return strings.Compare(a.TransportHubID, b.TransportHubID)
	})
	for _, row := range file.Resources {
		hub, ok := c.Hub(row.LocationInfo.TransportHubID)
		if !ok {
			return nil, fmt.Errorf("catalogue: resource %s: no hub %s", row.ResourceID, row.LocationInfo.TransportHubID)
		}
		r, err := row.resource(hub, zones[hub.TransportHubID])
		if err != nil {
			return nil, fmt.Errorf("catalogue: resource %s: %w", row.ResourceID, err)
		}
		if _, twice := c.resources[r.ResourceID]; twice {
			return nil, fmt.Errorf("catalogue: resource %s is there twice", r.ResourceID)
		}
		c.resources[r.ResourceID] = r
	}
	for _, id := range slices.Sorted(maps.Keys(c.resources)) {
		hub := c.resources[id].Hub.TransportHubID
		c.byHub[hub] = append(c.byHub[hub], id)
	}
	return c, nil
}

// Hubs answers all hubs, sorted by id.
func (c *Catalog) Hubs() []dragonpass.TransportHub { return c.hubs }

// Hub finds a hub by id.
func (c *Catalog) Hub(id string) (dragonpass.TransportHub, bool) {
	i, ok := slices.BinarySearchFunc(c.hubs, id, func(h dragonpass.TransportHub, id string) int {
		return strings.Compare(h.TransportHubID, id)
	})
	if !ok {
		return dragonpass.TransportHub{}, false
	}
	return c.hubs[i], true
}

// Resource finds a resource by id.
func (c *Catalog) Resource(id string) (dragonpass.Resource, bool) {
	r, ok := c.resources[id]
	return r, ok
}

// ResourceIDs answers the ids of all resources, sorted.
func (c *Catalog) ResourceIDs() []string { return slices.Sorted(maps.Keys(c.resources)) }

// ResourceIDsOf answers the ids of a hub's resources, sorted.
func (c *Catalog) ResourceIDsOf(hubID string) []string { return c.byHub[hubID] }

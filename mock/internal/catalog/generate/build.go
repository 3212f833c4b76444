package main

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/check"
	"dragonmock/mock/internal/catalog"
)

//go:embed fixed.json
var fixedRows []byte

// enough is how many fixed resources a fixed hub must have to be left as it is.
const enough = 2

// build makes the whole data file.
func build() ([]byte, error) {
	fixed, err := catalog.Parse(fixedRows)
	if err != nil {
		return nil, err
	}
	sites, err := readSites()
	if err != nil {
		return nil, err
	}
	var hubs []dragonpass.TransportHub
	var resources []dragonpass.Resource
	for _, hub := range fixed.Hubs() {
		hubs = append(hubs, hub)
		s := site{hub: hub}
		for _, id := range fixed.ResourceIDsOf(hub.TransportHubID) {
			r, _ := fixed.Resource(id)
			resources = append(resources, r)
			if !slices.Contains(s.terminals, r.Terminal) {
				s.terminals = append(s.terminals, r.Terminal)
			}
		}
		if len(fixed.ResourceIDsOf(hub.TransportHubID)) < enough {
			resources = append(resources, s.resources()...)
		}
	}
	for _, s := range sites {
		hubs = append(hubs, s.hub)
		resources = append(resources, s.resources()...)
	}
	for _, r := range resources {
		if err := check.Resource(r); err != nil {
			return nil, fmt.Errorf("resource %s: %w", r.ResourceID, err)
		}
	}
	slices.SortFunc(hubs, func(a, b dragonpass.TransportHub) int {
		return strings.Compare(a.TransportHubID, b.TransportHubID)
	})
	slices.SortFunc(resources, func(a, b dragonpass.Resource) int { return strings.Compare(a.ResourceID, b.ResourceID) })
	return catalog.Write(hubs, resources)
}

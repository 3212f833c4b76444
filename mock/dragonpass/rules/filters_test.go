package rules

import (
	"testing"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/geo"
)

func TestCheckFilters(t *testing.T) {
	circle := &geo.Circle{Radius: 1}
	for _, row := range []struct {
		name   string
		filter dragonpass.ResourceFilter
		want   dragonpass.Code
	}{
		{"nothing", dragonpass.ResourceFilter{}, ""},
		{"modules", dragonpass.ResourceFilter{Modules: []dragonpass.Module{1, 2}}, ""},
		{"a circle and modules", dragonpass.ResourceFilter{Circle: circle, Modules: []dragonpass.Module{1, 2}}, ""},
		{"a hub and a module", dragonpass.ResourceFilter{TransportHubID: "A00001", Modules: []dragonpass.Module{1}}, ""},
		{"a hub and two modules", dragonpass.ResourceFilter{TransportHubID: "A00001", Modules: []dragonpass.Module{1, 2}}, dragonpass.FiltersConflict},
		{"an airport and two modules", dragonpass.ResourceFilter{IATA: "MAN", Modules: []dragonpass.Module{1, 2}}, ""},
		{"a circle and a hub", dragonpass.ResourceFilter{Circle: circle, TransportHubID: "A00001"}, dragonpass.FiltersConflict},
		{"a circle and an airport", dragonpass.ResourceFilter{Circle: circle, IATA: "MAN"}, dragonpass.FiltersConflict},
		{"a circle and a country", dragonpass.ResourceFilter{Circle: circle, CountryOrRegion: "GB"}, dragonpass.FiltersConflict},
		{"an airport and a country", dragonpass.ResourceFilter{IATA: "MAN", CountryOrRegion: "GB"}, dragonpass.FiltersConflict},
		{"a city", dragonpass.ResourceFilter{CityID: "E01"}, ""},
		{"a city and a country", dragonpass.ResourceFilter{CityID: "E01", CountryOrRegion: "GB"}, dragonpass.FiltersConflict},
		{"a hub and an airport", dragonpass.ResourceFilter{TransportHubID: "A00001", IATA: "MAN"}, dragonpass.FiltersConflict},
	} {
		t.Run(row.name, func(t *testing.T) { refused(t, row.want, CheckFilters(row.filter)) })
	}
}

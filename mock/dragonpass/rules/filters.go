package rules

import (
	"strings"

	"dragonmock/mock/dragonpass"
)

// CheckFilters refuses filters of a list of resources that exclude each other: FILTERS_CONFLICT. Where they are is said in
// one way alone: a circle and a place exclude each other (D/3504481e0). With a hub there is one module at most
// (D/338421m0).
func CheckFilters(f dragonpass.ResourceFilter) error {
	var places []string
	for _, place := range []struct {
		name  string
		there bool
	}{{"latitude", f.Circle != nil}, {"transportHubId", f.TransportHubID != ""}, {"iata", f.IATA != ""}, {"cityId", f.CityID != ""}, {"countryOrRegion", f.CountryOrRegion != ""}} {
		if place.there {
			places = append(places, place.name)
		}
	}
	switch {
	case f.Circle != nil && len(places) > 1:
		return dragonpass.RefuseField(dragonpass.FiltersConflict, "latitude", "a circle goes with no %s", strings.Join(places[1:], ", ")).
			By("D/3504481e0").Unless("latitude, longitude and radius alone, or one place alone")
	case len(places) > 1:
		return dragonpass.RefuseField(dragonpass.FiltersConflict, places[1], "expected one place, got %s", strings.Join(places, " and ")).
			By("A-067").Unless("%s alone", places[0])
	case f.TransportHubID != "" && len(f.Modules) > 1:
		return dragonpass.RefuseField(dragonpass.FiltersConflict, "module", "expected one module with transportHubId, got %d", len(f.Modules)).
			By("D/338421m0").Unless("one module, or another filter than transportHubId")
	}
	return nil
}

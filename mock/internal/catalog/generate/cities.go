package main

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/check"
	"dragonmock/mock/internal/catalog"
)

//go:embed cities.csv
var cityFacts []byte

//go:embed lifestyle.jsonl
var fixedLifestyle []byte

// city is a city to furnish with lifestyle resources.
type city struct {
	place   dragonpass.TransportHub
	country string
	number  int // among all, from 101; ids of resources begin with it
}

// cityColumns is the head of cities.csv.
const cityColumns = "cityId,city,countryOrRegion,continent,latitude,longitude,timezone,country"

// testCity has the test venues, and nothing else.
const testCity = "Z99"

// readCities reads cities.csv.
func readCities() ([]city, error) {
	rows, err := csv.NewReader(bytes.NewReader(cityFacts)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("cities.csv: %w", err)
	}
	if head := strings.Join(rows[0], ","); head != cityColumns {
		return nil, fmt.Errorf("cities.csv: expected the columns %s, got %s", cityColumns, head)
	}
	var cities []city
	for _, row := range rows[1:] {
		within, err := strconv.Atoi(row[0][1:])
		if err != nil {
			return nil, fmt.Errorf("cities.csv: %s: %w", row[0], err)
		}
		// The letter is the continent's, so a new city leaves the ids of the others as they were.
		number := (strings.Index("EANSFOZ", row[0][:1])+1)*100 + within
		cities = append(cities, city{dragonpass.TransportHub{
			CityID: row[0], City: row[1], CountryOrRegion: row[2], Continent: row[3], Latitude: row[4], Longitude: row[5], TimeZone: row[6],
		}, row[7], number})
	}
	return cities, nil
}

// buildLifestyle makes the whole data file of what is in cities.
func buildLifestyle() ([]byte, error) {
	cities, err := readCities()
	if err != nil {
		return nil, err
	}
	var places []dragonpass.TransportHub
	for _, c := range cities {
		places = append(places, c.place)
	}
	resources, err := fixedInCities(places)
	if err != nil {
		return nil, err
	}
	furnished := map[string]bool{} // the countries that have an eSIM
	for _, c := range cities {
		if c.place.CityID == testCity {
			continue
		}
		if country := c.place.CountryOrRegion; !furnished[country] {
			furnished[country] = true
			if country != "GB" { // it has a fixed one
				resources = append(resources, c.esim())
			}
		}
		resources = append(resources, c.clubs()...)
		resources = append(resources, c.offers()...)
	}
	resources = append(resources, regionalESIMs(cities)...)
	for _, r := range resources {
		if err := check.Resource(r); err != nil {
			return nil, fmt.Errorf("resource %s: %w", r.ResourceID, err)
		}
	}
	slices.SortFunc(places, func(a, b dragonpass.TransportHub) int { return strings.Compare(a.CityID, b.CityID) })
	slices.SortFunc(resources, func(a, b dragonpass.Resource) int { return strings.Compare(a.ResourceID, b.ResourceID) })
	return catalog.WriteLifestyle(places, resources)
}

// fixedInCities reads the rows of lifestyle.jsonl.
func fixedInCities(places []dragonpass.TransportHub) ([]dragonpass.Resource, error) {
	data, err := catalog.WriteLifestyle(places, nil)
	if err != nil {
		return nil, err
	}
	rows := strings.Join(strings.Split(strings.TrimSpace(string(fixedLifestyle)), "\n"), ",\n")
	fixed, err := catalog.ParseLifestyle([]byte(strings.TrimSuffix(string(data), "]}\n") + rows + "\n]}\n"))
	if err != nil {
		return nil, err
	}
	var resources []dragonpass.Resource
	for _, id := range fixed.LifestyleIDs() {
		r, _ := fixed.Resource(id)
		resources = append(resources, r)
	}
	return resources, nil
}

// id is the id of the city's nth resource of a module, n from 0. It does not depend on other cities.
func (c city) id(letters string, n int) string {
	return fmt.Sprintf("%s%03d%02d", letters, c.number, n+1)
}

// resource is what all that is in cities has in common: it is booked by option, never at the door, for one person unless
// the module says otherwise.
func (c city) resource(id, name string, m dragonpass.Module, d draw) dragonpass.Resource {
	r := dragonpass.Resource{
		ResourceID: id, Name: name, Module: m, Hub: c.place, Image: coverURL, Images: cover(), Facilities: []string{}, PrebookingAllowed: true,
		OpeningHours: week(allDay()),
		Policy: dragonpass.PrebookingPolicy{
			MaxPassengersPerOrder: 1, MaxAdvanceDays: 365, SlotMinutes: 1,
			Cancellation: dragonpass.CancellationPolicy{Cancellable: true},
		},
	}
	r.Hub.Latitude, r.Hub.Longitude = c.around(d)
	return r
}

// around is somewhere within a few kilometres of the middle of the city.
func (c city) around(d draw) (latitude, longitude string) {
	move := func(degrees string) string {
		at, err := strconv.ParseFloat(degrees, 64)
		if err != nil {
			panic(err) // cities.csv is ours
		}
		return fmt.Sprintf("%.4f", at+float64(d.Number(-400, 400))/10000)
	}
	return move(c.place.Latitude), move(c.place.Longitude)
}

// cheapest is the price that a resource has: that of its cheapest option.
func (c city) cheapest(r *dragonpass.Resource, dynamic bool) {
	m, ok := currencies[c.place.CountryOrRegion]
	if !ok {
		m = dollars
	}
	low := r.Options[0]
	for _, o := range r.Options {
		if amount(o.AdultRate) < amount(low.AdultRate) {
			low = o
		}
	}
	r.Price = dragonpass.Price{Dynamic: dynamic, Currency: m.currency, AdultRate: low.AdultRate, ChildRate: low.ChildRate}
}

func amount(rate string) float64 {
	n, err := strconv.ParseFloat(rate, 64)
	if err != nil {
		panic(err) // rate wrote it
	}
	return n
}

// costs is about so many dollars, in the city's currency.
func (c city) costs(dollar float64) string {
	m, ok := currencies[c.place.CountryOrRegion]
	if !ok {
		m = dollars
	}
	return rate(round(dollar * m.rate))
}

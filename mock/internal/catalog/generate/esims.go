package main

import (
	"fmt"
	"slices"
	"strings"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/option"
)

// plans are the packages that eSIMs are sold with: gigabytes in all or a day, days, dollars in a cheap country.
var plans = []struct {
	gigabytes, days int
	daily           bool
	dollars         float64
}{
	{1, 7, false, 3}, {3, 30, false, 6}, {5, 30, false, 9}, {10, 30, false, 14}, {20, 30, false, 22}, {30, 10, false, 18},
	{1, 7, true, 9}, {2, 15, true, 26}, {50, 90, false, 55},
}

// esim is the eSIM of the city's country.
func (c city) esim() dragonpass.Resource {
	return c.esimOf(c.id("E", 0), c.country, option.Coverage{Type: 1, Regions: []string{c.place.CountryOrRegion}, RawText: c.country}, 1)
}

// regionalESIMs are those of more countries than one.
func regionalESIMs(cities []city) []dragonpass.Resource {
	var all []dragonpass.Resource
	for n, region := range []struct{ name, continents, home string }{
		{"Europe", "Europe", "E02"}, {"Asia", "Asia", "A04"}, {"Americas", "North America|South America", "N01"}, {"Africa", "Africa", "F02"}, {"Global", "", "E02"},
	} {
		cover := option.Coverage{Type: 2, RawText: region.name}
		var home city
		seen := map[string]bool{}
		for _, c := range cities {
			if c.place.CityID == region.home {
				home = c
			}
			country := c.place.CountryOrRegion
			if c.place.CityID != testCity && !seen[country] && (region.continents == "" || slices.Contains(strings.Split(region.continents, "|"), c.place.Continent)) {
				seen[country] = true
				cover.Regions = append(cover.Regions, country)
			}
		}
		all = append(all, home.esimOf(fmt.Sprintf("E900%02d", n+1), region.name, cover, 1.6))
	}
	return all
}

func (c city) esimOf(id, name string, cover option.Coverage, dear float64) dragonpass.Resource {
	d := drawFor("esim", id)
	r := c.resource(id, "eSIM "+name, dragonpass.ESIM, d)
	r.Location, r.Coverage = "Anywhere in "+name, cover
	dear *= float64(d.Number(80, 160)) / 100
	speed := pick(d, "4G", "5G", "5G")
	for _, plan := range plans {
		if d.chance(35) {
			continue
		}
		p := option.Package{Days: plan.days, DataMode: option.TotalVolume, Bytes: int64(plan.gigabytes) * option.Gigabyte, Speed: speed,
			Notes: "Data only. It begins with the first use of data in the region."}
		title := fmt.Sprintf("eSIM %s - %dGB %dDays", name, plan.gigabytes, plan.days)
		if plan.daily {
			p.DataMode, p.DailyBytes = option.DailyVolume, p.Bytes
			p.Bytes *= int64(plan.days)
			title = fmt.Sprintf("eSIM %s - %dGB a day %dDays", name, plan.gigabytes, plan.days)
		}
		cost := c.costs(plan.dollars * dear)
		r.Options = append(r.Options, option.Option{OptionID: fmt.Sprintf("%s-%02d", id, len(r.Options)+1), Name: title, AdultRate: cost, ChildRate: cost, Package: p})
	}
	if len(r.Options) == 0 {
		return c.esimOf(id, name, cover, dear)
	}
	c.cheapest(&r, d.chance(20))
	return r
}

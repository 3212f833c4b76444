package main

import (
	"fmt"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/option"
)

var (
	gyms = []string{
		"Ironbark Gym", "Kettle & Rope", "The Long Mile", "Northline Fitness", "Stone & Breath", "Redline Cycle Studio", "Open Palm Yoga", "Tidal Strength",
		"The Pull-Up Room", "Harbour Athletics", "Willow Pilates", "Summit Steps", "Blue Mat Studio", "Copper Gloves Boxing", "Second Wind Fitness",
	}
	classes = []struct {
		word, name string
		minutes    int
	}{
		{"yoga", "Vinyasa Yoga", 60}, {"spin", "Spin Class", 45}, {"hiit", "HIIT Circuit", 45}, {"pilates", "Mat Pilates", 50}, {"box", "Boxing Basics", 60},
		{"dance", "Dance Fitness", 60}, {"strength", "Barbell Strength", 75}, {"stretch", "Deep Stretch", 40},
	}
	streets = []string{"Market Street", "Station Road", "Harbour Walk", "Mill Lane", "Park Avenue", "Old Town Square", "Garden Street", "Bridge Street", "North Quay"}
)

// clubs are the fitness clubs of the city.
func (c city) clubs() []dragonpass.Resource {
	count := drawFor("clubs", c.place.CityID).Number(2, 3)
	all := make([]dragonpass.Resource, count)
	for n := range all {
		id := c.id("GR00", n)
		d := drawFor("club", id)
		r := c.resource(id, nth(drawFor("gyms", c.place.CityID), gyms, n)+" "+c.place.City, dragonpass.Fitness, d)
		r.Location = c.street(d)
		r.OpeningHours = week(daily(between(d, 5, 7, 21, 23)))
		r.Facilities = pick(d, []string{"Showers"}, []string{"Showers", "Lockers"}, []string{"Showers", "Sauna"}, []string{"Showers", "Pool", "Lockers"}, []string{"Free weights"})
		r.Policy.MaxPassengersPerOrder, r.Policy.MaxAdvanceDays = pick(d, 1, 2, 2, 4), pick(d, 7, 14, 14, 28)
		r.Policy.Cancellation = dragonpass.CancellationPolicy{Cancellable: !d.chance(10), HoursBefore: pick(d, 2, 6, 12, 24)}
		day := c.costs(float64(d.Number(8, 24)))
		r.Options = append(r.Options, option.Option{OptionID: id + "-dayPass", Name: "Day Pass", AdultRate: day, ChildRate: day, Visit: option.Visit{
			Type: option.DayPass, Places: pick(d, 0, 0, 20, 40),
		}})
		for i := range d.Number(2, 4) {
			class := classes[(n*3+i*2+c.number)%len(classes)]
			start := d.Number(14, 39) * 30
			cost := c.costs(float64(d.Number(6, 20)))
			r.Options = append(r.Options, option.Option{OptionID: fmt.Sprintf("%s-%s%d", id, class.word, i+1), Name: class.name, AdultRate: cost, ChildRate: cost, Visit: option.Visit{
				Type: option.Class, DayOfWeek: d.Number(1, 7), Start: clock(start), End: clock(start + class.minutes), Places: pick(d, 8, 10, 12, 16, 20, 24),
			}})
		}
		c.cheapest(&r, d.chance(15))
		all[n] = r
	}
	return all
}

// street is an address in the city.
func (c city) street(d draw) string {
	return fmt.Sprintf("%d %s", d.Number(1, 180), pick(d, streets...))
}

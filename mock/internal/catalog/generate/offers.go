package main

import (
	"fmt"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/dragonpass/option"
)

var merchants = []string{
	"The Copper Ladle", "Saffron Pot", "Two Rivers Noodle House", "Olive & Ember", "Barley Table", "Hedgerow Coffee", "Brightleaf Tea Bar", "Paper Boat Books",
	"Cocoa Post", "Little Crumb Bakery", "Seven Spoons", "The Spice Crate", "Gelato Corner", "Orchard Stand", "Soap & Steam Spa", "The Salted Fig",
}

// deals by marketing tag, and about how many dollars each is worth.
var deals = []struct {
	tag     int
	name    string
	dollars float64
}{
	{1, "Buy one main, get one free", 6}, {1, "Two hot drinks for the price of one", 2}, {2, "15% off the bill", 3}, {2, "25% off on weekdays", 4},
	{3, "10 off when you spend 40", 3}, {3, "5 off any order", 2}, {4, "Set lunch for one", 14}, {4, "Tasting menu for one", 32},
}

// offers are the merchants of the city that have one.
func (c city) offers() []dragonpass.Resource {
	count := drawFor("offers", c.place.CityID).Number(2, 4)
	all := make([]dragonpass.Resource, count)
	for n := range all {
		id := c.id("L", n)
		d := drawFor("offer", id)
		r := c.resource(id, nth(drawFor("merchants", c.place.CityID), merchants, n)+", "+c.place.City, dragonpass.LocalOffer, d)
		r.Location = c.street(d)
		r.OpeningHours = counterHours(drawFor("hours", id))
		r.Facilities = pick(d, []string{}, []string{"Wi-Fi"}, []string{"Vegetarian dishes"}, []string{"Takeaway"})
		r.Policy.Cancellation = dragonpass.CancellationPolicy{Cancellable: !d.chance(12), HoursBefore: pick(d, 0, 24, 24, 48)}
		first := d.Number(0, len(deals)-1)
		for i := range d.Number(1, 3) {
			deal := deals[(first+i*3)%len(deals)]
			cost := c.costs(deal.dollars)
			r.Options = append(r.Options, option.Option{OptionID: fmt.Sprintf("%s-%02d", id, i+1), Name: deal.name, AdultRate: cost, ChildRate: cost,
				Offer: option.Offer{MarketingTag: deal.tag, Validity: pick(d,
					option.Validity{Type: option.Fixed, StartDate: "2024-01-01", EndDate: pick(d, "2027-12-31", "2029-06-30", "2030-12-31")},
					option.Validity{Type: option.Relative, Value: pick(d, 7, 14, 30, 60), Unit: "DAY"},
					option.Validity{Type: option.Relative, Value: pick(d, 1, 3, 6), Unit: "MONTH"},
					option.Validity{Type: option.Relative, Value: 1, Unit: "YEAR"},
					option.Validity{Type: option.Dynamic, Value: pick(d, 10, 20, 45), Unit: "DAY"},
				)}})
		}
		c.cheapest(&r, d.chance(10))
		all[n] = r
	}
	return all
}

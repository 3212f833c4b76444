package main

import "fmt"

// The names are made up: none is meant to be that of an operator.
var (
	loungeNames = []string{
		"Larkspur", "Tamarind", "Juniper", "Meadowlark", "Saltmarsh", "Lanternlight", "Fernhill", "Windrose", "Cobalt Door", "Amber Hour", "Silver Birch",
		"Quiet Compass", "Paper Crane", "Northlight", "Driftwood", "Marigold", "Blue Heron", "Sandpiper", "Moonrise", "Copperleaf", "Stillwater",
		"Hazel Court", "Linden", "Cloudberry", "Starling", "Willowbank", "Redwood Hall", "Thistledown", "Cedar Gate", "Goldfinch", "Harbour Light",
		"Waymark", "Sundial", "Longitude", "Tidewater", "Foxglove",
	}
	restaurants = []string{
		"Copper Ladle Kitchen", "Saffron Pot", "Two Rivers Noodle House", "The Tin Skillet", "Olive & Ember", "Paper Lantern Dumplings", "Barley Table",
		"Blue Door Taverna", "Smoke & Thyme Grill", "Little Basil Trattoria", "The Long Counter", "Cardamom Court", "Stone Oven Pizzeria", "Wild Sorrel",
		"Red Clay Tandoor", "Seven Spoons", "The Salted Fig", "Maize & Lime Cantina", "Lemongrass Bowl", "Runway Rice", "The Brass Whisk", "Fennel & Rye",
	}
	shops = []string{
		"Hedgerow Coffee: hot drink and pastry", "Paper Boat Books: reading voucher", "Brightleaf Tea Bar: tea and cake", "Green Press Juices: any juice",
		"Little Crumb Bakery: sandwich and drink", "Second Wind: ten-minute chair massage", "Orchard Stand: fruit box", "Cocoa Post: chocolate gift",
		"Night Owl Sleep Pods: one hour", "Soap & Steam: shower with towel", "Pocket Market: snack voucher", "Gelato Corner: two scoops",
		"Charge Point: power bank for a day", "The Spice Crate: gift voucher", "Wayside Toys: gift voucher", "Bubble Cup: any milk tea",
	}
)

// nth is the nth of names in a random order, so that a hub has no name twice.
func nth(d draw, names []string, n int) string { return d.shuffled(names)[n] }

// loungeName names the site's nth lounge, as chains do: some houses say where they are.
func loungeName(s site, n int, d draw) string {
	name := nth(drawFor("lounges", s.hub.TransportHubID), loungeNames, n)
	switch d.Number(1, 6) {
	case 1:
		return fmt.Sprintf("%s Lounge %s", name, s.hub.City)
	case 2:
		return fmt.Sprintf("%s Lounge, %s", name, s.terminal(n))
	case 3:
		return fmt.Sprintf("The %s Rooms", name)
	default:
		return fmt.Sprintf("%s Lounge", name)
	}
}

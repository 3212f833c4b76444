package main

import (
	"dragonmock/mock/dragonpass"
)

// The values of area and routeTypes.
const (
	airside  = 1
	landside = 2

	departure = 1
	arrival   = 2
	transit   = 3
)

// lounge furnishes the site's nth lounge. A few take nobody without a booking and some nobody with one, but none does
// both.
func lounge(s site, n int, r *dragonpass.Resource) {
	d := drawFor("lounge", r.ResourceID)
	r.Module, r.Terminal = dragonpass.Lounge, s.terminal(n)
	r.Name = loungeName(s, n, d)
	r.Tier = pick(d, 1, 1, 1, 2, 2, 3)
	switch {
	case s.hub.Type == station:
		r.Area, r.RouteTypes = landside, []int{departure}
		r.Location = pick(d, "Landside - Mezzanine above the concourse", "Landside - Main concourse, level 1", "Landside - Beside the ticket hall")
		r.NearestGate = s.gate(d)
	case n > 0 && d.chance(15):
		r.Area, r.RouteTypes = landside, []int{arrival}
		r.Location = pick(d, "Landside - Arrivals hall, after customs", "Landside - Arrivals level, by the meeting point")
	default:
		r.Area, r.RouteTypes = airside, pick(d, []int{departure}, []int{departure}, []int{departure}, []int{departure, transit})
		r.Location = pick(d, "Airside - After security check and passport control", "Airside - After security check, one level up",
			"Airside - Mezzanine above the departure gates", "Airside - International departures, level 3", "Airside - Next to the duty free shops")
		r.NearestGate = s.gate(d)
	}
	r.OpeningHours = loungeHours(drawFor("hours", r.ResourceID))
	r.Facilities = facilities(drawFor("facilities", r.ResourceID))
	r.WalkInAllowed, r.PrebookingAllowed = true, true
	switch access := d.Number(1, 100); {
	case access <= 7:
		r.WalkInAllowed = false
	case access <= 22:
		r.PrebookingAllowed = false
	}
	if r.PrebookingAllowed {
		r.Policy = loungePolicy(drawFor("policy", r.ResourceID))
	}
	r.Price = price(s, drawFor("price", r.ResourceID), 22, 68)
	r.Capacity = pick(d, 12, 20, 24, 30, 40, 40, 60, 60, 80, 100, 120, 150, 200)
}

// facilities are kept in one order, as the vendor's lists are.
func facilities(d draw) []string {
	list := []string{}
	for _, f := range []struct {
		name    string
		percent int
	}{
		{"Wi-Fi", 96}, {"Air conditioning", 60}, {"Hot food", 55}, {"Snacks", 70}, {"Soft drinks", 85}, {"Alcoholic drinks", 55}, {"Bar", 25},
		{"Barista coffee", 20}, {"Showers", 35}, {"Quiet area", 30}, {"Nap rooms", 10}, {"Work area", 35}, {"Meeting room", 12},
		{"Printing", 12}, {"Family room", 18}, {"Prayer room", 12}, {"Television", 45}, {"Newspapers and magazines", 40}, {"Flight information", 65},
		{"Disabled access", 70}, {"Smoking room", 8}, {"Massage chairs", 7}, {"Runway view", 14}, {"Terrace", 6},
	} {
		if d.chance(f.percent) {
			list = append(list, f.name)
		}
	}
	return list
}

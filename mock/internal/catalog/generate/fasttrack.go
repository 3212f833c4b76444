package main

import (
	"strings"

	"dragonmock/mock/dragonpass"
)

// fastTrack furnishes the site's nth fast track lane. A lane is always booked ahead.
func fastTrack(s site, n int, r *dragonpass.Resource) {
	d := drawFor("fast track", r.ResourceID)
	r.Module, r.Terminal = dragonpass.FastTrack, s.terminal(n)
	r.Area, r.RouteTypes = landside, []int{departure}
	way := "Departures"
	r.Location = pick(d, "Landside - At the entrance to security", "Landside - Departures hall, level 2", "Landside - Security lane at the far right",
		"Landside - Beside check-in row A")
	if n >= len(s.terminals) || d.chance(15) {
		r.Area, r.RouteTypes = airside, []int{arrival}
		way = "Arrivals"
		r.Location = pick(d, "Airside - At passport control", "Airside - Immigration hall, left lane")
	}
	name := pick(d, "{city} Fast Track {way}", "{iata} Fast Track {way}", "{city} Priority Lane {way}", "{city} Airport Fast Track {way}")
	name = strings.NewReplacer("{city}", s.hub.City, "{iata}", s.hub.IATA, "{way}", way).Replace(name)
	if len(s.terminals) > 1 {
		name += ", " + r.Terminal
	}
	r.Name = name
	r.OpeningHours = laneHours(drawFor("hours", r.ResourceID))
	r.Facilities = []string{}
	r.PrebookingAllowed = true
	r.Policy = lanePolicy(drawFor("policy", r.ResourceID))
	r.Price = price(s, drawFor("price", r.ResourceID), 6, 24)
	r.Capacity = pick(d, 10, 20, 20, 30, 40, 60, 60, 100)
}

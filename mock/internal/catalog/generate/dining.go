package main

import (
	"dragonmock/mock/dragonpass"
)

// setMeal furnishes the site's nth restaurant.
func setMeal(s site, n int, r *dragonpass.Resource) {
	d := drawFor("set meal", r.ResourceID)
	r.Module, r.Name = dragonpass.SetMeal, nth(drawFor("restaurants", s.hub.TransportHubID), restaurants, n)
	r.Facilities = pick(d, []string{"Wi-Fi"}, []string{"Wi-Fi", "Vegetarian dishes"}, []string{"Wi-Fi", "Halal dishes"},
		[]string{"Vegetarian dishes", "Children's menu"}, []string{"Wi-Fi", "Vegetarian dishes", "Vegan dishes", "Alcoholic drinks"}, []string{"Takeaway"})
	r.Price = price(s, drawFor("price", r.ResourceID), 12, 34)
	counter(s, n, r, d)
}

// coupon furnishes the site's nth shop with a coupon.
func coupon(s site, n int, r *dragonpass.Resource) {
	d := drawFor("coupon", r.ResourceID)
	r.Module, r.Name = dragonpass.Coupon, nth(drawFor("shops", s.hub.TransportHubID), shops, n)
	r.Facilities = pick(d, []string{}, []string{"Takeaway"}, []string{"Wi-Fi", "Takeaway"})
	r.Price = price(s, drawFor("price", r.ResourceID), 4, 16)
	counter(s, n, r, d)
}

// counter is what restaurants and shops have in common: one goes there, so no booking and no capacity.
func counter(s site, n int, r *dragonpass.Resource, d draw) {
	r.Terminal, r.RouteTypes = s.terminal(n), []int{departure}
	r.OpeningHours = counterHours(drawFor("hours", r.ResourceID))
	r.WalkInAllowed = true
	if s.hub.Type == station {
		r.Area = landside
		r.Location = pick(d, "Landside - Main concourse", "Landside - Shopping gallery, lower level", "Landside - Beside the platforms")
		r.NearestGate = s.gate(d)
		return
	}
	if d.chance(25) {
		r.Area = landside
		r.Location = pick(d, "Landside - Departures hall", "Landside - Next to check-in", "Landside - Public plaza, level 1")
		return
	}
	r.Area = airside
	r.Location = pick(d, "Airside - After security check and passport control", "Airside - Food court", "Airside - Central shopping area", "Airside - By the gates")
	r.NearestGate = s.gate(d)
}

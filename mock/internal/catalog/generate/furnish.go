package main

import (
	"fmt"

	"dragonmock/mock/dragonpass"
)

// letters are how the ids of a module's resources begin.
const (
	loungeLetter    = "N"
	fastTrackLetter = "C"
	setMealLetter   = "R"
	couponLetter    = "K"
)

// resources makes up what the site has to offer: more where there are more terminals, and at least two of them. Railway
// stations have no security to pass, so no fast track.
func (s site) resources() []dragonpass.Resource {
	d := drawFor("site", s.hub.TransportHubID)
	size := len(s.terminals)
	lounges := max(1, size-d.Number(0, 1)+d.Number(0, 1))
	fastTracks, setMeals, coupons := 0, d.Number(0, 1), 1
	if s.hub.Type == airport {
		fastTracks = d.Number(0, (size+2)/2)
		setMeals = d.Number(0, (size+2)/2)
		coupons = d.Number(0, (size+2)/2)
		if lounges+fastTracks+setMeals+coupons < enough {
			setMeals++
		}
	}
	var all []dragonpass.Resource
	add := func(letter string, count int, furnish func(s site, n int, r *dragonpass.Resource)) {
		for n := range count {
			r := dragonpass.Resource{ResourceID: s.id(letter, n), Hub: s.hub, Image: coverURL, Images: cover(), Tier: 1}
			furnish(s, n, &r)
			all = append(all, r)
		}
	}
	add(loungeLetter, lounges, lounge)
	add(fastTrackLetter, fastTracks, fastTrack)
	add(setMealLetter, setMeals, setMeal)
	add(couponLetter, coupons, coupon)
	return all
}

// id is the id of the hub's nth resource of a module, n from 0: the letter, the hub's last four digits and one more. It
// does not depend on other hubs.
func (s site) id(letter string, n int) string {
	return fmt.Sprintf("%s%s%d", letter, s.hub.TransportHubID[2:], n+1)
}

// terminal is where the nth resource of a module is: they spread over the terminals.
func (s site) terminal(n int) string { return s.terminals[n%len(s.terminals)] }

// gate is near the resource; half the airports name gates by pier and number.
func (s site) gate(d draw) string {
	if s.hub.Type == station {
		return fmt.Sprintf("Platform %d", d.Number(1, 12))
	}
	if drawFor("gates", s.hub.TransportHubID).Bool() {
		return fmt.Sprint(d.Number(1, 70))
	}
	return fmt.Sprintf("%s%d", pick(d, "A", "B", "C", "D"), d.Number(1, 40))
}

package dragonpass

import (
	"math"
	"strconv"
)

// earth is the mean radius of the Earth in kilometres.
const earth = 6371.0088

// Holds says whether a hub lies in the circle, its edge included. A hub whose coordinates are no numbers lies nowhere.
func (c Circle) Holds(h TransportHub) bool {
	north, err := strconv.ParseFloat(h.Latitude, 64)
	east, wrong := strconv.ParseFloat(h.Longitude, 64)
	return err == nil && wrong == nil && c.distance(north, east) <= c.Radius
}

// distance is how far a point is from the middle of the circle, in kilometres over ground (haversine).
func (c Circle) distance(latitude, longitude float64) float64 {
	half := func(a, b float64) float64 { return math.Pow(math.Sin((b-a)/360*math.Pi), 2) }
	cos := func(degrees float64) float64 { return math.Cos(degrees / 180 * math.Pi) }
	h := half(c.Latitude, latitude) + cos(c.Latitude)*cos(latitude)*half(c.Longitude, longitude)
	return 2 * earth * math.Asin(math.Sqrt(min(h, 1)))
}

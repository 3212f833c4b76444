// Package geo owns what lies where on the Earth.
package geo

import (
	"math"
	"strconv"
)

// earth is the mean radius of the Earth in kilometres.
const earth = 6371.0088

// Circle is what lies around a point, as far as a radius in kilometres.
type Circle struct {
	Latitude, Longitude float64 // degrees north and east
	Radius              float64
}

// Holds says whether a point lies in the circle, its edge included, by its degrees north and east as text. What are
// no numbers lies nowhere.
func (c Circle) Holds(latitude, longitude string) bool {
	north, err := strconv.ParseFloat(latitude, 64)
	east, wrong := strconv.ParseFloat(longitude, 64)
	return err == nil && wrong == nil && c.distance(north, east) <= c.Radius
}

// distance is how far a point is from the middle of the circle, in kilometres over ground (haversine).
func (c Circle) distance(latitude, longitude float64) float64 {
	half := func(a, b float64) float64 { return math.Pow(math.Sin((b-a)/360*math.Pi), 2) }
	cos := func(degrees float64) float64 { return math.Cos(degrees / 180 * math.Pi) }
	h := half(c.Latitude, latitude) + cos(c.Latitude)*cos(latitude)*half(c.Longitude, longitude)
	return 2 * earth * math.Asin(math.Sqrt(min(h, 1)))
}

package geo_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/dragonpass/geo"
)

func TestCircle_Holds(t *testing.T) {
	heathrow := [2]string{"51.4700", "-0.4543"}
	for _, row := range []struct {
		name   string
		circle geo.Circle
		hub    [2]string // degrees north and east
		want   bool
	}{
		{"the middle itself", geo.Circle{Latitude: 51.47, Longitude: -0.4543}, heathrow, true},
		{"Paris is 347 km away", geo.Circle{Latitude: 49.0097, Longitude: 2.5479, Radius: 348}, heathrow, true},
		{"and no nearer", geo.Circle{Latitude: 49.0097, Longitude: 2.5479, Radius: 346}, heathrow, false},
		{"a degree of the equator", geo.Circle{Radius: 111.2}, [2]string{"0.0", "1.0"}, true},
		{"less than a degree", geo.Circle{Radius: 111.1}, [2]string{"0.0", "1.0"}, false},
		{"over the date line", geo.Circle{Longitude: 179.5, Radius: 112}, [2]string{"0.0", "-179.5"}, true},
		{"the other side of the world", geo.Circle{Radius: 20040}, [2]string{"0.0", "180.0"}, true},
		{"nowhere", geo.Circle{Radius: 20040}, [2]string{"north", "0.0"}, false},
	} {
		assert.Equal(t, row.want, row.circle.Holds(row.hub[0], row.hub[1]), row.name)
	}
}

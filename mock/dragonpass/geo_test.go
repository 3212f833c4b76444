package dragonpass_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"dragonmock/mock/dragonpass"
)

func TestCircle_Holds(t *testing.T) {
	heathrow := dragonpass.TransportHub{Latitude: "51.4700", Longitude: "-0.4543"}
	for _, row := range []struct {
		name   string
		circle dragonpass.Circle
		hub    dragonpass.TransportHub
		want   bool
	}{
		{"the middle itself", dragonpass.Circle{Latitude: 51.47, Longitude: -0.4543}, heathrow, true},
		{"Paris is 347 km away", dragonpass.Circle{Latitude: 49.0097, Longitude: 2.5479, Radius: 348}, heathrow, true},
		{"and no nearer", dragonpass.Circle{Latitude: 49.0097, Longitude: 2.5479, Radius: 346}, heathrow, false},
		{"a degree of the equator", dragonpass.Circle{Radius: 111.2}, dragonpass.TransportHub{Latitude: "0.0", Longitude: "1.0"}, true},
		{"less than a degree", dragonpass.Circle{Radius: 111.1}, dragonpass.TransportHub{Latitude: "0.0", Longitude: "1.0"}, false},
		{"over the date line", dragonpass.Circle{Longitude: 179.5, Radius: 112}, dragonpass.TransportHub{Latitude: "0.0", Longitude: "-179.5"}, true},
		{"the other side of the world", dragonpass.Circle{Radius: 20040}, dragonpass.TransportHub{Latitude: "0.0", Longitude: "180.0"}, true},
		{"nowhere", dragonpass.Circle{Radius: 20040}, dragonpass.TransportHub{Latitude: "north", Longitude: "0.0"}, false},
	} {
		assert.Equal(t, row.want, row.circle.Holds(row.hub), row.name)
	}
}

func TestEPass_StatusAt(t *testing.T) {
	p := dragonpass.EPass{ActivationDate: at(t, "2025-09-01T00:00:00Z"), ExpirationDate: at(t, "2025-09-02T00:00:00Z")}
	for instant, want := range map[string]dragonpass.EPassStatus{
		"2025-08-31T23:59:59Z": dragonpass.EPassStatusPending, "2025-09-01T00:00:00Z": dragonpass.EPassStatusActive,
		"2025-09-02T00:00:00Z": dragonpass.EPassStatusActive, "2025-09-02T00:00:01Z": dragonpass.EPassStatusExpired,
	} {
		assert.Equal(t, want, p.StatusAt(at(t, instant)), instant)
		assert.Equal(t, dragonpass.EPassStatusCancelled, p.Cancel(at(t, instant)).StatusAt(at(t, instant)))
	}
}

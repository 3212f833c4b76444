package api

import (
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/world"
)

// Renders is how a version shows what it shows in a way of its own.
type Renders struct {
	EPass      func(p dragonpass.EPass, now time.Time) any // the order that issued it
	Order      func(*world.Tx, booking.Order) any
	Bundle     func(booking.Order, dragonpass.EPass) any // a prebooking, and the pass that was issued for it
	Membership func(m dragonpass.Membership, now time.Time) any
}

package api

import (
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/booking"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/world"
)

// Renders is how a version shows what it shows in a way of its own.
type Renders struct {
	EPass      func(*world.Tx, dragonpass.EPass) any // the order that issued it
	Order      func(*world.Tx, booking.Order) any
	Bundle     func(booking.Order, dragonpass.EPass) any // a prebooking, and the pass that was issued for it
	Membership func(*world.Tx, dragonpass.Membership) any

	// InLanguage is a hub in a language; false: it is not there. Nil: the texts of all are in the default one.
	InLanguage func(h dragonpass.TransportHub, language string, fallback bool) (dragonpass.TransportHub, bool)

	Hides func(dragonpass.Module) bool // the modules that the version does not know; nil: it knows all
}

// inLanguage is a hub in a language, as the version shows it.
func (show Renders) inLanguage(h dragonpass.TransportHub, language string, fallback bool) (dragonpass.TransportHub, bool) {
	if show.InLanguage == nil {
		return h, true
	}
	return show.InLanguage(h, language, fallback)
}

// Body is [dispatch.Body] for a version that may hide modules.
func Body[T any](show Renders, do func(*dispatch.Call, T) (any, error)) dispatch.Handler {
	return dispatch.Body(func(c *dispatch.Call, request T) (any, error) {
		c.Tx.Hides = show.Hides
		return do(c, request)
	})
}

// Plain is [dispatch.Plain] for a version that may hide modules.
func Plain(show Renders, do func(*dispatch.Call) (any, error)) dispatch.Handler {
	return dispatch.Plain(func(c *dispatch.Call) (any, error) {
		c.Tx.Hides = show.Hides
		return do(c)
	})
}

package control

import (
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/platform"
)

func confirmOrder(p *Plane, c *call) (any, error) {
	return p.order(c, "confirmOrder", func(tx *platform.Tx) (dragonpass.Order, error) { return tx.ConfirmOrder(c.path.Get("orderId")) })
}

func failOrder(p *Plane, c *call) (any, error) {
	return p.order(c, "failOrder", func(tx *platform.Tx) (dragonpass.Order, error) { return tx.FailOrder(c.path.Get("orderId")) })
}

func expireEPass(_ *Plane, c *call) (any, error) {
	return platform.Run(c.world, "expireEPass", func(tx *platform.Tx) (struct{}, error) {
		_, err := tx.ExpireEPass(c.path.Get("ePassId"))
		return struct{}{}, err
	})
}

func replayEvent(_ *Plane, c *call) (any, error) {
	return platform.Run(c.world, "replayEvent", func(tx *platform.Tx) (struct{}, error) {
		return struct{}{}, tx.ReplayEvent(c.path.Get("eventId"))
	})
}

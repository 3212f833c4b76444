package control

import (
	"dragonmock/mock/internal/platform"
)

func patchResource(p *Plane, c *call) (any, error) {
	return platform.Run(c.world, "patchResource", func(tx *platform.Tx) (any, error) {
		r, err := tx.PatchResource(c.path.Get("resourceId"), c.body)
		if err != nil {
			return nil, err
		}
		return p.Resource(r), nil
	})
}

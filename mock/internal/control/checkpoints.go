package control

import (
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/internal/platform"
)

func makeCheckpoint(_ *Plane, c *call) (any, error) {
	return struct{}{}, c.world.Checkpoint(c.path.Get("name"))
}

func restoreCheckpoint(_ *Plane, c *call, r struct {
	Name string `json:"name"`
}) (any, error) {
	return struct{}{}, c.world.Restore(r.Name)
}

func listChanges(_ *Plane, c *call) (any, error) {
	changes, err := c.world.Changes(c.query.Get("since"))
	return struct {
		Changes []platform.Difference `json:"changes"`
	}{changes}, err
}

func forkWorld(p *Plane, c *call) (any, error) {
	fork, err := p.Platform.Fork(c.world)
	if err != nil {
		return nil, err
	}
	return worldWire(fork), nil
}

func dumpState(_ *Plane, c *call) (any, error) {
	state, err := c.world.Dump()
	return jsontext.Value(state), err
}

func loadState(_ *Plane, c *call) (any, error) { return struct{}{}, c.world.Load(c.body) }

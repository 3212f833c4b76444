package control

import (
	"github.com/go-json-experiment/json/jsontext"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/platform"
)

// WorldRequest asks for a world. Zero members ask nothing.
type WorldRequest struct {
	Scenario    jsontext.Value `json:"scenario"` // the name of one, or one whole
	Seed        *uint64        `json:"seed"`
	Clock       string         `json:"clock"`
	Lifetime    string         `json:"lifetime"`
	Programs    []string       `json:"programs"`
	Operations  []string       `json:"operations"`
	Languages   []string       `json:"languages"`
	PublicKey   string         `json:"publicKey"`
	CallbackURL string         `json:"callbackUrl"`
}

// world is a world on the wire.
type world struct {
	ID        string                       `json:"id"`
	ClientID  string                       `json:"clientId"`
	Secret    string                       `json:"secret"`
	Issuer    string                       `json:"issuer"`
	Key       string                       `json:"key"`
	ProgramID string                       `json:"programId"`
	Given     map[string]map[string]string `json:"given"`
}

type worlds struct {
	Worlds []world `json:"worlds"`
}

func worldWire(w *platform.World) world {
	c := w.Client()
	return world{w.ID(), c.ClientID, c.Secret, c.Issuer, c.Key, c.DefaultProgram(), w.Named()}
}

func (p *plane) createWorld(c *dispatch.Call) (dispatch.Reply, error) {
	var r WorldRequest
	if err := c.Read(&r); err != nil {
		return dispatch.Reply{}, err
	}
	return p.host(c, func() (*platform.World, error) { return p.Create(r) })
}

func (p *plane) forkWorld(c *dispatch.Call) (dispatch.Reply, error) {
	return p.host(c, func() (*platform.World, error) { return p.Platform.Fork(c.World) })
}

// host makes a world, and ends it when its caller cannot be told of it.
func (p *plane) host(c *dispatch.Call, create func() (*platform.World, error)) (dispatch.Reply, error) {
	w, err := create()
	if err != nil {
		return dispatch.Reply{}, err
	}
	r, err := c.Render(worldWire(w))
	if err != nil {
		p.Platform.Delete(w.ID())
	}
	return r, err
}

func (p *plane) listWorlds(c *dispatch.Call) (dispatch.Reply, error) {
	answer := worlds{[]world{}}
	for _, w := range p.Platform.Worlds() {
		answer.Worlds = append(answer.Worlds, worldWire(w))
	}
	return c.Render(answer)
}

func (p *plane) deleteWorld(c *dispatch.Call) (dispatch.Reply, error) {
	return c.Done(func() error {
		if !p.Platform.Delete(c.World.ID()) {
			return dragonpass.Refuse(dragonpass.InvalidRequest, "path id: the default world does not end; reset it")
		}
		return nil
	})
}

func (p *plane) resetWorld(c *dispatch.Call) (dispatch.Reply, error) {
	return c.Done(func() error { c.World.Reset(); return nil })
}

func (p *plane) makeCheckpoint(c *dispatch.Call) (dispatch.Reply, error) {
	return c.Done(func() error { return c.World.Checkpoint(c.Path.Get("name")) })
}

type checkpoint struct {
	Name string `json:"name"`
}

func (p *plane) restoreCheckpoint(c *dispatch.Call) (dispatch.Reply, error) {
	var r checkpoint
	if err := c.Read(&r); err != nil {
		return dispatch.Reply{}, err
	}
	return c.Done(func() error { return c.World.Restore(r.Name) })
}

type changes struct {
	Changes []platform.Difference `json:"changes"`
}

func (p *plane) listChanges(c *dispatch.Call) (dispatch.Reply, error) {
	found, err := c.World.Changes(c.Query.Get("since"))
	if err != nil {
		return dispatch.Reply{}, err
	}
	return c.Render(changes{found})
}

func (p *plane) dumpState(c *dispatch.Call) (dispatch.Reply, error) {
	state, err := c.World.Dump()
	if err != nil {
		return dispatch.Reply{}, err
	}
	return c.Render(jsontext.Value(state))
}

func (p *plane) loadState(c *dispatch.Call) (dispatch.Reply, error) {
	return c.Done(func() error { return c.World.Load(c.Body) })
}

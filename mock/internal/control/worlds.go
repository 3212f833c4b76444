package control

import (
	"dragonmock/mock/internal/author"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/stage"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

// worldRow is a world on the wire.
type worldRow struct {
	ID        string                       `json:"id"`
	ClientID  string                       `json:"clientId"`
	Secret    string                       `json:"secret"`
	Issuer    string                       `json:"issuer"`
	Key       string                       `json:"key"`
	ProgramID string                       `json:"programId"`
	Given     map[string]map[string]string `json:"given"`
}

type worlds struct {
	Worlds []worldRow `json:"worlds"`
}

func worldWire(w *world.World) worldRow {
	c := w.Client()
	return worldRow{w.ID(), c.ClientID, c.Secret, c.Issuer, c.Key, c.DefaultProgram(), w.Named()}
}

func (p *plane) createWorld(c *dispatch.Call) (dispatch.Reply, error) {
	var r stage.WorldRequest
	if err := c.Read(&r); err != nil {
		return dispatch.Reply{}, err
	}
	settings := p.Stage.Settings(p.Folder())
	if err := r.Apply(settings); err != nil {
		return dispatch.Reply{}, err
	}
	return p.enter(c)(p.Host.Prepare(settings.World))
}

func (p *plane) forkWorld(c *dispatch.Call) (dispatch.Reply, error) {
	return p.enter(c)(p.Host.PrepareFork(c.World))
}

// enter has a prepared world found, when its caller can be told of it.
func (p *plane) enter(c *dispatch.Call) func(*world.World, error) (dispatch.Reply, error) {
	return func(w *world.World, err error) (dispatch.Reply, error) {
		if err != nil {
			return dispatch.Reply{}, err
		}
		r, err := c.Render(worldWire(w))
		if err == nil {
			err = p.Host.Enter(w)
		}
		return r, err
	}
}

func (p *plane) listWorlds(c *dispatch.Call) (dispatch.Reply, error) {
	answer := worlds{[]worldRow{}}
	for _, w := range p.Host.Worlds() {
		answer.Worlds = append(answer.Worlds, worldWire(w))
	}
	return c.Render(answer)
}

func (p *plane) deleteWorld(c *dispatch.Call) (dispatch.Reply, error) {
	return c.Done(func() error { return author.DeleteWorld(p.Host, c.World) })
}

func (p *plane) resetWorld(c *dispatch.Call) (dispatch.Reply, error) { return c.Done(c.World.Reset) }

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
	return c.Done(func() error { return c.World.Rewind(r.Name) })
}

type changes struct {
	Changes []store.Difference `json:"changes"`
}

func (p *plane) listChanges(c *dispatch.Call) (dispatch.Reply, error) {
	found, err := c.World.Changes(c.Query.Get("since"))
	if err != nil {
		return dispatch.Reply{}, err
	}
	return c.Render(changes{found})
}

func (p *plane) dumpState(c *dispatch.Call) (dispatch.Reply, error) {
	write, err := c.World.Kept()
	if err != nil {
		return dispatch.Reply{}, err
	}
	return dispatch.Large(write), nil
}

func (p *plane) loadState(c *dispatch.Call) (dispatch.Reply, error) {
	return c.Done(func() error { return c.World.Read(c.Large) })
}

package control

import (
	"time"

	"dragonmock/mock/internal/author"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/store"
	"dragonmock/mock/internal/world"
)

// clock is a reading on the wire.
type clock struct {
	Now   string     `json:"now"`
	Mode  store.Mode `json:"mode"`
	Fired []fired    `json:"fired,omitzero"`
}

type fired struct {
	At   string `json:"at"`
	What string `json:"what"`
	ID   string `json:"id"`
}

func instant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05-07:00") }

func (p *plane) readClock(c *dispatch.Call) (dispatch.Reply, error) {
	r, err := c.World.Clock()
	if err != nil {
		return dispatch.Reply{}, err
	}
	return c.Render(clock{Now: instant(r.Now), Mode: r.Mode})
}

type clockMove struct {
	Advance string `json:"advance"`
	Set     string `json:"set"`
	Freeze  bool   `json:"freeze"`
	Follow  bool   `json:"follow"`
	Real    bool   `json:"real"`
}

// moveClock renders its answer before the last step of the move is committed.
func (p *plane) moveClock(c *dispatch.Call) (reply dispatch.Reply, err error) {
	var m clockMove
	if err := c.Read(&m); err != nil {
		return dispatch.Reply{}, err
	}
	_, err = author.MoveClock(c.Context(), c.World, author.Move(m), func(r world.Reading) (err error) {
		answer := clock{Now: instant(r.Now), Mode: r.Mode, Fired: []fired{}}
		for _, f := range r.Fired {
			answer.Fired = append(answer.Fired, fired{instant(f.At), f.What, f.ID})
		}
		reply, err = c.Render(answer)
		return err
	})
	return reply, err
}

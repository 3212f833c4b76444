package control

import (
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/duration"
	"dragonmock/mock/internal/platform"
)

// clock is a reading on the wire.
type clock struct {
	Now   string        `json:"now"`
	Mode  platform.Mode `json:"mode"`
	Fired []fired       `json:"fired,omitzero"`
}

type fired struct {
	At   string `json:"at"`
	What string `json:"what"`
	ID   string `json:"id"`
}

func instant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05-07:00") }

func (p *plane) readClock(c *dispatch.Call) (dispatch.Reply, error) {
	r := c.World.Clock()
	return c.Render(clock{Now: instant(r.Now), Mode: r.Mode})
}

type clockMove struct {
	Advance string `json:"advance"`
	Set     string `json:"set"`
	Freeze  bool   `json:"freeze"`
	Follow  bool   `json:"follow"`
	Real    bool   `json:"real"`
}

func (p *plane) moveClock(c *dispatch.Call) (dispatch.Reply, error) {
	var m clockMove
	if err := c.Read(&m); err != nil {
		return dispatch.Reply{}, err
	}
	return c.Undoably(func() (any, error) {
		r, err := m.of(c.World)
		if err != nil {
			return nil, err
		}
		answer := clock{Now: instant(r.Now), Mode: r.Mode, Fired: []fired{}}
		for _, f := range r.Fired {
			answer.Fired = append(answer.Fired, fired{instant(f.At), f.What, f.ID})
		}
		return answer, nil
	})
}

// of moves the clock of a world.
func (m clockMove) of(w *platform.World) (platform.Reading, error) {
	switch {
	case m.Freeze:
		return w.Freeze(), nil
	case m.Follow:
		return w.Follow(), nil
	case m.Real:
		return w.FollowWall(), nil
	case m.Set != "":
		t, err := platform.ParseInstant(m.Set)
		if err != nil {
			return platform.Reading{}, dragonpass.Refuse(dragonpass.InvalidRequest, "/set: %s", err)
		}
		return w.SetClock(t)
	}
	d, err := duration.Parse(m.Advance)
	if err != nil {
		return platform.Reading{}, dragonpass.Refuse(dragonpass.InvalidRequest, "/advance: %s", err)
	}
	return w.Advance(d)
}

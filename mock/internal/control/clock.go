package control

import (
	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/author"
	"dragonmock/mock/internal/clock"
	"dragonmock/mock/internal/dispatch"
	"dragonmock/mock/internal/duration"
	"dragonmock/mock/internal/world"
)

// now is a reading on the wire.
type now struct {
	Now  duration.Instant `json:"now"`
	Mode clock.Mode       `json:"mode"`
}

// movedClock is one with what happened on the way.
type movedClock struct {
	now   `json:",embed"`
	Fired []fired `json:"fired"`
}

type fired struct {
	At   duration.Instant `json:"at"`
	What string           `json:"what"`
	ID   string           `json:"id"`
}

func (p *plane) readClock(c *dispatch.Call) (dispatch.Reply, error) {
	r, err := c.World.Clock()
	if err != nil {
		return dispatch.Reply{}, err
	}
	return c.Render(now{duration.Instant(r.Now), r.Mode})
}

type clockMove struct {
	Advance string `json:"advance"`
	Set     string `json:"set"`
	Freeze  *bool  `json:"freeze"`
	Follow  *bool  `json:"follow"`
	Real    *bool  `json:"real"`
}

// asked reads the move. Errors: INVALID_REQUEST for what is not to be done.
func (m clockMove) asked() (author.Move, error) {
	for _, flag := range []struct {
		name string
		set  *bool
	}{{"freeze", m.Freeze}, {"follow", m.Follow}, {"real", m.Real}} {
		if flag.set != nil && !*flag.set {
			return author.Move{}, dragonpass.RefuseField(dragonpass.InvalidRequest, flag.name, "expected true, or no such member")
		}
	}
	return author.Move{Advance: m.Advance, Set: m.Set, Freeze: m.Freeze != nil, Follow: m.Follow != nil, Real: m.Real != nil}, nil
}

// moveClock renders its answer before the last step of the move is committed.
func (p *plane) moveClock(c *dispatch.Call) (reply dispatch.Reply, err error) {
	var m clockMove
	if err := c.Read(&m); err != nil {
		return dispatch.Reply{}, err
	}
	asked, err := m.asked()
	if err != nil {
		return dispatch.Reply{}, err
	}
	_, err = author.MoveClock(c.Context(), c.World, asked, func(r world.Reading) (err error) {
		answer := movedClock{now{duration.Instant(r.Now), r.Mode}, []fired{}}
		for _, f := range r.Fired {
			answer.Fired = append(answer.Fired, fired{duration.Instant(f.At), f.What, f.ID})
		}
		reply, err = c.Render(answer)
		return err
	})
	return reply, err
}

package author

import (
	"context"
	"errors"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/duration"
	"dragonmock/mock/internal/world"
)

// Move asks to move a clock, in one of these ways.
type Move struct {
	Advance string // a duration such as 72h or 3d
	Set     string // a date and time with offset
	Freeze  bool   // it stops where it stands
	Follow  bool   // it runs on from where it stands
	Real    bool   // it shows the wall clock again
}

// MoveClock moves a clock. Seal is called with what the answer will be before the last step is committed; its error
// takes that step back. Errors: INVALID_REQUEST for what is no duration or instant; SERVICE_UNAVAILABLE when ctx ends on
// the way, with where the clock has come to; those of [world.World.Advance].
func MoveClock(ctx context.Context, w *world.World, m Move, seal func(world.Reading) error) (world.Reading, error) {
	r, err := move(ctx, w, m, seal)
	if err != nil && errors.Is(err, ctx.Err()) {
		err = dragonpass.Refuse(dragonpass.ServiceUnavailable, "the clock was stopped on its way, at %s: its caller went away, or the server ends", w.Now()).
			Unless("the rest of the move, asked for again")
	}
	return r, err
}

func move(ctx context.Context, w *world.World, m Move, seal func(world.Reading) error) (world.Reading, error) {
	switch {
	case m.Freeze:
		return w.Freeze(ctx, seal)
	case m.Follow:
		return w.Follow(ctx, seal)
	case m.Real:
		return w.FollowWall(ctx, seal)
	case m.Set != "":
		t, err := duration.ParseInstant(m.Set)
		if err != nil {
			return world.Reading{}, refuse("set", "%s", err)
		}
		return w.SetClock(ctx, t, seal)
	}
	d, err := duration.Parse(m.Advance)
	if err != nil {
		return world.Reading{}, refuse("advance", "%s", err)
	}
	return w.Advance(ctx, d, seal)
}

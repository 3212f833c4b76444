package world

import (
	"context"
	"slices"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/clock"
)

// machineTime is the wall clock of this machine. Nothing else in here reads it.
func machineTime() time.Time { return time.Now() }

// Reading is what a clock shows after it was read or moved.
type Reading struct {
	Now   time.Time
	Mode  clock.Mode
	Fired []Fired // what became due on the way, in order of its own time
}

// Fired is something that became due and happened.
type Fired struct {
	At   time.Time
	What string // its kind
	ID   string // what it is about
}

// Clock reads the world's clock. Errors: WORLD_ENDED.
func (w *World) Clock() (Reading, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.reading(nil), w.checkEnded()
}

// Seal is asked whether what a moved clock shows can be told: before the clock moves at all, with where it will be, and
// before the last step is committed, with all that has happened. Its error takes the step back. Nil: nobody is asked.
type Seal func(Reading) error

func (s Seal) ask(r Reading) error {
	if s == nil {
		return nil
	}
	return s(r)
}

// Advance moves the clock forward by d. What is due in between happens on the way, each at its own time, and is listed;
// the callbacks that it causes are delivered before the clock moves on. Each step is an operation of its own: when ctx
// ends, or the last step cannot be sealed, the clock stays where it has come to. Where another puts the clock meanwhile, by
// any move but an advance, or the state, it stays too; advances at the same time add up. Errors: INVALID_REQUEST for a d
// that [clock.CheckMove] refuses, or one that leaves the years of [clock.CheckInstant], and then nothing has changed;
// SERVICE_UNAVAILABLE for one that another has ended; WORLD_ENDED; that of ctx or seal.
func (w *World) Advance(ctx context.Context, d time.Duration, seal Seal) (Reading, error) {
	err := clock.CheckMove(d)
	if err == nil {
		err = clock.CheckInstant(w.Now().Add(d))
	}
	if err != nil {
		return Reading{}, dragonpass.RefuseField(dragonpass.InvalidRequest, "advance", "%s", err)
	}
	return w.travel(ctx, "", func(now time.Time, gone time.Duration) time.Time { return now.Add(d - gone) }, seal)
}

// SetClock moves the clock to t, forward or back, as [World.Advance] does. What has happened stays happened. Errors:
// INVALID_REQUEST for an instant outside the years of [clock.CheckInstant], and then nothing has changed; those of
// [World.Advance].
func (w *World) SetClock(ctx context.Context, t time.Time, seal Seal) (Reading, error) {
	if err := clock.CheckInstant(t); err != nil {
		return Reading{}, dragonpass.RefuseField(dragonpass.InvalidRequest, "set", "%s", err)
	}
	return w.travel(ctx, "the clock was set", func(time.Time, time.Duration) time.Time { return t }, seal)
}

// Freeze stops the clock where it stands. Errors: WORLD_ENDED; that of seal.
func (w *World) Freeze(ctx context.Context, seal Seal) (Reading, error) {
	return w.setClock(ctx, "the clock was stopped", func(c clock.Clock, wall time.Time) (clock.Clock, error) {
		return clock.FrozenAt(c.Now(wall)), nil
	}, seal)
}

// Follow lets the clock run on from where it stands. Errors: WORLD_ENDED; that of seal.
func (w *World) Follow(ctx context.Context, seal Seal) (Reading, error) {
	return w.setClock(ctx, "the clock was started", func(c clock.Clock, wall time.Time) (clock.Clock, error) {
		return clock.RunningFrom(c.Now(wall), wall), nil
	}, seal)
}

// FollowWall returns the clock to the wall clock. Errors: WORLD_ENDED; that of seal.
func (w *World) FollowWall(ctx context.Context, seal Seal) (Reading, error) {
	return w.setClock(ctx, "the clock went back to the wall's", func(clock.Clock, time.Time) (clock.Clock, error) {
		return clock.Clock{}, nil
	}, seal)
}

// travel moves the clock to a time, in steps: at each time at which something is due it stops, lets it happen, and has
// the callbacks delivered. To says where it goes, from where it stands and by how much this move has moved it. With why
// it puts the clock, see [World.place].
func (w *World) travel(ctx context.Context, why string, to func(now time.Time, gone time.Duration) time.Time, seal Seal) (Reading, error) {
	var gone time.Duration
	var target time.Time
	var place *string
	r, err := w.setClock(ctx, why, func(c clock.Clock, wall time.Time) (clock.Clock, error) {
		target, place = to(c.Now(wall), gone), w.place
		return c, nil // what is due already happens before the clock moves
	}, func(r Reading) error {
		r.Now = target
		return seal.ask(r)
	})
	fired, arrived := r.Fired, false
	last := func(r Reading) error {
		if !arrived {
			return nil
		}
		r.Fired = slices.Concat(fired, r.Fired)
		return seal.ask(r)
	}
	for !arrived && err == nil {
		if err = ctx.Err(); err != nil {
			break
		}
		r, err = w.setClock(ctx, "", func(c clock.Clock, wall time.Time) (clock.Clock, error) {
			if w.place != place {
				return c, dragonpass.Refuse(dragonpass.ServiceUnavailable, "the clock was stopped on its way: meanwhile %s", *w.place).
					Unless("the move, asked for again")
			}
			now, next := c.Now(wall), c
			target = to(now, gone)
			_, d, due := w.state.Due.First()
			switch {
			case !due || d.At.After(target): // so nothing happens in the last step: it can be taken back
				arrived = true
				next = c.MovedTo(target, wall)
			case d.At.After(now):
				next = c.MovedTo(d.At, wall)
			} // else what others have made due by now happens where the clock stands
			gone += next.Now(wall).Sub(now)
			return next, nil
		}, last)
		fired = append(fired, r.Fired...)
	}
	r.Fired = fired
	return r, err
}

// mover says what a clock is to be when the wall shows wall.
type mover func(c clock.Clock, wall time.Time) (clock.Clock, error)

// setClock commits a new clock, lets happen what is due by it, and has the callbacks delivered.
func (w *World) setClock(ctx context.Context, why string, move mover, seal Seal) (Reading, error) {
	reading, err := w.setClockLocked(why, move, seal)
	if err == nil {
		w.deliver(ctx, true) // also when nothing is pending: something may be on its way
	}
	return reading, err
}

func (w *World) setClockLocked(why string, move mover, seal Seal) (r Reading, err error) {
	w.mu.Lock()
	defer w.unlock()
	if err := w.checkEnded(); err != nil {
		return Reading{}, err
	}
	w.Touch()
	wall, place := machineTime(), w.place
	if why != "" {
		w.place = &why
	}
	clock, err := move(w.state.Clock, wall)
	if err != nil {
		return w.reading(nil), err
	}
	fired := w.settle(clock.Now(wall))
	if err = w.try(clock.Now(wall), "moveClock", func(tx *Tx) error {
		tx.Clock = clock
		r = w.reading(fired)
		return seal.ask(r)
	}); err != nil {
		w.place = place
	}
	return r, err
}

func (w *World) reading(fired []Fired) Reading {
	return Reading{Now: w.state.Clock.Now(machineTime()), Mode: w.state.Clock.Mode(), Fired: fired}
}

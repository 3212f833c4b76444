package world

import (
	"context"
	"slices"
	"time"

	"dragonmock/mock/dragonpass"
	"dragonmock/mock/internal/store"
)

// machineTime is the wall clock of this machine. Nothing else in here reads it.
func machineTime() time.Time { return time.Now() }

// Reading is what a clock shows after it was read or moved.
type Reading struct {
	Now   time.Time
	Mode  store.Mode
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

// Advance moves the clock forward by d. What is due in between happens on the way, each at its own time, and is listed;
// the callbacks that it causes are delivered before the clock moves on. Each step is an operation of its own: when ctx
// ends, or the last step cannot be sealed, the clock stays where it has come to. Errors: INVALID_REQUEST for a negative
// d, or one that leaves the years of [store.CheckInstant], and then nothing has changed; WORLD_ENDED; that of ctx or seal.
func (w *World) Advance(ctx context.Context, d time.Duration, seal Seal) (Reading, error) {
	if d < 0 {
		return Reading{}, dragonpass.RefuseField(dragonpass.InvalidRequest, "advance", "expected a duration of 0 or more, got %s", d)
	}
	if err := store.CheckInstant(w.Now().Add(d)); err != nil {
		return Reading{}, dragonpass.RefuseField(dragonpass.InvalidRequest, "advance", "%s", err)
	}
	return w.travel(ctx, func(c store.Clock, wall time.Time) time.Time { return c.Now(wall).Add(d) }, seal)
}

// SetClock moves the clock to t, forward or back, as [World.Advance] does. What has happened stays happened. Errors:
// INVALID_REQUEST for an instant outside the years of [store.CheckInstant], and then nothing has changed; WORLD_ENDED;
// that of ctx or seal.
func (w *World) SetClock(ctx context.Context, t time.Time, seal Seal) (Reading, error) {
	if err := store.CheckInstant(t); err != nil {
		return Reading{}, dragonpass.RefuseField(dragonpass.InvalidRequest, "set", "%s", err)
	}
	return w.travel(ctx, func(store.Clock, time.Time) time.Time { return t }, seal)
}

// Freeze stops the clock where it stands. Errors: WORLD_ENDED; that of seal.
func (w *World) Freeze(ctx context.Context, seal Seal) (Reading, error) {
	return w.setClock(ctx, func(c store.Clock, wall time.Time) store.Clock { return store.FrozenAt(c.Now(wall)) }, seal)
}

// Follow lets the clock run on from where it stands. Errors: WORLD_ENDED; that of seal.
func (w *World) Follow(ctx context.Context, seal Seal) (Reading, error) {
	return w.setClock(ctx, func(c store.Clock, wall time.Time) store.Clock { return store.RunningFrom(c.Now(wall), wall) }, seal)
}

// FollowWall returns the clock to the wall clock. Errors: WORLD_ENDED; that of seal.
func (w *World) FollowWall(ctx context.Context, seal Seal) (Reading, error) {
	return w.setClock(ctx, func(store.Clock, time.Time) store.Clock { return store.Clock{} }, seal)
}

// travel moves the clock to a time, in steps: at each time at which something is due it stops, lets it happen, and has
// the callbacks delivered.
func (w *World) travel(ctx context.Context, to func(c store.Clock, wall time.Time) time.Time, seal Seal) (Reading, error) {
	var target time.Time
	r, err := w.setClock(ctx, func(c store.Clock, wall time.Time) store.Clock {
		target = to(c, wall)
		return c // what is due already happens before the clock moves
	}, func(r Reading) error {
		if seal == nil {
			return nil
		}
		r.Now = target
		return seal(r)
	})
	fired, arrived := r.Fired, false
	last := func(r Reading) error {
		if !arrived || seal == nil {
			return nil
		}
		r.Fired = slices.Concat(fired, r.Fired)
		return seal(r)
	}
	for !arrived && err == nil {
		if err = ctx.Err(); err != nil {
			break
		}
		r, err = w.setClock(ctx, func(c store.Clock, wall time.Time) store.Clock {
			_, d, due := w.state.Due.First()
			switch {
			case !due || d.At.After(target): // so nothing happens in the last step: it can be taken back
				arrived = true
				return c.MovedTo(target, wall)
			case d.At.After(c.Now(wall)):
				return c.MovedTo(d.At, wall)
			}
			return c // what others have made due by now happens where the clock stands
		}, last)
		fired = append(fired, r.Fired...)
	}
	r.Fired = fired
	return r, err
}

// setClock commits a new clock, lets happen what is due by it, and has the callbacks delivered.
func (w *World) setClock(ctx context.Context, move func(c store.Clock, wall time.Time) store.Clock, seal Seal) (Reading, error) {
	reading, err := w.setClockLocked(move, seal)
	if err == nil {
		w.deliver(ctx, true) // also when nothing is pending: something may be on its way
	}
	return reading, err
}

func (w *World) setClockLocked(move func(c store.Clock, wall time.Time) store.Clock, seal Seal) (r Reading, err error) {
	w.mu.Lock()
	defer w.unlock()
	if err := w.checkEnded(); err != nil {
		return Reading{}, err
	}
	w.Touch()
	wall := machineTime()
	clock := move(w.state.Clock, wall)
	fired := w.settle(clock.Now(wall))
	err = w.try(clock.Now(wall), "moveClock", func(tx *Tx) error {
		tx.Clock = clock
		r = w.reading(fired)
		if seal == nil {
			return nil
		}
		return seal(r)
	})
	return r, err
}

func (w *World) reading(fired []Fired) Reading {
	return Reading{Now: w.state.Clock.Now(machineTime()), Mode: w.state.Clock.Mode(), Fired: fired}
}

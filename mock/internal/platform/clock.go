package platform

import (
	"fmt"
	"time"

	"dragonmock/mock/dragonpass"
)

// machineTime is the wall clock of this machine. Nothing else in the platform reads it.
func machineTime() time.Time { return time.Now() }

// Mode is how a world's clock runs.
type Mode string

// The modes. Real follows the wall clock, Offset follows it at a distance, Frozen stands still.
const (
	Real   Mode = "real"
	Offset Mode = "offset"
	Frozen Mode = "frozen"
)

// Clock is the time of a world, as a value. The zero Clock is real.
type Clock struct {
	At    time.Time     // where a frozen clock stands; zero: it is not frozen
	Ahead time.Duration // how far a running clock is ahead of the wall
}

// FrozenAt is a clock that stands at t, cut to the second.
func FrozenAt(t time.Time) Clock { return Clock{At: t.UTC().Truncate(time.Second)} }

// Mode says how the clock runs.
func (c Clock) Mode() Mode {
	switch {
	case !c.At.IsZero():
		return Frozen
	case c.Ahead != 0:
		return Offset
	}
	return Real
}

// Now reads the clock when the wall shows wall: UTC, whole seconds, because that is how fine the vendor's times are.
func (c Clock) Now(wall time.Time) time.Time {
	if !c.At.IsZero() {
		return c.At
	}
	return wall.Add(c.Ahead).UTC().Truncate(time.Second)
}

// set moves the clock to t: a frozen one stays frozen there, a running one runs on from there.
func (c Clock) set(t, wall time.Time) Clock {
	if c.Mode() == Frozen {
		return FrozenAt(t)
	}
	return Clock{Ahead: t.Sub(wall.Truncate(time.Second))}
}

// Reading is what a clock shows after it was read or moved.
type Reading struct {
	Now   time.Time
	Mode  Mode
	Fired []Fired // what became due on the way, in order of its own time
}

// Clock reads the world's clock.
func (w *World) Clock() Reading {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.reading(nil)
}

// CheckClock refuses instants that no clock shows: a running clock keeps its distance from the wall as a duration, which
// ends at 292 years.
func CheckClock(t time.Time) error {
	if year := t.UTC().Year(); year < 1970 || year > 2199 {
		return fmt.Errorf("expected an instant in the years 1970 to 2199, got %s", t.UTC().Format(time.RFC3339))
	}
	return nil
}

// Advance moves the clock forward by d. What is due in between happens on the way, each at its own time, and is listed;
// the callbacks that it causes are delivered before the clock moves on. A negative d, or one that leaves the years of
// [CheckClock], is an error and changes nothing.
func (w *World) Advance(d time.Duration) (Reading, error) {
	if d < 0 {
		return Reading{}, dragonpass.Refuse(dragonpass.InvalidRequest, "/advance: expected a duration of 0 or more, got %s", d)
	}
	if err := CheckClock(w.Now().Add(d)); err != nil {
		return Reading{}, dragonpass.Refuse(dragonpass.InvalidRequest, "/advance: %s", err)
	}
	return w.travel(func(c Clock, wall time.Time) time.Time { return c.Now(wall).Add(d) }), nil
}

// SetClock moves the clock to t, forward or back. What has happened stays happened. An instant outside the years of
// [CheckClock] is an error and changes nothing.
func (w *World) SetClock(t time.Time) (Reading, error) {
	if err := CheckClock(t); err != nil {
		return Reading{}, dragonpass.Refuse(dragonpass.InvalidRequest, "/set: %s", err)
	}
	return w.travel(func(Clock, time.Time) time.Time { return t }), nil
}

// Freeze stops the clock where it stands.
func (w *World) Freeze() Reading {
	return w.wind(func(c Clock, wall time.Time) Clock { return FrozenAt(c.Now(wall)) })
}

// Follow lets the clock run on from where it stands.
func (w *World) Follow() Reading {
	return w.wind(func(c Clock, wall time.Time) Clock { return Clock{Ahead: c.Now(wall).Sub(wall.Truncate(time.Second))} })
}

// FollowWall returns the clock to the wall clock.
func (w *World) FollowWall() Reading {
	return w.wind(func(Clock, time.Time) Clock { return Clock{} })
}

// travel moves the clock to a time, in steps: at each time at which something is due it stops, lets it happen, and has
// the callbacks delivered.
func (w *World) travel(to func(c Clock, wall time.Time) time.Time) Reading {
	var target time.Time
	r := w.wind(func(c Clock, wall time.Time) Clock {
		target = to(c, wall)
		return c // what is due already happens before the clock moves
	})
	fired := r.Fired
	for arrived := false; !arrived; {
		r = w.wind(func(c Clock, wall time.Time) Clock {
			stop := target
			if _, d, ok := w.state.due.first(); ok && d.At.Before(target) {
				stop = d.At
			}
			arrived = stop.Equal(target)
			return c.set(stop, wall)
		})
		fired = append(fired, r.Fired...)
	}
	r.Fired = fired
	return r
}

// wind commits a new clock, lets happen what is due by it, and has the callbacks delivered.
func (w *World) wind(move func(c Clock, wall time.Time) Clock) Reading {
	reading := w.windLocked(move)
	w.deliver(true) // also when nothing is pending: something may be on its way
	return reading
}

func (w *World) windLocked(move func(c Clock, wall time.Time) Clock) Reading {
	w.mu.Lock()
	defer w.mu.Unlock()
	wall := w.machine()
	clock := move(w.state.clock, wall)
	fired := w.settle(clock.Now(wall))
	tx := w.begin(clock.Now(wall))
	tx.state.clock = clock
	w.commit(tx, "moveClock")
	return w.reading(fired)
}

func (w *World) reading(fired []Fired) Reading {
	return Reading{Now: w.state.clock.Now(w.machine()), Mode: w.state.clock.Mode(), Fired: fired}
}

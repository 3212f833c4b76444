package store

import (
	"fmt"
	"time"
)

// Mode is how a clock runs.
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

// RunningFrom is a clock that shows t when the wall shows wall, and runs on.
func RunningFrom(t, wall time.Time) Clock { return Clock{Ahead: t.Sub(wall.Truncate(time.Second))} }

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

// MovedTo is the clock at t: a frozen one stays frozen there, a running one runs on from there.
func (c Clock) MovedTo(t, wall time.Time) Clock {
	if c.Mode() == Frozen {
		return FrozenAt(t)
	}
	return RunningFrom(t, wall)
}

// CheckInstant refuses instants that no clock shows, outside the years 1970 to 2199: a running clock is a distance from
// the wall as a duration, which ends at 292 years.
func CheckInstant(t time.Time) error {
	if year := t.UTC().Year(); year < 1970 || year > 2199 {
		return fmt.Errorf("expected an instant in the years 1970 to 2199, got %s", t.UTC().Format(time.RFC3339))
	}
	return nil
}
